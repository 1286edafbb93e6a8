"""After any sequence of changes and ingests the store is what a clean rebuild gives, and the reports say so."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import gcmkg
from ingest.worktable import assign_slugs, below
from tests.ingest.crash.harness import State, state
from tests.ingest.crash.material import sentences

FEW = 4
EXAMPLES = int(os.environ.get("GCMKG_SEQUENCES", FEW))  # more, and other ones each time, where somebody has an hour
TEXTS = ("0/0", "0/1", "1/0", "2/0")
ROOTS = ("a", "b")
NAMES = ("one.md", "two.md", "deeper/one.md", "Two.md")
FILES = tuple(f"{root}/{name}" for root in ROOTS for name in NAMES)

Edit = tuple[str, str, str]
files, texts = st.sampled_from(FILES), st.sampled_from(TEXTS)
edits = st.one_of(
    st.tuples(st.just("write"), files, texts),
    st.tuples(st.just("remove"), files, files),
    st.tuples(st.just("move"), files, files),
    st.tuples(st.just("copy"), files, files),
    st.tuples(st.just("touch"), files, files),
)
given_roots = st.sampled_from([("a",), ("b",), ROOTS, ROOTS])
Step = tuple[list[Edit], tuple[str, ...], int]
steps = st.lists(
    st.tuples(st.lists(edits, min_size=1, max_size=5), given_roots, st.integers(1, 2)), min_size=2, max_size=4
)


def content(text: str) -> bytes:
    number, edition = map(int, text.split("/"))
    return "\n\n".join([f"# Report {number}", *sentences(number, edition=edition), ""]).encode()


@dataclass
class Model:
    """What a person knows: the files on the disk, and the documents that the store should hold."""

    place: Path
    held: dict[Path, bytes] = field(default_factory=dict)

    def edit(self, edit: Edit) -> None:
        """Change the files; what cannot be done is left out."""
        kind, first, second = edit
        path, other = self.place / first, self.place / second
        path.parent.mkdir(parents=True, exist_ok=True)
        other.parent.mkdir(parents=True, exist_ok=True)
        if kind == "write":
            path.write_bytes(content(second))
        elif path.exists() and kind == "remove":
            path.unlink()
        elif path.exists() and kind == "touch":
            path.touch()
        elif path.exists() and path != other:
            (shutil.move if kind == "move" else shutil.copy)(path, other)

    def root_of(self, path: Path) -> str:
        return str(self.place / path.relative_to(self.place).parts[0])

    def ingested(self, roots: tuple[str, ...]) -> Mapping[str, str]:
        """Take over what an ingest of these folders should: the status of each file, by path."""
        given = {
            path: path.read_bytes() for root in roots for path in sorted((self.place / root).rglob("*.md"))
        }
        folders = {str(self.place / root) for root in roots}
        wanted = given | {path: text for path, text in self.held.items() if self.root_of(path) not in folders}
        before, self.held = self._documents(), {}
        twins = []
        for path in sorted(wanted, key=lambda path: (below(str(path), self.root_of(path)), str(path))):
            if wanted[path] in self.held.values():
                twins.append(path)
            else:
                self.held[path] = wanted[path]
        after = self._documents()
        told = {
            str(path): "unchanged" if after[path] in before.values() else "ingested"
            for path in after if path in given or after[path] not in before.values()
        }
        gone = {
            str(path): "removed" for path in before
            if path not in after and path not in twins and before[path] not in after.values()
        }
        return gone | told | {str(path): "rejected" for path in twins}

    def mirror(self, place: Path) -> None:
        """Write the files of which the store should consist."""
        for path, text in self.held.items():
            copy = place / path.relative_to(self.place)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(text)

    def _documents(self) -> dict[Path, tuple[str, str, bytes]]:
        """Slug, name and content of each document held, by path."""
        slugs = assign_slugs((str(path), self.root_of(path)) for path in self.held)
        return {path: (slugs[str(path)], path.name, text) for path, text in self.held.items()}


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vectors of all that the documents say, so that nothing is embedded in the examples."""
    place = tmp_path_factory.mktemp("vectors")
    (place / "all").mkdir()
    for text in (*TEXTS, "1/1", "2/1"):
        (place / "all" / f"{text.replace('/', '-')}.md").write_bytes(content(text))
    gcmkg.ingest([place / "all"], store=place / "store")
    return place / "store" / "work" / "vectors.bin"


def comparable(store: Path) -> State:
    """What readers see, without the places of the files."""
    found = dict(state(store))
    found["documents"] = [
        {name: value for name, value in entry.items() if name not in ("path", "root")} for entry in found["documents"]
    ]
    return found


@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES == FEW, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sequence=steps)
def test_any_sequence_ends_as_a_clean_rebuild(vectors: Path, sequence: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        model, store = Model(place / "documents"), place / "store"
        warm(store, vectors)
        for root in ROOTS:  # a folder without documents is refused, so each keeps one
            model.edit(("write", f"{root}/kept-{root}.md", "1/1" if root == "a" else "2/1"))
        for number, (changes, roots, jobs) in enumerate(sequence):
            for change in changes:
                model.edit(change)
            report = gcmkg.ingest([model.place / root for root in roots], store=store, jobs=jobs)
            expected = model.ingested(roots)
            assert {d.path: str(d.status) for d in report.documents} == expected
            assert len(report.documents) == len(expected)
            mirror, clean = place / f"mirror-{number}", place / f"clean-{number}"
            model.mirror(mirror)
            warm(clean, vectors)
            gcmkg.ingest(sorted(mirror.iterdir()), store=clean)
            found, wanted = comparable(store), comparable(clean)
            assert {part: digest(found[part]) for part in found} == {part: digest(wanted[part]) for part in wanted}
        assert gcmkg.verify(store).findings == ()


def warm(store: Path, vectors: Path) -> None:
    """Begin a store that knows the vectors."""
    (store / "work").mkdir(parents=True)
    shutil.copy(vectors, store / "work")
    shutil.copy(vectors.parents[1] / "gcmkg-store.json", store)


def digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
