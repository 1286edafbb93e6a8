"""The command line: `gcmkg COMMAND`.

Data goes to stdout, everything else to stderr. Exit codes: 0 done; 1 failed; 2 wrong usage or invalid query;
3 refused, or done with some documents rejected; 4 stopped at a limit of time or memory.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from ontology.errors import GcmkgError
from ui.commands import checks, export, index, ingest, learn, listing, profile, query, serve, tag
from ui.options import StoreOption
from ui.output import say

_INTERRUPTED = 130  # what typer makes of a KeyboardInterrupt

app = typer.Typer(
    name="gcmkg",
    help="Knowledge graph and search for the Global Compact for Safe, Orderly and Regular Migration.",
    epilog="Begin with: gcmkg ingest corpus, then: gcmkg bodies --objective 10",
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (ingest, index, tag, learn, listing, profile, query, export, checks, serve):
    group.register(app)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"gcmkg {version('gcmkg')}")
        raise typer.Exit


@app.callback()
def _options(
    ctx: typer.Context,
    store: StoreOption = None,
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    ctx.obj = {"store": store}


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code; errors become one sentence on stderr."""
    command = typer.main.get_command(app)
    try:
        code = command.main(arguments or ["--help"], prog_name="gcmkg", standalone_mode=False)
        sys.stdout.flush()
    except typer.Exit as error:
        code = error.exit_code
    except typer.TyperException as error:
        say(f"gcmkg: {_sentence(error)}")
        return 2
    except GcmkgError as error:
        say(f"gcmkg: {error}")
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone: leave quietly, as `gcmkg … | head` should.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except OSError as error:
        say(f"gcmkg: {error.filename or 'the system'}: {error.strerror or error}; mend that and run the command again.")
        return 1
    if code == _INTERRUPTED:
        say("gcmkg: interrupted; nothing half-done was kept.")
        return 1
    return int(code or 0)


def _sentence(error: typer.TyperException) -> str:
    """The message of a usage error: what was wrong with which option, and the way to the help."""
    context = getattr(error, "ctx", None)
    parameter = getattr(error, "param", None)
    message = getattr(error, "format_message", lambda: str(error))().strip().rstrip(".").replace("\n", " ")
    where = f"{'/'.join(parameter.opts)}: " if parameter is not None and parameter.opts[0] not in message else ""
    return f"{where}{message} (see {context.command_path if context else 'gcmkg'} --help)."
