"""The limits of queries as options, the same for every command that runs them."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.options import at_least

TimeoutOption = Annotated[
    float, typer.Option("--timeout", callback=at_least(0.1), help="Seconds before a query is stopped.")
]
MemoryOption = Annotated[
    int, typer.Option("--memory", callback=at_least(64), help="MiB of memory that a query may take.")
]
QuerySizeOption = Annotated[
    int, typer.Option("--query-size", callback=at_least(1), help="Bytes that the text of a query may have.")
]
NestingOption = Annotated[
    int, typer.Option("--nesting", callback=at_least(1), help="Brackets that a query may nest.")
]
