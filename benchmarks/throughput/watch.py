"""Memory of this process, looked at while it works.

Linux keeps the peak of what is resident, files that are mapped included, but not of what is anonymous: what a program
holds itself, which the system cannot take back by dropping a page of a file. So it is looked at every few milliseconds.
"""

from __future__ import annotations

import re
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

_STATUS = Path("/proc/self/status")
_EVERY = 0.02


class Watch:
    """Peaks in MB of resident and of anonymous memory by stage, while the context lasts; of nothing where not Linux.

    The stage is what was last told by `stage`.
    """

    def __init__(self, stage: str) -> None:
        self.peaks: dict[str, dict[str, float]] = {}
        self._stage = stage
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._look()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        self._look()

    def stage(self, name: str) -> None:
        """What comes now is of another stage."""
        if name != self._stage:
            self._look()
            self._stage = name

    @property
    def most(self) -> dict[str, float]:
        """The peaks over all stages."""
        return {
            kind: max(peaks[kind] for peaks in self.peaks.values()) for kind in ("resident", "anonymous")
            if self.peaks
        }

    def _watch(self) -> None:
        while not self._over.wait(_EVERY):
            self._look()

    def _look(self) -> None:
        peaks = self.peaks.setdefault(self._stage, {"resident": 0.0, "anonymous": 0.0})
        for kind, size in memory_mb().items():
            peaks[kind] = max(peaks[kind], size)


def memory_mb() -> dict[str, float]:
    """Resident and anonymous memory of this process now; empty where the system does not tell."""
    try:
        status = _STATUS.read_text("ascii", "replace")
    except OSError:
        return {}
    names = (("resident", "VmRSS"), ("anonymous", "RssAnon"))
    found = {kind: re.search(rf"{name}:\s+(\d+) kB", status) for kind, name in names}
    return {kind: round(int(match[1]) / 1024, 1) for kind, match in found.items() if match}
