"""The one command line: `jixiao` where it is installed, `python -m serve` in a checkout; the targets of make call it.

The exit status is 0 where the command is done, 1 where it failed, 2 where the call is wrong. A new command is a module of
`serve.commands` and a name in COMMANDS.
"""

import contextlib
import importlib
import io
import os
import sys
from typing import TextIO

import click

from serve import __version__
from serve.failure import FailedError, fault
from warehouse.text_table import visible

COMMANDS = ("build", "status", "ask", "metric", "search", "export", "report", "releases", "rollback", "docs", "explore")
INTERRUPTED = 130


class LazyGroup(click.Group):
    """Imports the module of a command when the command is called or listed; libraries are imported when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return getattr(importlib.import_module(f"serve.commands.{cmd_name}"), cmd_name)


@click.group(cls=LazyGroup, invoke_without_command=True)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def jixiao(context: click.Context) -> None:
    """County budget performance documents to one DuckDB file, and that file to people and programs.

    Where the help of a command names an environment variable, it can be set instead of the option.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: list[str] | None = None) -> int:
    """Run one command, by default that of the process; returns the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack the characters of a name
    try:
        return _run(arguments)
    finally:
        for stream in (sys.stdout, sys.stderr):
            _release(stream)


def _release(stream: TextIO) -> None:
    """Drop what cannot be written (a closed pipe, a full disk): Python would end with a status of its own because of it."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(arguments: list[str] | None) -> int:
    try:
        return jixiao.main(arguments, prog_name="jixiao", standalone_mode=False) or 0
    except FailedError as error:
        return complain(error.wrong, error.remedy, error.status)
    except click.UsageError as error:
        asked = error.ctx.command_path if error.ctx else "jixiao"
        return complain(error.format_message(), f"`{asked} --help` says what there is.", error.exit_code)
    except click.Abort:
        return complain("Interrupted.", status=INTERRUPTED)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return complain(f"{where}{error.strerror or error}.", "检查磁盘与权限 | Check the disk and the permissions.")
    except Exception as error:
        failed = fault(error)
        return complain(failed.wrong, failed.remedy)


def complain(wrong: str, remedy: str = "", status: int = 1) -> int:
    """Say what is wrong and what to do; returns the exit status. Either may quote a document, line by line."""
    before = "\n" if sys.stderr.isatty() else ""  # ends a moving line of progress
    with contextlib.suppress(OSError):
        lines = [visible(line) for text in filter(None, (wrong, remedy)) for line in text.split("\n")]
        print(before + "\n".join(lines), file=sys.stderr)
    return status
