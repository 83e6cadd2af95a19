"""Records a run of a build from its beginning to its end, whatever the end is, and calls the commands of the operator."""

import contextlib
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from warehouse import publish, versions
from warehouse.build_error import BuildError
from warehouse.progress import Progress, Step
from warehouse.runs import hooks
from warehouse.runs.hooks import Hooks
from warehouse.runs.journal import Journal
from warehouse.runs.run import FAILED, PUBLISHED, STOPPED, UNCHANGED, Run
from warehouse.stop_signals import StoppedError, unstoppable


@contextlib.contextmanager
def recorded(documents: Path, warehouse: Path, called: Hooks, is_quiet: bool) -> Iterator[Run]:
    """The run that begins. Its end is written beside the warehouse; what fails in that fails nothing else."""
    target = publish.place_of(warehouse)
    journal = Journal(target) if _may_be_ours(target) else None
    run = Run(documents, target, Progress(is_quiet, _step_told(journal)))
    run.progress.step("looking for documents")
    with unstoppable():
        if journal:
            journal.begin(run)
        try:
            yield run
        except BaseException as error:
            run.end(STOPPED if isinstance(error, StoppedError) else FAILED, getattr(error, "status", 1), _said(error))
            _end(run, journal, called, "" if isinstance(error, BuildError) else traceback.format_exc())
            raise
        run.end(run.status, 0, run.message)
        _end(run, journal, called)


def _may_be_ours(target: Path) -> bool:
    """Whether a warehouse may be there: nothing is written beside a file of somebody else."""
    try:
        publish.check_target(target)
    except (publish.WrongPlaceError, OSError):
        return False
    except publish.PublishError:  # somebody uses it
        return True
    return True


def _step_told(journal: Journal | None) -> Callable[[Step], None]:
    def tell(step: Step) -> None:
        if journal:
            journal.say(f"{step.name}: {step.seconds:.1f} s, {step.cpu_seconds:.1f} s of CPU")

    return tell


def _said(error: BaseException) -> str:
    return str(error) if isinstance(error, BuildError) else f"A fault of the program: {type(error).__name__}: {error}"


def _end(run: Run, journal: Journal | None, called: Hooks, trace: str = "") -> None:
    """Record the end, then call who wants to know of it. Whatever fails here is said: what is published is published."""
    try:
        faults = _recorded_end(run, journal, called, trace)
    except Exception as error:
        faults = [f"The run could not be recorded: {type(error).__name__}: {error}"]
    for line in faults:
        with contextlib.suppress(OSError):
            print(line, file=sys.stderr)


def _recorded_end(run: Run, journal: Journal | None, called: Hooks, trace: str) -> list[str]:
    """Returns what went wrong with it, a line each for the command and for the files."""
    run.code_version = versions.code_version()
    is_written = journal is not None and journal.end(run, trace)
    fault = _call(run, called, str(journal.last) if journal and is_written else "")
    if journal and fault:
        journal.say(fault)
    return [line for line in (fault, journal.fault if journal else "") if line]


def _call(run: Run, called: Hooks, last_run: str) -> str:
    name, command = "", ""
    if run.status == PUBLISHED:
        name, command = "ON_CHANGE", called.on_change
    elif run.status != UNCHANGED:
        name, command = "ON_FAILURE", called.on_failure
    if not command:
        return ""
    told = {
        "STATUS": run.status,
        "WAREHOUSE": str(run.warehouse.absolute()),
        "LAST_RUN": last_run,
        "MESSAGE": run.message,
    }
    return hooks.call(name, command, {f"JIXIAO_{key}": value for key, value in told.items()})
