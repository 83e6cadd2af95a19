"""Goals of departments: phrases and standards as counties print them, through the models that read them, against pair tables."""

import csv
import itertools
import json
import random
import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from ingest.vocabulary import section_words
from tests.support import dbt
from tests.support.reading import ROOT

HERE = Path(__file__).parent
MODELS = (
    "int_department_item", "int_department_phrase", "int_department_band", "int_department_goal", "dim_department_goal",
    "int_target_text", "int_target_cell", "int_target_date", "int_target_number", "int_target_measure",
    "int_target_figure", "int_target_quantity", "int_department_figure", "fct_department_target",
    "fct_department_standard",
)  # fmt: skip


def pairs(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TARGETS, STANDARDS = pairs("department_targets.csv"), pairs("department_standards.csv")

# How counties write a band, from its lower to its upper bound, and what joins it to its grade.
BANDS = ["{low}{unit}-{high}{unit}", "{low}-{high}{unit}", "{low}{unit}～{high}{unit}", "{low}{unit}至{high}{unit}",
         "区间在{low}{unit}—{high}{unit}", "{low}{unit}≤得分＜{high}{unit}"]  # fmt: skip
LOWEST = ["{high}{unit}以下", "＜{high}{unit}", "低于{high}{unit}", "不足{high}{unit}"]
JOINTS = [
    "{band}为{grade}",
    "{grade}：{band}",
    "{band}的为{grade}",
    "{grade}（{band}）",
    "完成率{band}，{grade}",
    "{band}{grade}",
]
GRADES = [
    ("优", "良", "中", "差"), ("优秀", "良好", "一般", "较差"), ("优秀", "良好", "合格", "不合格"), ("优", "良", "及格", "不及格"),
]  # fmt: skip


def invented_standards() -> dict[str, set[tuple]]:
    """Standards of four grades, each with its grades and bounds: every band with every joint."""
    chosen = random.Random(11)
    made = {}
    for band, joint in itertools.product(BANDS, JOINTS):
        unit, sign = chosen.choice(["%", "分"]), chosen.choice("；;，。")
        steps = sorted(chosen.sample(range(1, 20), 3), reverse=True)
        between = [(5 * low, 5 * high) for high, low in itertools.pairwise([20, *steps])]
        bounds = [*between, (None, 5 * steps[-1])]
        pieces, truth = [], set()
        for grade, word, (low, high) in zip(NAMES, chosen.choice(GRADES), bounds, strict=True):
            form = chosen.choice(LOWEST) if low is None else band
            pieces.append(joint.format(band=form.format(low=low, high=high, unit=unit), grade=word))
            truth.add((grade, low, high, unit))
        made[sign.join(pieces)] = truth
    return made


NAMES = ("excellent", "good", "fair", "poor")
INVENTED = invented_standards()


@pytest.fixture(scope="module")
def printed(modelled, tmp_path_factory) -> duckdb.DuckDBPyConnection:
    """The marts of a document whose part one is the texts of the pair tables, a goal each."""
    folder = shutil.copytree(modelled, tmp_path_factory.mktemp("department"), dirs_exist_ok=True)
    texts = [(text, None) for text in dict.fromkeys(pair["goal_text"] for pair in TARGETS)]
    texts += [("做好工作", text) for text in dict.fromkeys([*(pair["standard_text"] for pair in STANDARDS), *INVENTED])]
    with duckdb.connect(str(folder / "warehouse.duckdb")) as connection:
        document_id, section_no = connection.execute(
            "select document_id, section_no from staging.section join marts.dim_document using (document_id)"
            " where fiscal_year = 2023 and section_type = 'itemised_goals' order by all limit 1"
        ).fetchone()
        connection.execute("delete from staging.section_item")
        for number, (goal, standard) in enumerate(texts, 1):
            for item_no, label, text in ((2 * number - 1, None, goal), (2 * number, "绩效标准", standard)):
                if text:
                    connection.execute(
                        "insert into staging.section_item by name select ? as document_id, ? as section_no, ? as item_no,"
                        " ? as parent_item_no, 1 as item_level, ? as label_text, ? as item_text, false as is_heading,"
                        " false as repeats_heading, 'L1' as source_ref",
                        [document_id, section_no, item_no, item_no - 1 if label else None, label, text],
                    )
    dbt.run(folder, "run", "--select", *MODELS)
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        yield connection


def test_a_phrase_states_what_it_prints_and_no_more(printed):
    found = printed.execute(
        "select goal_text, target_text, target_kind, comparator, target_value, target_value_to, target_unit"
        " from marts.fct_department_target join marts.dim_department_goal using (department_goal_id)"
    ).fetchall()
    wanted = [tuple(pair.values()) for pair in TARGETS if pair["target_kind"] not in ("", "none")]
    assert sorted(shown(row) for row in found) == sorted(shown(row) for row in wanted)


def test_a_standard_has_the_grades_and_bounds_that_it_prints(printed):
    found = printed.execute(
        "select standard_text, grade, lower_value, upper_value, case when has_bounds then unit else 'none' end"
        " from marts.fct_department_standard join marts.dim_department_goal using (department_goal_id)"
        " where standard_text not in (select unnest(?))",
        [list(INVENTED)],
    ).fetchall()
    wanted = [tuple(pair.values()) for pair in STANDARDS if pair["grade"]]
    assert sorted(shown(row) for row in found) == sorted(shown(row) for row in wanted)


@pytest.mark.parametrize("text", INVENTED)
def test_the_bounds_of_an_invented_standard_are_read_back(printed, text):
    found = printed.execute(
        "select grade, lower_value::integer, upper_value::integer, unit from marts.fct_department_standard"
        " join marts.dim_department_goal using (department_goal_id) where standard_text = ?",
        [text],
    ).fetchall()
    assert set(found) == INVENTED[text] and len(found) == len(INVENTED[text])


def shown(row: tuple) -> str:
    """A row as text: figures without the zeros at their end, NULL as nothing."""
    return json.dumps([_figure(value) for value in row], ensure_ascii=False)


def _figure(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value or "")


def test_every_label_of_the_reader_has_a_role():
    with (ROOT / "seeds" / "department_word.csv").open(encoding="utf-8", newline="") as file:
        words = {row["word"] for row in csv.DictReader(file) if row["role"].endswith("_label")}
    assert {*section_words.LABELS, *section_words.SHORT_LABELS} <= words


def test_the_goals_of_the_five_documents(connection):
    rows = connection.execute(
        "select division_code, section_no, section_type, count(*), count(*) filter (where is_repeated)"
        " from marts.dim_department_goal group by all order by all"
    ).fetchall()
    assert rows == [
        ("130205", 1, "overall_goals", 12, 0), ("130205", 2, "itemised_goals", 11, 0), ("130205", 3, "safeguards", 12, 1),
        ("130225", 1, "overall_goals", 7, 0), ("130225", 2, "itemised_goals", 7, 0), ("130225", 3, "itemised_goals", 7, 7),
        ("130225", 4, "safeguards", 1, 0),
        ("130303", 1, "overall_goals", 1, 0), ("130303", 2, "itemised_goals", 6, 0), ("130303", 3, "safeguards", 4, 0),
        ("130324", 1, "overall_goals", 1, 0), ("130324", 2, "itemised_goals", 1, 0), ("130324", 3, "safeguards", 10, 2),
        ("130535", 1, "overall_goals", 5, 0), ("130535", 2, "itemised_goals", 4, 0), ("130535", 3, "safeguards", 4, 0),
    ]  # fmt: skip


def test_the_standards_of_the_five_documents(connection):
    """Shanhaiguan grades six goals alike: 90-100, 80-90, 60-80 and under 60 %, one of them without 区间."""
    rows = connection.execute(
        "select division_code, grade, lower_value::integer, upper_value::integer, unit, count(*)"
        " from marts.fct_department_standard where has_bounds group by all order by all"
    ).fetchall()
    bounds = {"excellent": (90, 100), "fair": (60, 80), "good": (80, 90), "poor": (None, 60)}
    assert rows == [("130303", grade, low, high, "%", 6) for grade, (low, high) in bounds.items()]


def test_a_duty_with_numbered_parts_is_one_goal(connection):
    (text, ref) = connection.execute(
        "select goal_text, source_ref from marts.dim_department_goal"
        " where division_code = '130225' and duty_name = '深入企业一线，深挖发展潜力' and not is_repeated"
    ).fetchone()
    parts = [line for line in text.split("\n") if line[0].isdigit()]
    assert parts == ["1.继续做好企业“保姆式”服务", "2.拓展项目土地空间", "3.支持企业做优做强"]
    assert ref == "L79+L80+L81+L82+L83+L84+L85+L86"


def test_a_text_cut_by_a_page_is_one_goal(connection):
    (text,) = connection.execute(
        "select goal_text from marts.dim_department_goal where division_code = '130324' and goal_no = 1"
    ).fetchone()
    assert "“亲商、安商、富商”理念" in text and text.endswith("自觉成为推进卢龙建设和发展的一员。")
