"""The command line, killed by itself, with all that it started, when it comes to a given point.

    python tests/ingest/crash/killed.py POINT [ARGUMENT…]

A point is just before or just after something that changes the disk: opening a file to write, fsync, rename,
removal, a transaction of the graph, a part of the index. Point 0 is never reached; the number of points that
were passed is then the last line on standard error. The product has no part in this: everything is watched from
outside, through Python's audit events and by wrapping.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

_EVENTS = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.truncate", "os.symlink"})
_STEPS = {
    "graph.store:GraphWriter": ("put_documents", "drop_document", "load_vocabulary", "derive", "backup"),
    "search.columns:ColumnWriter": ("add", "__exit__"),
    "search.vectors:VectorWriter": ("add", "__exit__"),
    "search.lexical:LexicalWriter": ("add", "__exit__"),
}


class _Points:
    """Counts the points, and kills at the one that was chosen."""

    def __init__(self, chosen: int) -> None:
        self._chosen = chosen
        self.passed = 0

    def pass_one(self) -> None:
        self.passed += 1
        if self.passed == self._chosen:
            os.killpg(0, signal.SIGKILL)

    def watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit hook."""
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if writes or event in _EVENTS:
            self.pass_one()

    def around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with a point before it and one after it."""

        def wrapped(*positional: Any, **named: Any) -> Any:
            self.pass_one()
            result = function(*positional, **named)
            self.pass_one()
            return result

        return wrapped


def main() -> None:
    """Run the command line that the other arguments give."""
    points = _Points(int(sys.argv.pop(1)))
    sys.path.insert(0, str(Path(__file__).parents[3]))
    for place, names in _STEPS.items():
        module, _, owner = place.partition(":")
        changed = getattr(import_module(module), owner)
        for name in names:
            setattr(changed, name, points.around(getattr(changed, name)))
    os.fsync = points.around(os.fsync)
    sys.addaudithook(points.watch)
    from ui.cli import run

    code = run(sys.argv[1:])
    sys.stderr.write(f"\n{points.passed}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
