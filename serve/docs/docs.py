"""`make docs`: the models and their lineage as one HTML file that opens without a network, and the dictionary as a page."""

import os
import shutil
import sys
from pathlib import Path

import duckdb

from serve.docs import dictionary
from warehouse import dbt_run
from warehouse.private_folder import private_folder
from warehouse.progress import Progress

PAGE = Path("build/docs/index.html")


def main() -> int:
    """Write both from the published warehouse; returns the exit status."""
    warehouse = Path(os.environ.get("WAREHOUSE") or "build/warehouse.duckdb")
    if not warehouse.exists():
        print(f"{warehouse} does not exist: run make build first.", file=sys.stderr)
        return 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    with private_folder(PAGE) as private:
        candidate = private / warehouse.name
        shutil.copyfile(warehouse, candidate)
        try:
            dbt_run.invoke(candidate, private, ["docs", "generate", "--static"], Progress())
        except dbt_run.TransformError as error:
            print(error, file=sys.stderr)
            return 1
        shutil.copyfile(private / "target" / "static_index.html", PAGE)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        dictionary.PAGE.write_text(dictionary.page(connection), encoding="utf-8")
    print(f"Wrote {PAGE} and {dictionary.PAGE}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
