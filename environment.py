"""Makes the Python environment that .venv links to. Standard library only: it runs before all else.

    python3 environment.py [test] [lint] [docs] [explore] [spark]

The environment holds what a build needs (requirements.lock); each word adds the tools of its own lock. Environments are numbered
folders in .venvs. A new one takes the place of the old one in one step and only when it is whole, so a run that fails or
is killed leaves .venv as it was. The old one stays until the next change, because a build may still run from it.

An environment is ready if its own Python starts and its stamps match the locks. Which `python3` runs this file decides
nothing but the Python of a new environment. Tools are added to folders in .venvs alone. A plain folder .venv, as older
versions of this file made it, or a link to another place is used if its stamps match, else a new environment replaces it.

Exit status: 0 ready, 1 not ready (the last lines say why and what to do), 2 wrong call. Annotations are quoted because a
Python that is too old must get as far as the message that says so.
"""

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LINK = ROOT / ".venv"
SHELF = ROOT / ".venvs"
BUILD = "requirements.lock"
TOOLS = {name: f"requirements-{name}.lock" for name in ("test", "lint", "docs", "explore", "spark")}
OLDEST = (3, 11)


class NotReadyError(Exception):
    """No environment, and why: the lines to print."""


def main(names: "list[str]") -> int:
    if not set(names) <= set(TOOLS):
        say("Usage: python3 environment.py " + " ".join(f"[{name}]" for name in TOOLS))
        return 2
    locks = [BUILD, *(TOOLS[name] for name in names)]
    if is_ready(LINK, locks):
        return 0
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
            signal.signal(number, interrupt)
    try:
        with turn():
            prepare(locks)
    except NotReadyError as reason:
        say(*reason.args)
    except OSError as error:
        say(*explained(error))
    except KeyboardInterrupt:
        say("Stopped. The next run finishes the environment.")
    else:
        return 0
    return 1


def interrupt(*_):
    """Stop at another signal as at Ctrl-C: with a line, and nothing half-made."""
    raise KeyboardInterrupt


def prepare(locks: "list[str]") -> None:
    """Choose an environment or make one, link .venv to it and add what it lacks."""
    known = [LINK, *environments()] if os.path.lexists(LINK) else []  # who removes .venv wants a new one
    fitting = next((folder for folder in known if is_ready(folder, locks) or can_be_ready(folder, locks)), None)
    if fitting is None:
        fitting = make()
    elif fitting != LINK:
        link(fitting)
    for lock in locks:
        if stamp(fitting, lock) != digest(lock):
            say(f"Adding the packages of {lock} to .venv (once)")
            install(fitting, lock)


def make() -> Path:
    """A new environment for builds, linked. The one that it replaces stays beside it, older ones are removed."""
    if sys.version_info[:2] < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise NotReadyError(
            f"Python {oldest} or later is needed, this is {sys.version.split()[0]}: make PYTHON=python{oldest} …"
        )
    say("Making the Python environment in .venv (once; a minute or two)")
    remove(folder for folder in environments() if not stamp(folder, BUILD))  # a killed run left it
    made = next_folder()
    try:
        create(made)
        install(made, BUILD)
    except BaseException:
        remove([made])
        raise
    replaced = link(made)
    remove(folder for folder in environments() if folder not in (made, replaced))
    return made


def create(folder: Path) -> None:
    done = run([sys.executable, "-m", "venv", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        reason = (done.stderr or done.stdout).strip().splitlines()
        raise NotReadyError(
            "python3 -m venv failed: " + (reason[0] if reason else f"status {done.returncode}"),
            "On Debian and Ubuntu: apt-get install python3-venv",
        )


def install(folder: Path, lock: str) -> None:
    """Install the packages of a lock. The stamp is empty meanwhile: what stops halfway never counts as installed.

    Packages that two locks share have one version, so an addition changes nothing that a running build uses.
    """
    mark = stamp_file(folder, lock)
    mark.write_text("")
    before = packages(folder)
    options = ["--quiet", "--no-deps", "--require-hashes", "--disable-pip-version-check"]
    done = run([str(folder / "bin" / "python"), "-I", "-m", "pip", "install", *options, "-r", str(ROOT / lock)])
    if done.returncode:
        if packages(folder) == before:
            mark.unlink()  # pip had not begun: it fetches everything first
        raise NotReadyError(
            f"The packages of {lock} could not be installed; pip says why above.",
            "Check that pip reaches a package index, then run the same command again.",
        )
    mark.write_text(digest(lock))


def run(command: "list[str]", **options) -> "subprocess.CompletedProcess[str]":
    """Run a command that keeps our turn: if we are killed, the next run waits until the command ends."""
    return subprocess.run(command, close_fds=False, **options)


def is_ready(folder: Path, locks: "list[str]") -> bool:
    return all(stamp(folder, lock) == digest(lock) for lock in locks) and starts(folder)


def can_be_ready(folder: Path, locks: "list[str]") -> bool:
    """True if the environment is ready for builds and none of the tools is there in another version or in part."""
    tools = {stamp(folder, lock) in (None, digest(lock)) for lock in locks if lock != BUILD}
    return folder.resolve().parent == SHELF.resolve() and tools <= {True} and is_ready(folder, [BUILD])


def starts(folder: Path) -> bool:
    """True if the environment's Python starts and sees its packages: not so after an upgrade of the system's Python.

    Python puts a folder of packages on its path only if the folder is there, and its name holds the version.
    """
    question = "import sys; sys.exit(not any('site-packages' in path for path in sys.path))"
    try:
        done = subprocess.run([str(folder / "bin" / "python"), "-I", "-c", question], stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return done.returncode == 0


def stamp_file(folder: Path, lock: str) -> Path:
    return folder / f"{lock}.sha256"


def stamp(folder: Path, lock: str) -> "str | None":
    """The hash of the lock that was installed; empty if that did not end, None if it was not begun."""
    try:
        return stamp_file(folder, lock).read_text()
    except OSError:
        return None


def digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def packages(folder: Path) -> "set[str]":
    return {path.name for path in folder.glob("lib/python*/site-packages/*")}


def environments() -> "list[Path]":
    """Newest first."""
    return sorted((path for path in SHELF.iterdir() if path.name.isdigit()), key=lambda path: -int(path.name))


def next_folder() -> Path:
    return SHELF / str(max((int(path.name) for path in environments()), default=0) + 1)


@contextlib.contextmanager
def turn():
    """Wait until no other run makes an environment; the lock ends with the process and its commands."""
    SHELF.mkdir(exist_ok=True)
    with (SHELF / "lock").open("w") as lock:
        os.set_inheritable(lock.fileno(), True)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting: another run is making the Python environment")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def link(folder: Path) -> Path:
    """Point .venv at an environment of the shelf, in one step; returns the folder that .venv was before."""
    replaced = LINK.resolve()
    if replaced == LINK and LINK.is_dir():  # a folder of an older version of this file
        replaced = next_folder()
        LINK.rename(replaced)
    fresh = SHELF / "link"
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    fresh.symlink_to(Path(SHELF.name) / folder.name)  # relative to where it goes: the checkout may be moved
    fresh.replace(LINK)
    return replaced


def remove(folders) -> None:
    for folder in list(folders):
        shutil.rmtree(folder, ignore_errors=True)


def explained(error: OSError) -> "list[str]":
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return [
            f"The Python environment is not ready, and this user cannot make it: {error}",
            "Let the owner of the folder run the same command once, or work in a clone of your own.",
        ]
    return [f"The Python environment could not be made: {error}"]


def say(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
