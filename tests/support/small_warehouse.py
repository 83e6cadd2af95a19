"""Warehouses of a few documents made by hand, with the tables of a published file: cheap enough for many sequences of builds.

What the models would make is made here in a few lines: one project of a key and year counts, that of the first document.
"""

import hashlib
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb
import polars as pl
import yaml

from ingest.staging import load as staging
from tests.support.reading import ROOT

MODELS = {
    "marts": (
        "dim_document", "dim_project", "fct_project_budget", "fct_spending_plan", "fct_indicator_target", "fct_project_fund",
        "fct_indicator_result", "fct_project_execution", "dim_department_goal", "fct_department_target",
        "fct_department_standard", "dim_division",
    ),
    "quality": ("finding",),
}  # fmt: skip
BUILD = (
    "build_id varchar, built_at timestamp, source_document_count bigint, rejected_document_count bigint, parser_version varchar,"
    " git_revision varchar, input_hash varchar, gate_status varchar, failed_expectations varchar, code_version varchar,"
    " accepted_changes varchar"
)
DICTIONARY = (
    "schema_name", "table_name", "column_name", "data_type", "unit", "description_zh", "description_en", "grain_zh", "grain_en",
)  # fmt: skip
MONTHS = (3, 6, 10, 12)
COUNTIES = ("130225", "130324", None)


@dataclass(frozen=True)
class Project:
    name: str
    budget: Decimal | None = Decimal("200000.00")
    plan: tuple[str | None, ...] = ("25%", "50%", "75%", "100%")
    targets: tuple[str | None, ...] = ("≥95%", "12月底前")
    findings: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()  # classes


@dataclass(frozen=True)
class Document:
    name: str
    serial: int = 0  # of its bytes
    unit: str | None = "unit"
    county: str | None = "130225"
    year: int | None = 2023
    note: str | None = None  # of its line of the manifest
    projects: tuple[Project, ...] = (Project("路灯维护"),)
    rejected: int = 0  # pieces that could not be read
    results: tuple[str, ...] = ()  # what was reached of the first project's indicators
    goals: tuple[str, ...] = ()  # of the department, each with a target and a standard
    is_read: bool = True

    @property
    def document_id(self) -> str:
        return _hash(self.name, self.serial)


@dataclass(frozen=True)
class Build:
    """The input of a build: documents by name, a reader and rules."""

    documents: dict[str, Document] = field(default_factory=dict)
    reader: int = 0
    rules: int = 0

    def having(self, *documents: Document) -> "Build":
        return replace(self, documents=self.documents | {document.name: document for document in documents})

    def without(self, name: str) -> "Build":
        return replace(self, documents={other: made for other, made in self.documents.items() if other != name})


def _hash(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]


def write(build: Build, number: int, file: Path) -> Path:
    """The file of the `number`-th build, as the models leave it to the history."""
    file.parent.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[dict]] = {}
    for table, row in _rows(build):
        rows.setdefault(table, []).append(row)
    versions = {"parser_version": _hash("reader", build.reader), "code_version": _hash(build.reader, build.rules)}
    made = {"build_id": f"build-{number:03}", "built_at": "2026-11-27 12:00:00", "input_hash": "0" * 64}
    rows["meta.build"] = [made | versions]
    file.unlink(missing_ok=True)
    file.write_bytes(_empty())
    with duckdb.connect(str(file)) as connection:
        for table, listed in rows.items():
            names = {name: None for row in listed for name in row}
            frame = pl.DataFrame(
                [{name: _cell(row.get(name)) for name in names} for row in listed], infer_schema_length=None
            )
            connection.register("frame", frame)
            connection.execute(f"insert into {table} by name select * from frame")
            connection.unregister("frame")
    return file


