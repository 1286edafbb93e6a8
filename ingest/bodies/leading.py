"""Names whose head noun comes first, in English or a Romance language: "Fundación X", "Red de Y", "Coalition Z"."""

from __future__ import annotations

import re

from ingest.bodies.forms import Form, find_forms
from ingest.bodies.registry import Match
from ingest.bodies.words import HEADING_WORDS, NOT_IN_NAMES, PARTICLES, singular_head

# The head as it is written → the English head noun that says what kind of body it is.
_FOREIGN = {
    "association": "asociación asociacion associação associazione",
    "foundation": "fondation fundación fundacion fundação fondazione",
    "collective": "collectif colectivo coletivo",
    "network": "red réseau reseau rede rete",
    "movement": "movimiento mouvement movimento",
    "university": "universidad université universidade università",
    "institute": "instituto institut istituto",
    "centre": "centro",
    "committee": "comité comite comitê comitato",
    "council": "consejo conseil conselho consiglio",
    "commission": "comisión comision comissão",
    "ministry": "ministerio ministère ministere ministério",
    "federation": "federación federacion fédération federação",
    "confederation": "confederación confederacion confédération confederação",
    "union": "unión união sindicato syndicat",
    "platform": "plataforma plateforme piattaforma",
    "round table": "mesa",
    "ombudsman": "defensoría defensoria",
    "agency": "agencia agence agência",
    "alliance": "alianza aliança alleanza",
    "organization": "organización organizacion organização",
    "service": "servicio serviço",
    "society": "sociedad société sociedade",
    "club": "casa maison",
    "office": "office oficina escritório",
    "directorate": "direction dirección direccion direção",
    "authority": "autorité autoridad autoridade",
    "secretariat": "secrétariat secretaría secretaria",
}
# Words that are English too: only with a small word of another language in the name.
_SHARED = frozenset(["office", "direction", "institut", "commission", "service", "union"])
_ENGLISH = ("association", "coalition", "alliance", "collective", "club", "movement", "foundation")
_HEADS = {word: head for head, words in _FOREIGN.items() for word in words.split()}
_SMALL = "|".join(sorted(PARTICLES, key=lambda w: (-len(w), w)))
_REST = rf"(?: (?:(?:{_SMALL}) ){{0,2}}(?:[dl]')?[^\W\d_a-zà-þ][\w'&-]*)"
_NAME = re.compile(
    rf"\b(?P<head>{'|'.join(sorted((w.capitalize() for w in _HEADS), key=lambda w: (-len(w), w)))})\b{_REST}{{1,8}}"
)
_OWN_NAME = re.compile(
    rf"\b(?P<head>{'|'.join(w.capitalize() for w in _ENGLISH)}) "
    rf"(?:(?P<first>[^\W\d_a-z][\w'-]*)|(?=(?:{_SMALL}) )){_REST}{{0,5}}"
)
_TEAM_COLOURS = frozenset(["Cross", "Crescent", "Sea", "Crystal"])
_FOREIGN_WORD = re.compile(rf" (?:{_SMALL}) | [dl]'|[à-ÿ]")
_BEFORE = re.compile(r"(?:[A-Z][\w'-]*|\bof(?: the)?|\b[Tt]he|\bfor) $")


def leading_forms(text: str) -> list[Form]:
    """The names of a text that begin with their head noun."""
    return [
        Form(m.start(), m.end(), head, m.start())
        for pattern in (_NAME, _OWN_NAME)
        for m in pattern.finditer(text)
        if (head := _head(text, m))
    ]


def names_by_form(text: str, matches: list[Match]) -> list[Form]:
    """All names of bodies that their form makes known, those that begin with their head among them."""
    first = leading_forms(text)
    return [*(f for f in find_forms(text, matches) if all(f.end <= g.start or f.start >= g.end for g in first)), *first]


def _head(text: str, found: re.Match[str]) -> str:
    word = found["head"].lower()
    if word in _HEADS:
        after = found[0].split(" ")[1]
        if word in _SHARED and not _FOREIGN_WORD.search(found[0]):
            return ""
        return "" if word == "red" and after in _TEAM_COLOURS else _HEADS[word]
    first = (found["first"] or "").lower()
    name = first and first not in HEADING_WORDS | NOT_IN_NAMES and not singular_head(first)
    follows = _BEFORE.search(text, max(0, found.start() - 20), found.start())
    return word if (name or not first) and not follows else ""
