"""Waits for work on Spark, says how far it is, and ends it where somebody stops the build."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from warehouse.progress import Progress

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


def _say(tracker: Any, name: str, progress: Progress) -> None:
    """How many tasks of the stage that runs are done; a stage of few has little to say."""
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    for stage in stages[-1:]:
        if stage and stage.numCompletedTasks:
            progress.count(f"{name}, parts", stage.numCompletedTasks, stage.numTasks)
