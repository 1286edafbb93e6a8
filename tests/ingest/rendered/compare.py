"""How much of a document is read back: sentences, pages and heading paths."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ontology.document import Document, Passage, PassageKind
from tests.ingest.rendered.material import expected, plain


@dataclass(frozen=True, slots=True)
class Score:
    """Counts: sentences expected and found, those that cross a column or page, right pages, right heading paths."""

    expected: int
    found: int
    crossing: int
    crossing_found: int
    paged: int
    right_page: int
    placed: int
    right_path: int
    missing: tuple[str, ...] = ()
    misplaced: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()

    @property
    def recovered(self) -> float:
        """The share of sentences that were found."""
        return self.found / self.expected

    @property
    def paths(self) -> float:
        """The share of found sentences under the right headings; notes stand where there is room, and do not count."""
        return self.right_path / self.placed


def compare(
    original: Document, read: Document, *, pages: Mapping[int, int] | None = None, crossing: Collection[int] = (),
    left_out: Collection[int] = (),
) -> Score:
    """Look for every sentence of the original among the passages that were read; each is used once."""
    pool: dict[str, list[Passage]] = {}
    for passage in read.passages:
        pool.setdefault(plain(passage.text), []).append(passage)
    wanted = {number: p for number, p in expected(original).items() if number not in left_out}
    found = crossed = paged = right_page = placed = right_path = 0
    missing, misplaced = [], []
    for number, passage in wanted.items():
        matches = pool.get(plain(passage.text) or plain(" ".join(passage.cells)), [])
        if not matches:
            missing.append(passage.text)
            continue
        match = matches.pop(0) if len(matches) > 1 else matches[0]
        found += 1
        crossed += number in crossing
        if pages and number in pages:
            paged += 1
            right_page += match.page == pages[number]
        if passage.kind is PassageKind.FOOTNOTE:
            continue
        placed += 1
        same = [plain(s) for s in match.section] == [plain(s) for s in passage.section]
        right_path += same
        if not same:
            misplaced.append((passage.section, match.section))
    return Score(
        len(wanted), found, sum(1 for n in wanted if n in crossing), crossed, paged, right_page, placed, right_path,
        tuple(missing), tuple(misplaced),
    )
