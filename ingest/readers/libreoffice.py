"""One run of LibreOffice over files in a folder of its own, with a profile in which macros, active content and links are off.

A proxy leads nowhere: no document makes it speak to anybody. Whatever ends the wait for it ends it.
"""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

FILTERS = {"docx": "MS Word 2007 XML", "xlsx": "Calc MS Excel 2007 XML"}  # LibreOffice's, by the format they write
DATA_BYTES = 384 * 1024 * 1024  # of LibreOffice, whose libraries alone need more than a worker may take
CONVERTED_BYTES = 256 * 1024 * 1024  # of any file it writes
SECONDS_BETWEEN_LOOKS = 0.2

SCRIPTING = "org.openoffice.Office.Common/Security/Scripting"
SETTINGS = (
    (SCRIPTING, "DisableMacrosExecution", "true"),
    (SCRIPTING, "MacroSecurityLevel", "3"),
    (SCRIPTING, "DisableActiveContent", "true"),
    (SCRIPTING, "DisableOLEAutomation", "true"),
    (SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "localhost"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "localhost"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "1"),
)
ITEM = '<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(ITEM.format(path=path, name=name, value=value) for path, name, value in SETTINGS)
    + "</oor:items>"
)


def program() -> str | None:
    """The path of LibreOffice, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


class Folder:
    """A folder with the files of one run; it is removed at the end."""

    def __enter__(self) -> Self:
        self.held = tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True)
        self.path, self.count = Path(self.held.name), 0
        user = self.path / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self.held.cleanup()

    def add(self, content: bytes, file_format: str) -> Path:
        """Write a file to be converted."""
        self.count += 1
        source = self.path / f"{self.count}.{file_format}"
        source.write_bytes(content)
        return source

    def convert(self, sources: list[Path], target: str, seconds: float | None = None) -> int | None:
        """Convert files, one after another; returns the exit status, or None where one took more than so many seconds."""
        options = [
            "--headless",
            "--norestore",
            "--nolockcheck",
            f"-env:UserInstallation={(self.path / 'profile').as_uri()}",
        ]
        to = ["--convert-to", f"{target}:{FILTERS[target]}", "--outdir", str(self.path)]
        environment = {
            "HOME": str(self.path),
            "TMPDIR": str(self.path),
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C.UTF-8",
        }
        with _wider_limits():
            process = subprocess.Popen(
                [str(program()), *options, *to, *map(str, sources)], cwd=self.path, env=environment, process_group=0,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        with _ended_with_us(process):
            return process.wait() if seconds is None else self._wait(process, sources, target, seconds)

    def _wait(self, process: subprocess.Popen, sources: list[Path], target: str, seconds: float) -> int | None:
        """The exit status; None where no file was finished for so many seconds."""
        done, until = 0, time.monotonic() + seconds
        while time.monotonic() < until:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(SECONDS_BETWEEN_LOOKS)
            now_done = sum(source.with_suffix(f".{target}").exists() for source in sources)
            if now_done > done:
                done, until = now_done, time.monotonic() + seconds
        return None


@contextlib.contextmanager
def _wider_limits() -> Iterator[None]:
    """What is started here has LibreOffice's limits instead of a worker's."""
    wider = ((resource.RLIMIT_DATA, DATA_BYTES), (resource.RLIMIT_FSIZE, CONVERTED_BYTES))
    kept = [(limit, resource.getrlimit(limit)) for limit, _ in wider]
    try:
        for limit, most in wider:
            resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))
        yield
    finally:
        for limit, values in kept:
            resource.setrlimit(limit, values)


@contextlib.contextmanager
def _ended_with_us(process: subprocess.Popen) -> Iterator[None]:
    """Whatever ends the wait ends LibreOffice and what it started; so does the signal that ends a worker."""

    def kill() -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    def end(number: int, _) -> None:
        kill()
        os._exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        kill()
        process.wait()
        signal.signal(signal.SIGTERM, before)
