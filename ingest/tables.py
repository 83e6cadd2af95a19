"""The staging tables: the one Python list of their columns, with the checks that one row, or one document, can answer."""

import pandera.polars as pa
import polars as pl

from ingest.grid import ROLES
from ingest.labels import MONTHS, SECTIONS

ID = r"^[0-9a-f]{16}$"
PLACE = r"(p\d+\.)?(t\d+\.)?(L\d+(-\d+)?|r\d+)(\.c\d+)?"
REF = rf"^{PLACE}(\+{PLACE})*$"
STAGES = ("open", "decode", "read", "form", "row", "load")
REASONS = (
    "empty", "too_large", "wrong_kind", "encrypted", "truncated", "no_text_layer", "no_form", "other_form", "time_out", "memory",
    "nested_too_deep", "inflated", "link", "special_file", "converter_missing", "bad_bytes", "duplicate", "bad_row", "structure",
)  # fmt: skip
OBSERVATIONS = (
    "blank_line_cell", "continued_row", "cut_cell", "level1_outside_taxonomy", "many_indicators", "no_indicator_header",
    "odd_indicator_header", "plan_months_missing", "plan_row_narrow", "row_without_names", "shifted_row", "short_row", "text_in_money",
)  # fmt: skip


class Table(pa.DataFrameModel):
    """Every staging row belongs to a document and says where it stands."""

    document_id: pl.String = pa.Field(str_matches=ID)
    source_ref: pl.String = pa.Field(str_matches=REF)

    class Config:
        strict = True
        coerce = False


class Document(Table):
    file_name: pl.String = pa.Field(str_length={"min_value": 1})
    file_sha256: pl.String = pa.Field(str_matches=r"^[0-9a-f]{64}$")
    file_bytes: pl.Int64 = pa.Field(gt=0)
    file_format: pl.String = pa.Field(isin=["text"])
    encoding: pl.String
    title_text: pl.String = pa.Field(nullable=True)
    unit_code: pl.String = pa.Field(nullable=True, str_matches=r"^\d{3,9}$")
    unit_name: pl.String = pa.Field(nullable=True)
    amount_unit_text: pl.String = pa.Field(nullable=True)
    project_count: pl.Int64 = pa.Field(gt=0)
    parser_version: pl.String = pa.Field(str_matches=ID)

    class Config:
        unique = ("document_id",)


class Section(Table):
    section_no: pl.Int32 = pa.Field(ge=1)
    section_type: pl.String = pa.Field(isin=tuple(SECTIONS))
    heading_text: pl.String
    body_text: pl.String = pa.Field(nullable=True)

    class Config:
        unique = ("document_id", "section_no")


class Project(Table):
    project_no: pl.Int32 = pa.Field(ge=1)
    heading_text: pl.String = pa.Field(nullable=True)
    unit_text: pl.String = pa.Field(nullable=True)
    unit_code: pl.String = pa.Field(nullable=True, str_matches=r"^\d{3,9}$")
    unit_name: pl.String = pa.Field(nullable=True)
    amount_unit_text: pl.String = pa.Field(nullable=True)
    project_code: pl.String = pa.Field(nullable=True)
    project_name: pl.String = pa.Field(nullable=True)
    total_budget_text: pl.String = pa.Field(nullable=True)
    fiscal_funds_text: pl.String = pa.Field(nullable=True)
    other_funds_text: pl.String = pa.Field(nullable=True)
    purpose_text: pl.String = pa.Field(nullable=True)
    plan_header_text: pl.String = pa.Field(nullable=True)
    total_budget_source_ref: pl.String = pa.Field(nullable=True, str_matches=REF)
    fiscal_funds_source_ref: pl.String = pa.Field(nullable=True, str_matches=REF)
    other_funds_source_ref: pl.String = pa.Field(nullable=True, str_matches=REF)

    class Config:
        unique = ("document_id", "project_no")


class PlanPoint(Table):
    project_no: pl.Int32 = pa.Field(ge=1)
    checkpoint_month: pl.Int32 = pa.Field(isin=tuple(MONTHS.values()))
    value_text: pl.String = pa.Field(nullable=True)

    class Config:
        unique = ("document_id", "project_no", "checkpoint_month")


