"""dbt's `adapter` as sqlfluff's templater has it: it lints what DuckDB runs."""

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def dispatch(context: Context, macro_name: str) -> Callable[..., str]:
    """The macro of that name for DuckDB."""
    return context.resolve(f"duckdb__{macro_name}")
