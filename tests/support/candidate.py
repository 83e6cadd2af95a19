"""A candidate with its scratch database, and target cells read by its models in the place of those of the documents."""

from decimal import Decimal
from pathlib import Path

import duckdb

from tests.support import dbt
from tests.support.reading import ROOT, surveys
from warehouse import dbt_run, kept_models, staging_load
from warehouse.progress import Progress

QUANTITIES = ROOT / "tests" / "models" / "target_quantities.csv"  # a cell and what it states; no count: no quantity
QUANTITY_MODELS = ("int_target_number", "int_target_measure", "int_target_figure", "int_target_quantity")


def build(folder: Path, documents: Path = ROOT / "documents") -> Path:
    """A folder with the candidate of some documents, the five by default: seeds and models, every data test green."""
    folder.mkdir(exist_ok=True)
    staging_load.load(folder / dbt.CANDIDATE, surveys(documents), {}, "0" * 64, Progress())
    dbt.run(folder, "build", "--exclude-resource-type", "unit_test")
    return folder


def wrong_quantities(folder: Path) -> list[tuple]:
    """What the models read in the cells of QUANTITIES and should not, or should and do not."""
    with duckdb.connect(str(folder / kept_models.FILE)) as connection:
        connection.execute("delete from intermediate.int_target_cell")
        connection.execute(
            "insert into intermediate.int_target_cell by name"
            " select target_text, target_text as cell_text, target_text as narrow_text, is_spelled,"
            " false as is_blank, false as is_long"
            f" from read_csv('{QUANTITIES}', all_varchar = true)"
        )
    dbt.run(folder, "run", "--select", *QUANTITY_MODELS)
    with duckdb.connect(str(folder / kept_models.FILE)) as connection:
        connection.execute("create temp table expected as from intermediate.int_target_quantity limit 0")
        connection.execute(
            "insert into expected by name select * exclude (is_spelled)"
            f" from read_csv('{QUANTITIES}', all_varchar = true) where quantity_count is not null"
        )
        return connection.execute(
            "from (from expected except from intermediate.int_target_quantity)"
            " union all from (from intermediate.int_target_quantity except from expected)"
        ).fetchall()


def typed_targets(folder: Path, texts: list[str]) -> list[tuple[str, str, str | None, list[Decimal]]]:
    """Cells with their kind, comparator and the numbers that were read in them."""
    with duckdb.connect(str(folder / dbt_run.SCRATCH)) as connection:
        connection.execute("delete from intermediate.int_corrected_indicator")
        connection.execute(
            "insert into intermediate.int_corrected_indicator by name select 'd' as document_id, 1 as project_no,"
            " generate_subscripts(?, 1) as indicator_no, unnest(?) as target_text",
            [texts, texts],
        )
    dbt.run(folder, "run", "--select", "models/intermediate/target", "--exclude", "int_indicator_category")
    with duckdb.connect(str(folder / kept_models.FILE), read_only=True) as connection:
        return [
            (text, kind, comparator, [value for value in values if value is not None])
            for text, kind, comparator, *values in connection.execute(
                "select target_text, target_kind, comparator, target_value, target_value_to"
                " from intermediate.int_indicator_target"
            ).fetchall()
        ]
