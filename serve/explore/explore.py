"""Shows the published file in a browser: marimo serves the notebook to this machine alone, and asks for nothing from elsewhere."""

import os
import sys
from pathlib import Path

from serve import extra_tools, published

NOTEBOOK = Path(__file__).parent / "notebook.py"
ROOT = NOTEBOOK.parent.parent.parent  # the notebook imports serve, from a checkout too


def show(warehouse: Path, port: int, opens_browser: bool) -> None:
    """Become the server of the notebook, until somebody stops it (Ctrl-C). Raises FailedError."""
    extra_tools.check("marimo", "marimo", environment="explore")
    published.opened(warehouse).close()
    program, *arguments = command(port, opens_browser)
    os.execve(program, [program, *arguments], os.environ | environment(warehouse))  # signals reach marimo itself


def command(port: int, opens_browser: bool) -> list[str]:
    quiet = [] if opens_browser else ["--headless"]
    return [sys.executable, "-m", "marimo", "run", "--no-sandbox", "--port", str(port), *quiet, str(NOTEBOOK)]


def environment(warehouse: Path) -> dict[str, str]:
    """What the notebook is told, and no look for newer versions of marimo."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {"WAREHOUSE": str(warehouse.resolve()), "PYTHONPATH": path, "MARIMO_SKIP_UPDATE_CHECK": "1"}