class Goal(Table):
    project_no: pl.Int32 = pa.Field(ge=1)
    goal_no: pl.Int32 = pa.Field(ge=1)
    goal_text: pl.String

    class Config:
        unique = ("document_id", "project_no", "goal_no")


class Indicator(Table):
    project_no: pl.Int32 = pa.Field(ge=1)
    indicator_no: pl.Int32 = pa.Field(ge=1)
    level1_text: pl.String = pa.Field(nullable=True)
    level2_text: pl.String = pa.Field(nullable=True)
    level3_text: pl.String = pa.Field(nullable=True)
    description_text: pl.String = pa.Field(nullable=True)
    target_text: pl.String = pa.Field(nullable=True)
    basis_text: pl.String = pa.Field(nullable=True)
    level1_source_ref: pl.String = pa.Field(nullable=True, str_matches=REF)
    target_source_ref: pl.String = pa.Field(nullable=True, str_matches=REF)

    class Config:
        unique = ("document_id", "project_no", "indicator_no")


class LineLedger(Table):
    line_role: pl.String = pa.Field(isin=ROLES)
    cell_count: pl.Int64 = pa.Field(ge=0)
    blank_cell_count: pl.Int64 = pa.Field(ge=0)
    character_count: pl.Int64 = pa.Field(ge=0)

    class Config:
        unique = ("document_id", "line_role")


class Rejection(pa.DataFrameModel):
    rejection_id: pl.String = pa.Field(str_matches=ID)
    file_name: pl.String
    document_id: pl.String = pa.Field(nullable=True, str_matches=ID)
    source_ref: pl.String = pa.Field(nullable=True, str_matches=REF)
    stage: pl.String = pa.Field(isin=STAGES)
    reason_code: pl.String = pa.Field(isin=REASONS)
    message: pl.String
    next_step: pl.String
    raw_text: pl.String = pa.Field(nullable=True)

    class Config:
        strict = True
        coerce = False
        unique = ("rejection_id",)


class Observation(Table):
    observation_no: pl.Int32 = pa.Field(ge=1)
    project_no: pl.Int32 = pa.Field(nullable=True, ge=1)
    indicator_no: pl.Int32 = pa.Field(nullable=True, ge=1)
    observation_code: pl.String = pa.Field(isin=OBSERVATIONS)
    evidence_text: pl.String = pa.Field(nullable=True)

    class Config:
        unique = ("document_id", "observation_no")


class Manifest(Table):
    file_name: pl.String
    division_code: pl.String = pa.Field(nullable=True, str_matches=r"^\d{6}$")
    fiscal_year: pl.String = pa.Field(nullable=True, str_matches=r"^20\d\d$")
    unit_code: pl.String = pa.Field(nullable=True)
    unit_name: pl.String = pa.Field(nullable=True)
    amount_unit: pl.String = pa.Field(nullable=True, isin=("元", "千元", "万元", "亿元"))
    disclosure_status: pl.String = pa.Field(nullable=True, isin=("draft", "final", "adjusted", "unknown"))
    published_on: pl.String = pa.Field(nullable=True, str_matches=r"^\d{4}-\d\d-\d\d$")
    source_url: pl.String = pa.Field(nullable=True)
    retrieved_on: pl.String = pa.Field(nullable=True, str_matches=r"^\d{4}-\d\d-\d\d$")
    note: pl.String = pa.Field(nullable=True)

    class Config:
        unique = ("document_id",)


TABLES: dict[str, type[pa.DataFrameModel]] = {
    "document": Document,
    "section": Section,
    "project": Project,
    "plan_point": PlanPoint,
    "goal": Goal,
    "indicator": Indicator,
    "line_ledger": LineLedger,
    "rejection": Rejection,
    "observation": Observation,
    "manifest": Manifest,
}


def columns(table: str) -> dict[str, type[pl.DataType]]:
    """The columns of a staging table in their order, each with its polars type."""
    return {name: column.dtype.type for name, column in TABLES[table].to_schema().columns.items()}
