"""The ready-made questions: SPARQL files with a header, and their parameters bound as terms.

A question is a complete query by itself. Lines that begin with `#@` are for this module:

    #@ title: …                            one line each
    #@ description: …
    #@ parameter: NAME | TYPE | EXAMPLE | what it means
    #@ columns: NAME NAME …
    #@ bind NAME [as VARIABLE]             here the parameter is bound, where it is given
    #@ if NAME … #@ end                    these lines stand only where it is given

TYPE is objective, body, country, document, sdg, iri, text, integer, year or choice(a,b); with a question mark it
may be left out, with `=VALUE` it has a default. A value becomes a term in a VALUES clause and is never pasted
into the query as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path

from graph.parameters import TYPES, Find, clause
from ontology.errors import QueryError

FOLDER = Path(__file__).parent / "questions"

_TYPE = re.compile(r"(?P<kind>[a-z]+)(?:\((?P<choices>[^)]*)\))?(?P<optional>\?)?(?:=(?P<default>.*))?")
_BIND = re.compile(r"^[ ]*#@ bind (?P<name>[a-z_]+)(?: as (?P<variable>[a-z_]+))?\n", re.MULTILINE)
_IF = re.compile(r"^[ ]*#@ if (?P<name>[a-z_]+)\n(?P<body>(?:(?![ ]*#@ end$).*\n)*)[ ]*#@ end\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question; `required` where it has no default and may not be left out."""

    name: str
    type: str
    description: str
    example: str
    required: bool = True
    default: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        """How it is given on the command line; in brackets where it may be left out."""
        shown = "|".join(self.choices) or TYPES[self.type]
        option = f"--{self.name} {shown}"
        return option if self.required else f"[{option}]"


@dataclass(frozen=True, slots=True)
class Question:
    """A ready-made question: `columns` in the order of its result, `text` the query with its markers."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    text: str


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """All ready-made questions, sorted by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.rq"), key=lambda path: path.stem))


def question(name: str) -> Question:
    """The question of that name.

    Raises:
        QueryError: there is none; names those that are near.
    """
    known = {q.name: q for q in questions()}
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else "gcmkg query --list shows all."
        raise QueryError(f"There is no ready-made question {name[:80]!r}; {hint}")
    return known[name]


def bind(name: str, values: Mapping[str, str], *, find: Find | None = None) -> str:
    """The SPARQL of a question with its parameters bound.

    Args:
        name: of the question.
        values: by name of parameter, as a person writes them ("10", "IOM", "Iraq").
        find: looks names up in a store (`graph.names.finder`), which makes the query quicker there; without it the
            query looks them up itself and fits every store.

    Raises:
        QueryError: no such question or parameter, a value that is missing or is none of its type.
    """
    asked = question(name)
    parameters = {parameter.name: parameter for parameter in asked.parameters}
    for given in values:
        if given not in parameters:
            takes = ", ".join(f"--{p}" for p in parameters) or "none"
            raise QueryError(f"The question {name} has no parameter {given!r}; it takes {takes}.")
    for parameter in asked.parameters:
        if parameter.required and parameter.name not in values:
            example = f"--{parameter.name} {parameter.example}"
            raise QueryError(f"The question {name} needs {parameter.usage}; give it, as {example}.")
    defaults = {p.name: p.default for p in asked.parameters if p.default is not None}
    known = {**defaults, **values}
    text = _IF.sub(lambda found: found["body"] if found["name"] in known else "", asked.text)
    once = None if find is None else cache(find)
    return _BIND.sub(lambda found: _bound(found, parameters, known, once), text)


def _bound(
    found: re.Match[str], parameters: Mapping[str, Parameter], values: Mapping[str, str], find: Find | None
) -> str:
    name = found["name"]
    if name not in values:
        return ""
    parameter = parameters[name]
    indent = " " * (len(found[0]) - len(found[0].lstrip(" ")))
    variable = found["variable"] or name
    made = clause(parameter.type, name, values[name], variable=variable, choices=parameter.choices, find=find)
    return "".join(f"{indent}{line}\n" for line in made.split("\n"))


def _read(path: Path) -> Question:
    text = path.read_text("utf-8")
    head: dict[str, str] = {}
    parameters = []
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith("#@ "):
        key, _, value = lines.pop(0).removeprefix("#@ ").partition(":")
        if key == "parameter":
            parameters.append(_parameter(value))
        else:
            head[key] = value.strip()
    body = f"# {head['title']}\n{''.join(lines)}"
    columns = tuple(head["columns"].split())
    return Question(path.stem, head["title"], head["description"], tuple(parameters), columns, body)


def _parameter(line: str) -> Parameter:
    name, kind, example, description = (part.strip() for part in line.split("|", 3))
    found = _TYPE.fullmatch(kind)
    if found is None or found["kind"] not in TYPES:
        raise QueryError(f"The parameter {name} has the unknown type {kind!r}; mend the header of its .rq file.")
    choices = tuple(found["choices"].split(",")) if found["choices"] else ()
    required = not found["optional"] and found["default"] is None
    return Parameter(name, found["kind"], description, example, required, found["default"], choices)
