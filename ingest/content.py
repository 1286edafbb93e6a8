"""What a reader gives."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.document import Region, Remark


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader gives: the text, the offset of each page, what was lost, and what the layout tells of the text.

    `remarks` say by page what `warnings` say in words.
    """

    text: str
    pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    remarks: tuple[Remark, ...] = ()
