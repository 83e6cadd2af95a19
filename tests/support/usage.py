"""What a program takes: CPU time and peak memory, with all the processes that it starts."""

import resource
import subprocess
import threading
import time
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
SECONDS_BETWEEN_LOOKS = 0.2


class Usage(NamedTuple):
    status: int
    said: str
    seconds: float  # of CPU
    peak: int  # bytes, what processes share counted once; 0 where the machine does not tell


def usage(command: list, **options) -> Usage:
    """Run a program to its end."""
    before = children_seconds()
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    peak = 0

    def look() -> None:
        nonlocal peak
        while running.poll() is None:
            peak = max(peak, _bytes(running.pid))
            time.sleep(SECONDS_BETWEEN_LOOKS)

    looking = threading.Thread(target=look)
    looking.start()
    said, _ = running.communicate()
    looking.join()
    return Usage(running.returncode, said, children_seconds() - before, peak)


def children_seconds() -> float:
    """CPU seconds of the programs that this process started and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _bytes(process: int) -> int:
    """The memory of a process and of those below it."""
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()
        children = (PROC / str(process) / "task" / str(process) / "children").read_text().split()
    except OSError:  # it has ended
        return 0
    own = next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
    return own + sum(map(_bytes, map(int, children)))
