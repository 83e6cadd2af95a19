"""The names of what stands beside a warehouse and belongs to it alone."""

from pathlib import Path

SUFFIX = ".duckdb"
CACHE = ".jixiao-cache"  # what is kept between builds of every warehouse in the folder


def place_of(warehouse: Path, kind: str) -> Path:
    """`county.validation` for `county.duckdb`. Another suffix stays in the name, so that `county.db` has places of its own."""
    return warehouse.with_name(f"{warehouse.name.removesuffix(SUFFIX)}.{kind}")


def cache_of(warehouse: Path) -> Path:
    """The folder of what is kept between builds, where no other is named."""
    return warehouse.parent / CACHE
