"""Where documents are and tables go: a folder of this machine, or an address that Spark reads, such as `s3a://bucket/name`."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py4j.java_gateway import JavaObject
    from pyspark.sql import SparkSession

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)


@dataclass(frozen=True)
class Place:
    """A folder, by its path or by an address."""

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def folder(self) -> Path | None:
        """The path of a folder of this machine; None of an address."""
        return None if ADDRESS.match(self.text) else Path(self.text)

    @property
    def address(self) -> str:
        """What Spark calls it."""
        return self.text.rstrip("/") if self.folder is None else address_of(self.folder)


def address_of(folder: Path) -> str:
    """What Spark calls a folder of this machine. Without a scheme it would look in the file system of the cluster."""
    return f"file://{folder.absolute()}"


def file_system(session: "SparkSession", address: str) -> tuple["JavaObject", "JavaObject"]:
    """(the Hadoop file system that an address is in, its path there). Raises Py4JJavaError where nothing answers."""
    assert session._jvm, "Spark is running"
    path = session._jvm.org.apache.hadoop.fs.Path(address)
    system = path.getFileSystem(session._jsc.hadoopConfiguration())
    return system, system.makeQualified(path)


def content(session: "SparkSession", address: str) -> bytes | None:
    """The bytes of a file, None if there is none. Raises Py4JJavaError."""
    system, path = file_system(session, address)
    if not system.exists(path):
        return None
    (row,) = session.read.format("binaryFile").load(address).select("content").collect()
    return bytes(row.content)


def write(system: "JavaObject", path: "JavaObject", text: str) -> None:
    """A file, in the place of one that is there. Raises Py4JJavaError."""
    stream = system.create(path, True)
    try:
        stream.write(bytearray(text.encode()))
    finally:
        stream.close()


def rename(session: "SparkSession", old: "JavaObject", new: "JavaObject") -> None:
    """Put a file in the place of another, which FileSystem.rename would not. Raises Py4JJavaError."""
    gateway = session.sparkContext._gateway
    assert gateway, "Spark is running"
    hadoop = gateway.jvm.org.apache.hadoop.fs
    overwrite = gateway.new_array(hadoop.Options.Rename, 1)
    overwrite[0] = hadoop.Options.Rename.OVERWRITE
    hadoop.FileContext.getFileContext(new.toUri(), session._jsc.hadoopConfiguration()).rename(old, new, overwrite)
