"""The page of the lineage: which published table is made of which, the models between them left out."""

from collections.abc import Iterator

HEAD = """# Lineage

Made by `make docs` from the models. [models.html](models.html) has every model with its columns, SQL and graph: the round
button at the lower right of a model shows what it is made of.

```text
"""
LAYERS = ("staging", "marts", "quality", "reports")


def page(manifest: dict) -> str:
    """The page of a project as dbt's manifest describes it."""
    nodes = manifest["nodes"] | manifest["sources"]
    rows = [
        f"| `{_name(nodes[key])}` | {_listed(_made_of(key, nodes)) or 'seeds, or nothing that is read'} |"
        for key in sorted(_published(nodes), key=lambda key: _order(nodes[key]))
        if nodes[key]["resource_type"] == "model"
    ]
    return "\n".join(
        [HEAD + _drawing(nodes) + "```", "", "## Tables", "", "| table | made of |", "| --- | --- |", *rows, "",
         "## Readers", "", "| who | what | tables |", "| --- | --- | --- |", *_readers(manifest), ""]
    )  # fmt: skip


def _drawing(nodes: dict) -> str:
    """The layers, with how many tables each has."""
    count = {layer: sum(nodes[key]["schema"] == layer for key in _published(nodes)) for layer in LAYERS}
    between = sum(_is_model(node) and node["schema"] not in LAYERS for node in nodes.values())
    seeds = sum(node["resource_type"] == "seed" for node in nodes.values())
    return (
        f"documents ──▶ staging ({count['staging']} tables)\n"
        f"                 │\n"
        f"seeds ({seeds}) ──▶ intermediate ({between} models, not published)\n"
        f"                 │\n"
        f"                 ├──▶ marts ({count['marts']} tables) ──┬──▶ reports ({count['reports']} tables) ──▶ readers\n"
        f"                 └──▶ quality ({count['quality']} tables) ┘\n"
    )


def _published(nodes: dict) -> list[str]:
    return [
        key for key, node in nodes.items() if node["schema"] in LAYERS and node["resource_type"] in ("model", "source")
    ]


def _is_model(node: dict) -> bool:
    return node["resource_type"] == "model"


def _made_of(key: str, nodes: dict) -> set[str]:
    """The nearest published tables upwards."""
    found, seen, waiting = set(), set(), list(nodes[key]["depends_on"]["nodes"])
    published = set(_published(nodes))
    while waiting:
        parent = waiting.pop()
        if parent in seen or parent not in nodes:
            continue
        seen.add(parent)
        if parent in published:
            found.add(_name(nodes[parent]))
        else:
            waiting += nodes[parent].get("depends_on", {}).get("nodes", [])
    return found


def _listed(names: set[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _name(node: dict) -> str:
    return f"{node['schema']}.{node['name']}"


def _order(node: dict) -> tuple[int, str]:
    return LAYERS.index(node["schema"]), node["name"]


def _readers(manifest: dict) -> Iterator[str]:
    for exposure in sorted(manifest["exposures"].values(), key=lambda exposure: exposure["name"]):
        tables = {_name(manifest["nodes"][key]) for key in exposure["depends_on"]["nodes"]}
        what = exposure["description"].replace("|", "\\|")
        yield f"| {exposure['label']} | {what} | {_listed(tables)} |"
