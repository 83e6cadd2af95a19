"""The part of dbt's manifest that a build runs.

dbt gives every macro to every node, twice over, and looks at every test when it links and selects: with what no build
runs in the manifest, dbt took a fifth longer. A macro that is missing stops the build and is named.
"""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest
    from dbt.contracts.graph.nodes import Macro, ManifestNode

# Seeds are reviewed data of this tree, the same in every build, so their own tests run in `make test`, as the unit tests do.
# A test is left out for its own place only: what it reads says nothing, as models read seeds.
TESTS_OF_SEEDS = ("seeds/", "tests/dbt/seeds/")
BUILT = ("model", "seed", "operation")  # seeds are loaded beforehand; models refer to them


def of(manifest: "Manifest", *adapters: ModuleType) -> "Manifest":
    """A manifest of the models, their tests and the macros that these reach, and those that modules of an adapter call."""
    from dbt.contracts.graph.manifest import Manifest

    nodes = {name: node for name, node in manifest.nodes.items() if _is_built(node)}
    macros = _reached(manifest.macros, nodes.values(), adapters)
    return Manifest(nodes=nodes, sources=manifest.sources, macros=macros, metadata=manifest.metadata)


def _is_built(node: "ManifestNode") -> bool:
    is_test = node.resource_type == "test" and not node.original_file_path.startswith(TESTS_OF_SEEDS)
    return is_test or node.resource_type in BUILT


def _reached(
    macros: "Mapping[str, Macro]", nodes: "Iterable[ManifestNode]", adapters: Iterable[ModuleType]
) -> "dict[str, Macro]":
    """The macros that dbt's adapter, the nodes and their materializations begin with, and what these call."""
    from dbt.adapters.sql import impl

    constants = [pair for module in (impl, *adapters) for pair in vars(module).items()]
    names = {name for constant, name in constants if constant.endswith("_MACRO_NAME")}
    kinds = {f"materialization_{node.config.materialized}_" for node in nodes}
    ahead = {name for node in nodes for name in node.depends_on.macros}
    ahead |= {key for key, macro in macros.items() if macro.name in names or macro.name.startswith(tuple(kinds))}
    reached: dict[str, Macro] = {}
    while ahead:
        key = ahead.pop()
        reached[key] = macros[key]
        ahead |= set(macros[key].depends_on.macros) - reached.keys()
    return reached
