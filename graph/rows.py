"""The rows of a result as they come from a worker: kept in memory while they are few, else in a file without a name."""

from __future__ import annotations

import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, overload

from graph.terms import Row, Term
from graph.wire import Frame, packed, read_frame

KEPT_ROWS = 20_000
_IN_MEMORY = 1 << 22


class LazyRows(Sequence[Row]):
    """Rows that are made anew each time somebody goes through them, so that they never stand in memory at once.

    Args:
        count: how many there are.
        make: gives them from the first on; called for each walk, which may stop early.
    """

    def __init__(self, count: int, make: Callable[[], Iterator[Row]]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return self._make()

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        numbers = range(self._count)[place]
        if isinstance(numbers, int):
            return next(islice(self._make(), numbers, None))
        if not numbers:
            return ()
        low = min(numbers)
        cut = tuple(islice(self._make(), low, max(numbers) + 1))
        return tuple([cut[number - low] for number in numbers])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (tuple(self),)


class Collector:
    """Takes the frames of one answer and gives its rows when it is whole.

    Args:
        order: numbers of the columns in the order wanted; `None` leaves them as they come.
    """

    def __init__(self, order: Sequence[int] | None = None) -> None:
        self._order = order
        self._count = 0
        self._frames: list[Frame] = []
        self._file: tempfile.SpooledTemporaryFile[bytes] | None = None
        self._reading = threading.Lock()

    def add(self, frame: Frame) -> None:
        """Take one frame of rows."""
        self._count += len(frame.get("rows", ()))
        if self._file is None and self._count > KEPT_ROWS:
            self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with its last reader
            weakref.finalize(self, _released, self._file)
            self._file.writelines(packed(kept) for kept in self._frames)
            self._frames = []
        if self._file is None:
            self._frames.append(frame)
        else:
            self._file.write(packed(frame))

    def rows(self) -> Sequence[Row]:
        """All rows: a tuple where they are few."""
        if self._file is None:
            return tuple(_rows(self._frames, self._order))
        return LazyRows(self._count, self._from_file)

    def _from_file(self) -> Iterator[Row]:
        return _rows(self._replayed(), self._order)

    def _replayed(self) -> Iterator[Frame]:
        """The frames from the first on; several walks may take turns."""
        place = 0
        while self._file is not None:
            with self._reading:
                self._file.seek(place)
                frame = read_frame(self._file)
                place = self._file.tell()
            if frame is None:
                return
            yield frame


def _released(file: tempfile.SpooledTemporaryFile[bytes]) -> None:
    file.close()


def _rows(frames: Iterable[Frame], order: Sequence[int] | None) -> Iterator[Row]:
    terms: list[Term | None] = [None]
    for frame in frames:
        if frame.get("renewed"):
            terms = [None]
        terms += [Term(*parts) for parts in frame.get("terms", ())]
        for row in frame.get("rows", ()):
            yield tuple([terms[number] for number in row] if order is None else [terms[row[n]] for n in order])
