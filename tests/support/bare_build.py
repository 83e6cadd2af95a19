"""Builds that leave out the models, for tests of what stands around them; as a program, the command line with such builds."""

import sys
from collections.abc import Callable

from serve import command_line
from warehouse import dbt_run, summary
from warehouse.gate import gate
from warehouse.history import change_summary, history
from warehouse.progress import Progress
from warehouse.search import index as search_index


def leave_out_models(replace: Callable[[object, str, object], None] = setattr) -> None:
    """From now on a build says that it builds the models, and goes on without them. `replace` is `setattr`, or undoes it."""
    replace(dbt_run, "run", _say)
    replace(search_index, "write", lambda candidate, kept: None)
    replace(history, "write", lambda candidate, previous: history.Replaced())
    replace(change_summary, "read", lambda candidate, replaced: change_summary.Summary("", {}))
    replace(gate, "check", lambda candidate, private, previous, acceptances: gate.Verdict(()))
    replace(summary, "lines", lambda candidate: "")


def _say(candidate, private, warehouse, progress: Progress) -> None:
    progress.say("building and testing the models")


if __name__ == "__main__":
    leave_out_models()
    sys.exit(command_line.main())
