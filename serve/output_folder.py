"""The folder that a command fills with files: whole or not at all, and never in the place of what somebody put there."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from serve.failure import FailedError
from warehouse.private_folder import private_folder, replace_folder

SUMS = "SHA256SUMS"


@contextmanager
def as_it_was(out: Path, said: str) -> Iterator[None]:
    """Inside, what the disk or the file refuses ends in a FailedError that says so: `out` is then as it was."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        raise FailedError(
            f"{said}: {error}",
            f"{out} 保持原样，请检查磁盘与权限 | {out} is as it was. Check the disk and the permissions.",
        ) from error


def write_whole(out: Path, mark: str, write: Callable[[Path], None]) -> None:
    """Fill a new folder with what `write` puts there and the checksums of it, then put it in the place of `out`.

    `mark` names a file that every folder of this command has: another folder is not replaced. Raises FailedError, OSError.
    """
    _check(out, mark)
    out.parent.mkdir(parents=True, exist_ok=True)
    with private_folder(out) as private:
        folder = private / "new"
        folder.mkdir()
        write(folder)
        _write_sums(folder)
        replace_folder(out, folder, private)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_sums(folder: Path) -> None:
    lines = [f"{sha256(folder / name)}  {name}\n" for name in files(folder)]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def _check(out: Path, mark: str) -> None:
    """Refuse a folder that contains anything else: replacing it would lose what somebody put there. Raises FailedError."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise FailedError(f"{out} is no folder.", "OUT (--out) names the folder to write to.")
    if not out.exists():
        return
    sums = out / SUMS
    ours = {line[66:] for line in sums.read_text(encoding="utf-8").splitlines()} if sums.is_file() else set()
    others = files(out) if mark not in ours else [name for name in files(out) if name not in ours | {SUMS}]
    if others:
        raise FailedError(
            f"{out} holds what this command did not write: {', '.join(others[:5])}.", "Choose another OUT (--out)."
        )
