"""A folder of documents that changes at random, step by step: as a county's folder does, and worse.

The documents are those that people read (golden, families), generated ones of every format and family, texts without a form,
and versions of one text by one unit. The same seed makes the same folder.
"""

import csv
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from random import Random

from tests.models.test_reissues import document
from tests.support.generator import formats
from tests.support.generator.families.forms import FAMILIES
from tests.support.generator.flow import TITLE, Flow, Paragraph
from tests.support.generator.irregularities import Dice
from tests.support.generator.model import document as model
from tests.support.layouts import as_cells, as_rows
from tests.support.reading import NAMES, ROOT, document_path

SUFFIXES = {formats.TEXT: "txt"}
PAGES = tuple(sorted((ROOT / "tests" / "models" / "families").iterdir()))
COUNTIES = ("河北省乐亭县", "河北省卢龙县", "某县")
UNITS = ("479002河北乐亭县城管局", "479001乐亭县路灯所", "乐亭县公园中心")
STATES = ("", "（草案）", "（批复）", "（调整）", "（征求意见稿）")
PROJECTS = ("路灯维护", "绿化养护", "河道清淤")
AMOUNTS = (b"20.00", b"18.00", b"2.00", b"95%", b"100%")  # of a text, for others that a change prints
JUNK = (b"", b" \n", "通知：本年度预算公开工作如期完成。\n".encode(), b"\x00\x01PNG", "项目名称\t甲\n".encode())
FEWEST = 2  # documents


class RandomFolder:
    """The folder at `path`, with `documents` that it holds by name and those that were taken out of it."""

    def __init__(self, path: Path, seed: int, count: int):
        self.path, self.random = path, Random(seed)
        self.documents: dict[str, bytes] = {}
        self.gone: list[tuple[str, bytes]] = []
        self.made = 0
        path.mkdir(parents=True)
        self._put("real.txt", document_path("lulong-development-zone-2021").read_bytes())
        for _ in range(count):
            self.add()

    def change(self, count: int) -> list[str]:
        """Make some changes; returns what they were."""
        kinds: list[Callable[[], str]] = [
            *(self.add, self.add, self.replace, self.remove, self.take_back, self.rename, self.copy),
            *(self.reissue, self.reissue, self.list_in_manifest),
        ]
        return [self.random.choice(kinds)() for _ in range(count)]

    def add(self) -> str:
        made, suffix = self.random.choice((_read, _generated, _generated, _of_a_family, _of_a_family, _version, _junk))(
            self.random
        )
        self.made += 1
        folder = self.random.choice(("", "", "乐亭县/", "a/b/"))
        return f"added {self._put(f'{folder}{self.made:03}.{suffix}', made)}"

    def replace(self) -> str:
        """Other figures in a text, else another document under the name."""
        name = self._any()
        content = self.documents[name]
        for amount in AMOUNTS:
            content = content.replace(amount, str(self.random.randint(1, 99)).encode() + amount[-1:], 1)
        if content == self.documents[name] or not name.endswith("txt"):
            content = self.random.choice((_generated, _version))(self.random)[0]
        return f"replaced {self._put(name, content)}"

    def remove(self) -> str:
        if len(self.documents) <= FEWEST:
            return self.add()
        name = self._any()
        self.gone.append((name, self._take(name)))
        return f"removed {name}"

    def take_back(self) -> str:
        if not self.gone:
            return self.remove()
        return f"taken back {self._put(*self.gone.pop(self.random.randrange(len(self.gone))))}"

    def rename(self) -> str:
        """Before or behind all others: the order of names decides between documents that are alike."""
        name = self._any()
        new = f"{self.random.choice('0z')}{self.made:03}-{Path(name).name}"
        return f"renamed {name} to {self._put(new, self._take(name))}"

    def copy(self) -> str:
        name = self._any()
        new = f"{self.random.choice('0z')}-{Path(name).name}"
        return f"copied {name} to {self._put(new, self.documents[name])}"

    def reissue(self) -> str:
        """Another version of a text that some unit has published, most likely beside one of the same year."""
        self.made += 1
        return f"issued {self._put(f'{self.made:03}.txt', _version(self.random)[0])}"

    def list_in_manifest(self) -> str:
        names = self.random.sample(sorted(self.documents), self.random.randint(1, len(self.documents)))
        with (self.path / "manifest.csv").open("w", encoding="utf-8", newline="") as lines:
            rows = csv.writer(lines)
            rows.writerow(("file_name", "division_code", "published_on", "disclosure_status"))
            rows.writerows((name, *self._said()) for name in names)
        return f"listed {len(names)} in the manifest"

    def _said(self) -> tuple[str, str, str]:
        choice = self.random.choice
        return (
            choice(("", "130225", "130324")),
            choice(("", "2023-03-01", "2024-02-29")),
            choice(("", "draft", "final")),
        )

    def _any(self) -> str:
        return self.random.choice(sorted(self.documents))

    def _put(self, name: str, content: bytes) -> str:
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        self.documents[name] = content
        return name

    def _take(self, name: str) -> bytes:
        """A line of the manifest for a file that is not there stops a build."""
        (self.path / name).unlink()
        (self.path / "manifest.csv").unlink(missing_ok=True)
        return self.documents.pop(name)


def _read(random: Random) -> tuple[bytes, str]:
    path = random.choice((*map(document_path, NAMES), *PAGES))
    return path.read_bytes(), path.suffix[1:]


def _generated(random: Random) -> tuple[bytes, str]:
    format = random.choice(formats.FORMATS)
    return formats.render(model(random.randrange(1000), random.randrange(1000)), format)[0], SUFFIXES.get(
        format, format
    )


def _of_a_family(random: Random) -> tuple[bytes, str]:
    format = random.choice(formats.TABLES)
    title = f"{random.choice(COUNTIES)}{random.choice((2023, 2024))}年部门预算绩效文本"
    return import_module(f"tests.support.generator.{format}").write(
        Flow(title, [Paragraph(title, TITLE)], list(_groups(random))), Dice(random, 0.0)
    ), format


def _groups(random: Random) -> Iterator[list]:
    for family in random.sample(sorted(FAMILIES), random.randint(1, 2)):
        made, _ = FAMILIES[family](random)
        for table in made if isinstance(made, list) else [made]:
            yield [Paragraph("附表"), table]


def _version(random: Random) -> tuple[bytes, str]:
    title = f"{random.choice((2023, 2023, 2024))}年部门预算绩效文本{random.choice(STATES)}"
    layout = random.choice((as_rows, as_cells))
    return document(random.choice(UNITS), title, random.choice(PROJECTS), layout=layout), "txt"


def _junk(random: Random) -> tuple[bytes, str]:
    return random.choice(JUNK), "txt"
