"""The Spark session of a build: its settings, and what is said where Spark or Java is not there."""

import contextlib
import importlib.util
import logging
import os
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.source_tree import PACKAGES
from warehouse import memory
from warehouse.build_error import BuildError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NO_SPARK = "Spark is not installed. Run `make setup-spark`, then build again."
NO_JAVA = "Java is not installed, and Spark runs on it. `apt install default-jre-headless`, then build again."
JAVA_ENDED = (
    "The Java process of Spark has ended, or was killed: a system that is short of memory does so."
    " Give it less (MEMORY=2GB) or the machine more, then build again."
)
SECONDS_TO_END = 30  # of the Java process
SECONDS_OF_AN_ERROR = 0.5  # after which a Java process that broke off is seen to have ended
SECONDS_BETWEEN_LOOKS = 0.1
LOG = "spark.log"  # in the folder of the build
DEBUG = "JIXIAO_DEBUG"  # set to 1, what Java says is printed as it comes
JAVA = "-Xss16m -XX:ReservedCodeCacheSize=512m"  # regular expressions of Java recurse; each query is code of its own
# What decides the rows, or how many small files and large documents go through. All else is set where Spark reads it.
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",  # of DuckDB
    "spark.sql.ansi.enabled": "true",
    "spark.sql.catalogImplementation": "in-memory",  # the tables are files in folders; no metastore is left behind
    "spark.sql.cteRecursionLevelLimit": "500",  # a model walks the names in a text one by one
    "spark.sql.files.openCostInBytes": str(64 * 1024),  # of documents: with 4 MB a task would read a few dozen
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
    "spark.sql.execution.arrow.maxBytesPerBatch": str(128 * 1024**2),
    "spark.driver.defaultJavaOptions": JAVA,
    "spark.executor.defaultJavaOptions": JAVA,
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


def check_installed() -> None:
    """Raises BuildError where pyspark, dbt-spark or Java is missing."""
    if any(importlib.util.find_spec(name) is None for name in ("pyspark", "dbt.adapters.spark")):
        raise BuildError(NO_SPARK)
    home = os.environ.get("JAVA_HOME")  # Spark looks nowhere else where it is set
    if home and not Path(home, "bin", "java").is_file():
        raise BuildError(f"JAVA_HOME is {home}, where there is no Java. Correct it or unset it, then build again.")
    if not home and not shutil.which("java"):
        raise BuildError(NO_JAVA)


@contextlib.contextmanager
def session(master: str, folder: Path, memory_bytes: int | None = None) -> Iterator["SparkSession"]:
    """A session on a master (`local[*]`, `spark://…`); what it writes on this machine goes into the folder.

    `memory_bytes` is what Java may take where the master is this process; half of what is free if None. Raises BuildError.
    """
    check_installed()
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    _prepare_environment()
    builder = SparkSession.builder.master(master).appName("jixiao")
    for name, value in {**SETTINGS, **_local_settings(master, folder, memory_bytes)}.items():
        builder = builder.config(name, value)
    try:
        with _said_in(folder / LOG):
            started = _started(builder)
            _silence(started)
    except (Py4JError, PySparkException, RuntimeError) as error:
        raise BuildError(f"Spark did not start on {master}: {_last_words(folder / LOG) or error}") from error
    try:
        yield started
    except Exception as error:  # it has many forms: a refused connection, a class that is not there
        if _java_has_ended():
            raise BuildError(JAVA_ENDED) from error
        raise
    finally:
        with contextlib.suppress(Exception), warnings.catch_warnings(action="ignore"):  # it warns where Java has died
            started.stop()
        _end_java()


def _started(builder: "SparkSession.Builder") -> "SparkSession":
    """The session of a builder. Where it does not start, or somebody stops the build meanwhile, no Java is left.

    A thread of its own starts it: pyspark sets a handler of SIGINT in the main thread, and a Java process whose start is
    interrupted finds nobody to answer to, and waits for ever.
    """
    from pyspark import SparkContext

    with ThreadPoolExecutor(1) as pool:
        starting = pool.submit(builder.getOrCreate)
        try:
            return starting.result()
        except BaseException:
            while SparkContext._gateway is None and not starting.done():  # until Java listens, which takes seconds
                time.sleep(SECONDS_BETWEEN_LOOKS)
            _end_java()  # what waits for a cluster ends with it
            raise


def _silence(session: "SparkSession") -> None:
    """Keep back what is printed of each error, whoever handles it."""
    if os.environ.get(DEBUG) == "1":
        return
    logging.getLogger("SQLQueryContextLogger").disabled = True
    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    logging.getLogger().addFilter(_is_not_of_py4j)
    server: Any = session.sparkContext._accumulatorServer
    server.handle_error = lambda request, address: None  # the end of Java is one to it


def _is_not_of_py4j(record: logging.LogRecord) -> bool:
    """It logs a traceback, under no name, where a signal or the end of Java interrupts a call."""
    return record.module not in ("java_gateway", "clientserver")


def _prepare_environment() -> None:
    """What the Java process, and the Python processes that it starts, take from this one."""
    os.environ["LC_ALL"] = "C.UTF-8"  # else Java has no Chinese file names
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(PACKAGES), os.environ.get("PYTHONPATH")]))


def _local_settings(master: str, folder: Path, memory_bytes: int | None) -> dict[str, str]:
    """Settings for Spark inside this machine; a cluster has its own, in spark-defaults.conf."""
    settings = {"spark.sql.warehouse.dir": f"file://{folder.resolve()}/unnamed"}
    if not master.startswith("local"):
        return settings
    megabytes = (memory_bytes or memory.share_of_free()) // 1024**2
    return settings | {
        "spark.driver.memory": f"{max(megabytes, 1024)}m",
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": str(folder.resolve()),
        "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),  # 200 small ones cost more than they hold
    }


@contextlib.contextmanager
def _said_in(log: Path) -> Iterator[None]:
    """What processes that are started here print as errors goes into a file, as long as they live."""
    if os.environ.get(DEBUG) == "1":
        yield
        return
    kept = os.dup(2)
    with log.open("wb") as stream:
        os.dup2(stream.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _last_words(log: Path) -> str:
    """The last error in a log, without its time."""
    with contextlib.suppress(OSError):
        lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
        said = [line for line in lines if "Exception" in line or "ERROR" in line or line.startswith("Error")]
        return (said or lines)[-1].rpartition(" ERROR ")[2] if lines else ""
    return ""


def _java_has_ended() -> bool:
    from pyspark import SparkContext

    process = getattr(SparkContext._gateway, "proc", None)
    if process is None:
        return False
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(SECONDS_OF_AN_ERROR)
    return process.poll() is not None


def _end_java() -> None:
    """End the Java process of this one, if there is one; it may have died."""
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    if gateway is None:
        return
    SparkContext._gateway = SparkContext._jvm = None
    with contextlib.suppress(Exception):
        gateway.shutdown()
    process = getattr(gateway, "proc", None)
    if process is None:
        return
    process.stdin.close()  # then it ends
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        pass
    finally:
        process.kill()
        process.wait()  # it writes into the folder of the build, which is removed next
