"""A program that takes the place of LibreOffice in tests: it notes each start, and breaks down where a file says so."""

import os
import sys
from pathlib import Path

PROGRAM = """#!{python}
import os, sys, time
from pathlib import Path

at = sys.argv.index("--outdir")
files = [Path(name) for name in sys.argv[at + 2 :]]
with open({log!r}, "a") as log:
    log.write(f"{{len(files)}}\\n")
target = sys.argv[sys.argv.index("--convert-to") + 1].partition(":")[0]
for file in files:
    content = file.read_bytes()
    if b"CRASH" in content:
        os._exit(139)
    if b"HANG" in content:
        time.sleep(600)
    if b"DAMAGED" not in content:
        Path(sys.argv[at + 1], file.stem + "." + target).write_bytes(Path({good!r}).read_bytes() + content)
"""


class FakeOffice:
    """`starts` is the number of files of each start. What it converts to is a good document with the source behind it."""

    def __init__(self, folder: Path, good: bytes):
        self.log = folder / "starts"
        (folder / "good").write_bytes(good)
        program = folder / "soffice"
        program.write_text(
            PROGRAM.format(python=sys.executable, log=str(self.log), good=str(folder / "good")), encoding="utf-8"
        )
        program.chmod(0o755)
        self.path = f"{folder}{os.pathsep}{os.environ['PATH']}"

    @property
    def starts(self) -> list[int]:
        return [*map(int, self.log.read_text().split())] if self.log.exists() else []
