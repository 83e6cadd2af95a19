"""Files of old programs (doc, wps, rtf, xls, et): LibreOffice saves them as docx or xlsx, whose readers read that.

LibreOffice is optional. It runs on a copy of the file in a folder of its own, with a profile of its own in which macros,
active content and links are off, and a proxy that leads nowhere: no document makes it speak to anybody.
"""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ingest.rejection_reasons import SAVE_AGAIN, UnreadableError, truncated

FILTERS = {"docx": "MS Word 2007 XML", "xlsx": "Calc MS Excel 2007 XML"}  # LibreOffice's, by the format they write
DATA_BYTES = 384 * 1024 * 1024  # of LibreOffice, whose libraries alone need more than a worker may take
CONVERTED_BYTES = 256 * 1024 * 1024  # of any file it writes

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


def convert(content: bytes, file_format: str, target: str) -> bytes:
    """The same document in the format `target`. Raises UnreadableError: converter_missing, truncated, structure."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        message = f"A file of an old format ({file_format}) is read through LibreOffice, which is not installed."
        step = (
            "Install LibreOffice (Debian packages libreoffice-writer-nogui and -calc-nogui), or save the file as docx."
        )
        raise UnreadableError("open", "converter_missing", message, step)
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
        source, profile = Path(folder, f"document.{file_format}"), Path(folder, "profile")
        source.write_bytes(content)
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        status = _run(
            [program, *options, "--convert-to", f"{target}:{FILTERS[target]}", "--outdir", folder, str(source)], folder
        )
        converted = source.with_suffix(f".{target}")
        if status:
            message = f"LibreOffice broke down on it (status {status}), or needed too much memory."
            raise UnreadableError("read", "structure", message, SAVE_AGAIN)
        if not converted.exists():
            raise truncated(f"LibreOffice cannot open it as {file_format}")
        return converted.read_bytes()


def _run(command: list[str], folder: str) -> int:
    """Run LibreOffice to its end; returns its exit status. It never outlives this process's wish to end."""
    environment = {"HOME": folder, "TMPDIR": folder, "PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
    with _wider_limits():
        process = subprocess.Popen(
            command, cwd=folder, env=environment, process_group=0,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    with _ended_with_us(process):
        return process.wait()


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
