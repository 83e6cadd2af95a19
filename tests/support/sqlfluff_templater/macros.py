"""The macros as the templater calls them. Its own setting for a folder of macros compiles all of them twice for each file."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from sqlfluff.core.errors import SQLTemplaterError
from sqlfluff.core.templaters.builtins.dbt import DBT_BUILTINS, DbtMacroWrapper

from . import adapter

ROOT = Path(__file__).resolve().parents[3]
LEFT_OUT = ROOT / "macros" / "materialization"  # the templater knows dbt's macros, not its tag


def read(paths: list[Path]) -> dict[str, DbtMacroWrapper]:
    """The macros of these files, each of which finds the others by name whatever the order of the files."""
    environment = SandboxedEnvironment(extensions=["jinja2.ext.do"], keep_trailing_newline=True)
    macros: dict[str, DbtMacroWrapper] = {}
    known = DBT_BUILTINS | {"adapter": adapter}
    trees = {}
    for path in paths:
        with fault_in(path):
            trees[path] = environment.parse(path.read_text(encoding="utf-8"))
        known |= {name: by_name(macros, name) for name in names(trees[path])}
    for path, tree in trees.items():
        with fault_in(path):
            module = environment.from_string(tree, globals=known).module
        macros |= {name: DbtMacroWrapper(getattr(module, name)) for name in names(tree)}
    return macros


@contextmanager
def fault_in(path: Path) -> Iterator[None]:
    """A fault is sqlfluff's own: any other is logged, and the run passes."""
    try:
        yield
    except TemplateError as error:
        place = f"{path.relative_to(ROOT)}, line {getattr(error, 'lineno', 1)}"
        raise SQLTemplaterError(f"{place}: {error.message}", line_no=1, line_pos=1) from error


def names(tree: nodes.Template) -> list[str]:
    return [node.name for node in tree.body if isinstance(node, nodes.Macro)]


def by_name(macros: dict[str, DbtMacroWrapper], name: str) -> Callable[..., object]:
    return lambda *arguments, **named: macros[name](*arguments, **named)


MACROS = read(sorted(path for path in (ROOT / "macros").rglob("*.sql") if LEFT_OUT not in path.parents))

# A third of a run was the collector going through sqlfluff's grammar and syntax trees, which stay, again and again.
gc.set_threshold(50_000)
