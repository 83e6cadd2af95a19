"""A text of any length costs in proportion to its length: bait in every cell, and twice as much of it."""

import duckdb
import pytest

from tests.support import dbt, layouts
from tests.support.layouts import replaced
from tests.support.reading import surveys
from warehouse import staging_load
from warehouse.progress import Progress

# Each is repeated until it fills a cell: what a pattern or a join over the figures and words of a text could stumble over.
BAITS = (
    "投入12万元，", "每人每月3元", "1、", "（含", "张三、李四", "-", "12万元/人·月", "12月底前", "路", "目标1\n", "≥95%且≤", "九十",
    "0", "1,000", "±2", "第四季度", "90%以上为优，", "新增3家、",
)  # fmt: skip
PARTS = ("绩效目标", "绩效指标", "绩效标准")
SIZE = 20_000  # characters of a cell, in the smaller of the two runs
MOST_GROWTH = 2.3
NOISE = 2.0  # seconds, on a machine that does other things too


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A staging schema with one form for each bait, and a goal of the department with its indicator and standard."""
    folder = tmp_path_factory.mktemp("long")
    (folder / "documents").mkdir()
    forms = [
        layouts.as_rows(replaced({"13022523P00L02410032K": f"13022523P00L024100{number:02d}K"}))
        for number in range(len(BAITS))
    ]
    (folder / "documents" / "long.txt").write_text("\n".join(forms), encoding="utf-8")
    staging_load.load(folder / dbt.CANDIDATE, surveys(folder / "documents"), {}, "0" * 64, Progress())
    with duckdb.connect(str(folder / dbt.CANDIDATE)) as connection:
        connection.execute(
            "insert into staging.section by name select document_id, 1 as section_no, 'itemised_goals' as section_type,"
            " '分项绩效目标' as heading_text, 'L1' as source_ref from staging.document"
        )
        for label_no, label in enumerate(PARTS):
            connection.execute(
                "insert into staging.section_item by name select document_id, 1 as section_no,"
                " 3 * project_no + ? as item_no, ? as label_text, 1 as item_level, false as is_heading,"
                " false as repeats_heading, 'L1' as source_ref from staging.project",
                [label_no, label],
            )
    return folder


def fill(folder, size: int) -> None:
    """Put as much of each bait into the cells of its form."""
    with duckdb.connect(str(folder / dbt.CANDIDATE)) as connection:
        for number, bait in enumerate(BAITS, 1):
            text = (bait * (size // len(bait) + 1))[:size].strip()
            connection.execute(
                "update staging.project set project_name = $1, purpose_text = $1, total_budget_text = $1, unit_name = $1"
                " where project_no = $2",
                [text, number],
            )
            connection.execute("update staging.section_item set item_text = ? where item_no // 3 = ?", [text, number])
            connection.execute("update staging.goal set goal_text = ? where project_no = ?", [text, number])
            connection.execute("update staging.plan_point set value_text = ? where project_no = ?", [text, number])
            connection.execute(
                "update staging.indicator set level1_text = $1, level2_text = $1, level3_text = $1, description_text = $1,"
                " target_text = $1, basis_text = $1 where project_no = $2",
                [text, number],
            )


def test_each_model_takes_time_in_proportion(folder):
    fill(folder, SIZE)
    single = dbt.seconds(folder)
    fill(folder, 2 * SIZE)
    double = dbt.seconds(folder)
    grown = {name: (single[name], double[name]) for name in single if double[name] > MOST_GROWTH * single[name] + NOISE}
    assert grown == {}
    assert sum(double.values()) < 120


def test_what_was_not_read_is_a_finding(folder):
    with duckdb.connect(str(folder / dbt.CANDIDATE), read_only=True) as connection:
        (projects,) = connection.execute(
            "select count(distinct project_id) from quality.finding where rule_id = 'R36'"
        ).fetchone()
    assert projects == len(BAITS)
