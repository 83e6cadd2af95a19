"""Make or refresh the environment in .venv from requirements.lock. Standard library only: it runs before all else.

Two runs at once take turns; a run that is killed leaves no lock behind, and the next one finishes its work.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FOLDER = ROOT / ".venv"
LOCKS = [ROOT / name for name in ("requirements.lock", "requirements-test.lock", "requirements-lint.lock")]
OLDEST = (3, 11)
STAMP = FOLDER / "requirements.sha256"


def main() -> int:
    if sys.version_info[:2] < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        return failed(
            f"Python {oldest} or later is needed, this is {sys.version.split()[0]}: make PYTHON=python{oldest} …"
        )
    wanted = hashlib.sha256(b"".join(lock.read_bytes() for lock in LOCKS) + sys.version.encode()).hexdigest()
    with (ROOT / ".venv.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if STAMP.exists() and STAMP.read_text() == wanted:
            return 0
        return make(wanted)


def make(wanted: str) -> int:
    print("Making the Python environment in .venv (once; about a minute)", file=sys.stderr, flush=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(FOLDER, ignore_errors=True)
        reason = (made.stderr or made.stdout).strip().splitlines()
        return failed(
            "python3 -m venv failed: " + (reason[0] if reason else f"status {made.returncode}"),
            "On Debian and Ubuntu: apt-get install python3-venv",
        )
    install = [
        str(FOLDER / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--disable-pip-version-check",
    ]
    if any(subprocess.run([*install, "-r", str(lock)]).returncode for lock in LOCKS):
        shutil.rmtree(FOLDER, ignore_errors=True)
        return failed(
            "The packages of the locks could not be installed; pip says why above.",
            "Check that pip reaches a package index.",
        )
    STAMP.write_text(wanted)
    return 0


def failed(*lines: str) -> int:
    print(*lines, sep="\n", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
