"""`make docs`: the models, their columns and their lineage as one HTML file that opens without a network."""

import os
import shutil
import sys
from pathlib import Path

from ingest import publish, transform
from ingest.progress import Progress

PAGE = Path("build/docs/index.html")


def main() -> int:
    """Write the page from the published warehouse; returns the exit status."""
    warehouse = Path(os.environ.get("WAREHOUSE") or "build/warehouse.duckdb")
    if not warehouse.exists():
        print(f"{warehouse} does not exist: run make build first.", file=sys.stderr)
        return 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    with publish.private_folder(PAGE) as private:
        candidate = private / warehouse.name
        shutil.copyfile(warehouse, candidate)
        try:
            transform.invoke(candidate, private, ["docs", "generate", "--static"], Progress())
        except transform.TransformError as error:
            print(error, file=sys.stderr)
            return 1
        shutil.copyfile(private / "target" / "static_index.html", PAGE)
    print(f"Wrote {PAGE}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