@cache
def _empty() -> bytes:
    """A file of all tables without a row: to make them anew takes half the time of a file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "empty.duckdb")
        with duckdb.connect(str(file)) as connection:
            for statement in _schema():
                connection.execute(statement)
            staging.create_staging(connection)
        return file.read_bytes()


def _schema() -> list[str]:
    statements = [f"create schema {schema}" for schema in (*MODELS, "meta")]
    for schema, models in MODELS.items():
        for model in models:
            described = yaml.safe_load((ROOT / "models" / schema / f"{model}.yml").read_text(encoding="utf-8"))[
                "models"
            ][0]
            columns = ", ".join(f"{column['name']} {column['data_type']}" for column in described["columns"])
            statements.append(f"create table {schema}.{model} ({columns})")
    statements.append(f"create table meta.build ({BUILD})")
    return [*statements, f"create table meta.column_dictionary ({', '.join(f'{name} varchar' for name in DICTIONARY)})"]


def _cell(value: object) -> object:
    return value if value is None or isinstance(value, bool) else str(value)


def _rows(build: Build) -> Iterator[tuple[str, dict]]:
    counted: set[tuple] = set()
    for county in filter(None, COUNTIES):
        yield "marts.dim_division", {"division_code": county, "division_name": f"县{county}", "valid_from_year": 1949}
    for _, document in sorted(build.documents.items()):
        yield from _staging(build, document)
        if document.is_read:
            yield from _marts(build, document, counted)


def _staging(build: Build, document: Document) -> Iterator[tuple[str, dict]]:
    own = {"document_id": document.document_id}
    rejection = own | {"file_name": document.name, "message": "m", "next_step": "n"}
    if not document.is_read:
        identity = {"rejection_id": _hash(document.document_id), "stage": "read", "reason_code": "no_form"}
        yield "staging.rejection", rejection | identity
        return
    parser = {"parser_version": _hash("reader", build.reader)}
    yield "staging.document", own | parser | {"file_name": document.name, "title_text": f"标题 {build.reader // 2}"}
    if document.note is not None:
        yield "staging.manifest", own | {"note": document.note, "source_ref": f"L{len(build.documents)}"}
    for number in range(document.rejected):
        identity = {"rejection_id": _hash(document.document_id, number), "source_ref": f"L{number}"}
        yield (
            "staging.rejection",
            rejection | identity | {"stage": "row", "reason_code": "bad_row", "raw_text": f"{number}"},
        )
    for number, project in enumerate(document.projects, 1):
        text = f"{project.name} {build.reader // 2}"
        yield "staging.project", own | {"project_no": number, "project_name": text, "total_budget_text": project.budget}


def _marts(build: Build, document: Document, counted: set[tuple]) -> Iterator[tuple[str, dict]]:
    own = {
        "document_id": document.document_id, "unit_id": document.unit, "division_id": document.county or "unknown",
        "division_code": document.county, "fiscal_year": document.year,
        "fiscal_year_start_date": document.year and f"{document.year}-01-01",
    }  # fmt: skip
    said = {"source_url": document.note, "title_text": f"标题 {build.reader // 2}", "is_current": True}
    yield "marts.dim_document", own | said | {"file_name": document.name, "amount_unit": "元"}
    yield from _of_results(own, document)
    yield from _of_department(own, document)
    for number, project in enumerate(document.projects, 1):
        key = _hash(document.unit, project.name)
        is_one_a_year = document.unit is not None and document.year is not None
        if is_one_a_year and (key, document.year) in counted:
            continue
        counted.add((key, document.year))
        place = own | {"project_id": f"{document.document_id}-{number}", "source_ref": f"L{number}00"}
        named = {"project_key": key, "project_no": number, "project_name": project.name}
        form = {"form_id": f"{document.document_id}-f{number}", "theme": f"主题 {build.rules}"}
        yield "marts.dim_project", place | named | form | {"purpose_text": f"用途 {build.reader // 2}"}
        yield "marts.fct_project_budget", place | {"budget_cny": project.budget, "budget_basis": "stated"}
        yield from _of_project(build, place, project)


def _of_results(own: dict, document: Document) -> Iterator[tuple[str, dict]]:
    place = own | {"project_id": f"{document.document_id}-1"}
    if document.results:
        yield "marts.fct_project_execution", place | {"as_of_month": 12, "executed_cny": len(document.results)}
    for number, text in enumerate(document.results, 1):
        identity = {"indicator_id": f"{document.document_id}-1-{number}", "indicator_no": number}
        yield "marts.fct_indicator_result", place | identity | {"form_kind": "self_evaluation", "actual_text": text}


def _of_department(own: dict, document: Document) -> Iterator[tuple[str, dict]]:
    for number, text in enumerate(document.goals, 1):
        place = own | {"department_goal_id": f"{document.document_id}-d{number}", "source_ref": f"L{number}"}
        yield "marts.dim_department_goal", place | {"goal_no": number, "section_no": 1, "goal_text": text}
        yield "marts.fct_department_target", place | {"target_no": 1, "from_type": "goal", "target_text": text}
        yield "marts.fct_department_standard", place | {"standard_no": 1, "grade": "good", "band_text": text}


def _of_project(build: Build, place: dict, project: Project) -> Iterator[tuple[str, dict]]:
    for month, text in zip(MONTHS, project.plan, strict=True):
        figures = {
            "checkpoint_month": month,
            "value_text": text,
            "is_stated": text is not None,
            "base_cny": project.budget,
        }
        yield (
            "marts.fct_spending_plan",
            place | figures | {"plan_basis": "ratio", "cumulative_ratio": text and "0.250000"},
        )
    for fund_class in project.funds:
        fund = {"fund_class": fund_class, "term": "annual", "measure": "stated", "amount_cny": project.budget}
        yield "marts.fct_project_fund", place | fund
    for number, text in enumerate(project.targets, 1):
        identity = {"indicator_id": f"{place['project_id']}-{number}", "indicator_no": number}
        read = {"target_text": text, "is_quantified": bool(text), "category_id": f"c{build.rules}"}
        yield "marts.fct_indicator_target", place | identity | read | {"indicator_name": f"指标{number}"}
    for rule in project.findings:
        subject = {"finding_id": _hash(rule, place["project_id"]), "rule_id": rule, "subject_type": "project"}
        shared = {name: place[name] for name in ("document_id", "project_id", "division_code", "source_ref")}
        yield "quality.finding", subject | shared | {"severity": "error", "message": f"{rule} {build.rules}"}


# Random sequences

NAMES = ("路灯维护", "河道清淤", "垃圾清运", "绿化养护")
UNITS = ("unit", "unit", "other", None)


def sequence(seed: int, length: int) -> Iterator[Build]:
    """Builds one after the other: documents are added, changed, removed, renamed and re-issued, and the code changes."""
    chance = random.Random(seed)
    build = Build().having(*(_document(chance, f"{number}.txt") for number in range(3)))
    gone: list[Document] = []
    for number in range(length):
        yield build
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            build = _step(chance, build, gone, f"{number + 3}.txt")


def _step(chance: random.Random, build: Build, gone: list[Document], name: str) -> Build:
    document = chance.choice(list(build.documents.values()))
    serial = document.serial + 1
    match chance.randrange(12):
        case 0:
            return build.having(_document(chance, name))
        case 1 if len(build.documents) > 1:
            gone.append(document)
            return build.without(document.name)
        case 2 if gone:
            return build.having(gone.pop())
        case 3:  # a re-issue beside the old one, before or behind it
            return build.having(
                replace(
                    document,
                    name=chance.choice("0x") + name,
                    projects=(*document.projects, _project(chance, f"新增 {name}")),
                )
            )
        case 4:
            return build.without(document.name).having(replace(document, name=f"r{document.name}"))
        case 5:
            return build.having(replace(document, note=chance.choice((None, "a", "b"))))
        case 6:
            return replace(build, reader=build.reader + 1)
        case 7:
            return replace(build, rules=build.rules + 1)
        case 8:
            return build.having(replace(document, is_read=not document.is_read or len(build.documents) < 2))
        case 9:
            return build.having(replace(document, year=chance.choice((2023, 2024, None)), serial=serial))
        case 10:
            return build.having(replace(document, rejected=chance.randrange(3), serial=serial))
        case _:
            projects = [chance.choice((project, _project(chance, project.name))) for project in document.projects]
            chance.shuffle(projects)
            other = {"results": _texts(chance), "goals": _texts(chance)}
            return build.having(replace(document, projects=tuple(projects), serial=serial, **other))


def _document(chance: random.Random, name: str) -> Document:
    names = chance.sample(NAMES, chance.randint(1, 3))
    return Document(
        name, unit=chance.choice(UNITS), county=chance.choice(COUNTIES), year=chance.choice((2023, 2023, 2024, None)),
        projects=tuple(_project(chance, project) for project in names),
        results=_texts(chance), goals=_texts(chance),
    )  # fmt: skip


def _texts(chance: random.Random) -> tuple[str, ...]:
    return tuple(chance.choice(("完成", "98%")) for _ in range(chance.randrange(3)))


def _project(chance: random.Random, name: str) -> Project:
    return Project(
        name,
        chance.choice((None, Decimal("0.00"), Decimal("200000.00"), Decimal("350000.00"))),
        tuple(chance.choice((None, "25%", "100%")) for _ in MONTHS),
        tuple(chance.choice((None, "≥95%", "100%")) for _ in range(chance.randrange(4))),
        tuple(chance.sample(("Q01", "Q07"), chance.randrange(3))),
        tuple(chance.sample(("total", "fiscal", "other"), chance.randrange(4))),
    )
