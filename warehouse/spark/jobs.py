"""Waits for work on Spark, says how far it is, and ends it where somebody stops the build."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from warehouse.progress import Progress
from warehouse.stop_signals import Stops

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SECONDS_BETWEEN_LOOKS = 0.2


def done(session: "SparkSession", work: Callable[[], Any], name: str, progress: Progress) -> Any:
    """The result of work on Spark. Its tasks are counted; an interruption cancels them."""
    context = session.sparkContext
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(work)
        try:
            while not running.done():
                time.sleep(SECONDS_BETWEEN_LOOKS)
                _say(context.statusTracker(), name, progress)
        except BaseException:
            context.cancelAllJobs()
            raise
        return running.result()


@contextlib.contextmanager
def cancelled(session: "SparkSession", stops: Stops) -> Iterator[None]:
    """Meanwhile a signal cancels what Spark runs: dbt waits for the queries of its threads, and cannot cancel them."""
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.wait(SECONDS_BETWEEN_LOOKS):
            if stops.received:
                session.sparkContext.cancelAllJobs()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(watch)
        try:
            yield
        finally:
            is_over.set()


def _say(tracker: Any, name: str, progress: Progress) -> None:
    """How many tasks of the stage that runs are done; a stage of few has little to say."""
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    for stage in stages[-1:]:
        if stage and stage.numCompletedTasks:
            progress.count(f"{name}, parts", stage.numCompletedTasks, stage.numTasks)
