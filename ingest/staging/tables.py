"""The staging tables: the one Python list of their columns, with what one row, or one document, can be checked for."""

import pandera.polars as pa
import polars as pl

from ingest.forms.form import CARD
from ingest.grid import ROLES
from ingest.readers.format_detection import FORMATS
from ingest.rejection_reasons import REASONS, STAGES
from ingest.vocabulary.form_labels import FAMILIES
from ingest.vocabulary.labels import MONTHS, SECTIONS
from ingest.vocabulary.ordinals import KINDS

ID = r"^[0-9a-f]{16}$"
# A line, lines or a cell of a text; a row, rows or a cell of a table; a page or table as a whole.
PLACE = r"(L\d+(-\d+)?(\.c\d+)?|(p\d+\.)?(t\d+\.)?r\d+(-\d+)?(\.c\d+)?|p\d+(-\d+)?|t\d+(-\d+)?)"
REF = rf"^{PLACE}(\+{PLACE})*$"
TRIMMED = r"(?s)^\S(.*\S)?$"  # a blank cell is NULL, never an empty text; ends are trimmed
UNIT_CODE = r"^\d{3,9}$"
OBSERVATIONS = (
    "blank_line_cell", "continued_row", "cut_cell", "cut_paragraph", "fund_not_read", "label_by_words",
    "level1_outside_taxonomy", "level2_in_first_column", "many_indicators", "no_indicator_header", "numbering_slip",
    "odd_indicator_header", "plan_months_missing", "plan_row_narrow", "row_without_names", "shifted_row", "short_row",
    "text_in_money", "unclear_page_cut",
)  # fmt: skip
# Numbers that no document reaches: beyond them a boundary was missed.
MOST_PROJECTS, MOST_ROWS = 5_000, 2_000


def required(**checks):
    return pa.Field(str_matches=TRIMMED, **checks)


def optional(pattern: str = TRIMMED):
    return pa.Field(nullable=True, str_matches=pattern)


def number(most: int, **options):
    return pa.Field(ge=1, le=most, **options)


class Table(pa.DataFrameModel):
    """Every staging row belongs to a document and has its place there."""

    document_id: pl.String = pa.Field(str_matches=ID)
    source_ref: pl.String = pa.Field(str_matches=REF)

    class Config:
        strict = True
        coerce = False


class Document(Table):
    file_name: pl.String = required()
    file_sha256: pl.String = pa.Field(str_matches=r"^[0-9a-f]{64}$")
    file_bytes: pl.Int64 = pa.Field(gt=0)
    file_format: pl.String = pa.Field(isin=tuple(FORMATS))
    encoding: pl.String = optional()
    title_text: pl.String = optional()
    unit_code: pl.String = optional(UNIT_CODE)
    unit_name: pl.String = optional()
    amount_unit_text: pl.String = optional()
    project_count: pl.Int64 = pa.Field(gt=0, le=MOST_PROJECTS)
    parser_version: pl.String = pa.Field(str_matches=ID)

    class Config:
        unique = ("document_id",)

    @pa.dataframe_check
    @classmethod
    def document_id_is_the_head_of_the_hash(cls, data) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("file_sha256").str.starts_with(pl.col("document_id")))


class Section(Table):
    section_no: pl.Int32 = number(MOST_ROWS)
    section_type: pl.String = pa.Field(isin=tuple(SECTIONS))
    heading_text: pl.String = required()
    body_text: pl.String = optional()

    class Config:
        unique = ("document_id", "section_no")


class SectionItem(Table):
    section_no: pl.Int32 = number(MOST_ROWS)
    item_no: pl.Int32 = pa.Field(ge=1)
    parent_item_no: pl.Int32 = pa.Field(nullable=True, ge=1)
    item_level: pl.Int32 = pa.Field(ge=1)
    ordinal_kind: pl.String = pa.Field(nullable=True, isin=KINDS)
    ordinal_text: pl.String = optional()
    label_text: pl.String = optional()
    separator_text: pl.String = optional()
    item_text: pl.String = optional()
    is_heading: pl.Boolean
    repeats_heading: pl.Boolean

    class Config:
        unique = ("document_id", "section_no", "item_no")

    @pa.dataframe_check
    @classmethod
    def an_item_has_text(cls, data) -> pl.LazyFrame:
        texts = ("ordinal_text", "label_text", "item_text")
        return data.lazyframe.select(pl.any_horizontal(pl.col(*texts).is_not_null()))

    @pa.dataframe_check
    @classmethod
    def an_ordinal_has_a_kind_and_a_separator_a_label(cls, data) -> pl.LazyFrame:
        ordinal = pl.col("ordinal_kind").is_null() == pl.col("ordinal_text").is_null()
        separator = pl.col("separator_text").is_null() | pl.col("label_text").is_not_null()
        repeated = pl.col("is_heading") | ~pl.col("repeats_heading")
        return data.lazyframe.select(ordinal & separator & repeated)

    @pa.dataframe_check
    @classmethod
    def the_parent_comes_before_and_is_a_level_above(cls, data) -> pl.LazyFrame:
        place = ["document_id", "section_no"]
        above = pl.col("item_level").alias("level_above")
        parents = data.lazyframe.select(*place, pl.col("item_no").alias("parent_item_no"), above).unique(
            [*place, "parent_item_no"]
        )
        items = data.lazyframe.join(parents, on=[*place, "parent_item_no"], how="left", maintain_order="left")
        is_top = pl.col("parent_item_no").is_null() & (pl.col("item_level") == 1)
        is_below = (pl.col("parent_item_no") < pl.col("item_no")) & (pl.col("item_level") == pl.col("level_above") + 1)
        return items.select(is_top | is_below.fill_null(False))


class Form(Table):
    form_no: pl.Int32 = number(MOST_PROJECTS)
    form_family: pl.String = pa.Field(nullable=True, isin=(CARD, *(family.name for family in FAMILIES)))
    subject_type: pl.String = pa.Field(nullable=True, isin=("project", "department"))
    title_text: pl.String = optional()
    year_text: pl.String = optional()
    project_no: pl.Int32 = number(MOST_PROJECTS, nullable=True)
    is_loaded: pl.Boolean

    class Config:
        unique = ("document_id", "form_no")

    @pa.dataframe_check
    @classmethod
    def a_loaded_form_has_a_project(cls, data) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("is_loaded") == pl.col("project_no").is_not_null())


class Project(Table):
    project_no: pl.Int32 = number(MOST_PROJECTS)
    form_no: pl.Int32 = number(MOST_PROJECTS)
    heading_text: pl.String = optional()
    unit_text: pl.String = optional()
    unit_code: pl.String = optional(UNIT_CODE)
    unit_name: pl.String = optional()
    amount_unit_text: pl.String = optional()
    project_code: pl.String = optional()
    project_name: pl.String = optional()
    total_budget_text: pl.String = optional()
    fiscal_funds_text: pl.String = optional()
    other_funds_text: pl.String = optional()
    purpose_text: pl.String = optional()
    plan_header_text: pl.String = optional()
    total_budget_source_ref: pl.String = optional(REF)
    fiscal_funds_source_ref: pl.String = optional(REF)
    other_funds_source_ref: pl.String = optional(REF)

    class Config:
        unique = ("document_id", "project_no")

    @pa.dataframe_check
    @classmethod
    def every_amount_has_its_place(cls, data) -> pl.LazyFrame:
        names = ("total_budget", "fiscal_funds", "other_funds")
        placed = [pl.col(f"{name}_text").is_null() | pl.col(f"{name}_source_ref").is_not_null() for name in names]
        return data.lazyframe.select(pl.all_horizontal(placed))

    @pa.dataframe_check
    @classmethod
    def the_unit_comes_from_its_line(cls, data) -> pl.LazyFrame:
        named = pl.any_horizontal(pl.col("unit_code", "unit_name").is_not_null())
        return data.lazyframe.select(~named | pl.col("unit_text").is_not_null())


class ProjectAttribute(Table):
    project_no: pl.Int32 = number(MOST_PROJECTS)
    attribute_no: pl.Int32 = number(MOST_ROWS)
    row_no: pl.Int32 = number(MOST_ROWS, nullable=True)
    column_text: pl.String = optional()
    label_text: pl.String = required()
    value_text: pl.String = optional()

    class Config:
        unique = ("document_id", "project_no", "attribute_no")


class Fund(Table):
    project_no: pl.Int32 = number(MOST_PROJECTS)
    fund_no: pl.Int32 = number(MOST_ROWS)
    row_no: pl.Int32 = number(MOST_ROWS)
    label_text: pl.String = required()
    column_text: pl.String = optional()
    unit_text: pl.String = optional()
    value_text: pl.String = optional()

    class Config:
        unique = ("document_id", "project_no", "fund_no")


class PlanPoint(Table):
    project_no: pl.Int32 = number(MOST_PROJECTS)
    checkpoint_month: pl.Int32 = pa.Field(isin=tuple(MONTHS.values()))
    value_text: pl.String = optional()

    class Config:
        unique = ("document_id", "project_no", "checkpoint_month")


class Goal(Table):
    project_no: pl.Int32 = number(MOST_PROJECTS)
    goal_no: pl.Int32 = number(MOST_ROWS)
    goal_text: pl.String = required()
    label_text: pl.String = optional()

    class Config:
        unique = ("document_id", "project_no", "goal_no")


class Indicator(Table):
    project_no: pl.Int32 = number(MOST_PROJECTS)
    indicator_no: pl.Int32 = number(MOST_ROWS)
    level1_text: pl.String = optional()
    level2_text: pl.String = optional()
    level3_text: pl.String = optional()
    description_text: pl.String = optional()
    target_text: pl.String = optional()
    basis_text: pl.String = optional()
    term_text: pl.String = optional()
    level1_source_ref: pl.String = optional(REF)
    target_source_ref: pl.String = optional(REF)

    class Config:
        unique = ("document_id", "project_no", "indicator_no")

    @pa.dataframe_check
    @classmethod
    def a_row_has_text(cls, data) -> pl.LazyFrame:
        texts = ("level1_text", "level2_text", "level3_text", "description_text", "target_text", "basis_text")
        return data.lazyframe.select(pl.any_horizontal(pl.col(*texts).is_not_null()))

    @pa.dataframe_check
    @classmethod
    def level1_and_target_have_their_places(cls, data) -> pl.LazyFrame:
        level1 = pl.col("level1_text").is_null() == pl.col("level1_source_ref").is_null()
        target = pl.col("target_text").is_null() | pl.col("target_source_ref").is_not_null()
        return data.lazyframe.select(level1 & target)


class IndicatorAttribute(Table):
    project_no: pl.Int32 = number(MOST_PROJECTS)
    indicator_no: pl.Int32 = number(MOST_ROWS)
    attribute_no: pl.Int32 = number(MOST_ROWS)
    label_text: pl.String = required()
    value_text: pl.String = required()

    class Config:
        unique = ("document_id", "project_no", "indicator_no", "attribute_no")


class LineLedger(Table):
    line_role: pl.String = pa.Field(isin=ROLES)
    cell_count: pl.Int64 = pa.Field(ge=0)
    blank_cell_count: pl.Int64 = pa.Field(ge=0)
    character_count: pl.Int64 = pa.Field(ge=0)

    class Config:
        unique = ("document_id", "line_role")


class Rejection(pa.DataFrameModel):
    rejection_id: pl.String = pa.Field(str_matches=ID)
    file_name: pl.String = required()
    document_id: pl.String = optional(ID)
    source_ref: pl.String = optional(REF)
    stage: pl.String = pa.Field(isin=STAGES)
    reason_code: pl.String = pa.Field(isin=REASONS)
    message: pl.String = required()
    next_step: pl.String = required()
    raw_text: pl.String = pa.Field(nullable=True)

    class Config:
        strict = True
        coerce = False
        unique = ("rejection_id",)

    @pa.dataframe_check
    @classmethod
    def a_rejected_row_says_where_it_stands(cls, data) -> pl.LazyFrame:
        placed = pl.all_horizontal(pl.col("document_id", "source_ref", "raw_text").is_not_null())
        return data.lazyframe.select((pl.col("stage") != "row") | placed)


class Observation(Table):
    observation_no: pl.Int32 = pa.Field(ge=1)
    project_no: pl.Int32 = number(MOST_PROJECTS, nullable=True)
    indicator_no: pl.Int32 = number(MOST_ROWS, nullable=True)
    observation_code: pl.String = pa.Field(isin=OBSERVATIONS)
    evidence_text: pl.String = pa.Field(nullable=True)

    class Config:
        unique = ("document_id", "observation_no")


class Manifest(Table):
    file_name: pl.String = required()
    division_code: pl.String = optional(r"^\d{6}$")
    fiscal_year: pl.String = optional(r"^20\d\d$")
    unit_code: pl.String = optional()
    unit_name: pl.String = optional()
    amount_unit: pl.String = pa.Field(nullable=True, isin=("元", "百元", "千元", "万元", "百万元", "亿元"))
    disclosure_status: pl.String = pa.Field(nullable=True, isin=("draft", "final", "adjusted", "unknown"))
    published_on: pl.String = optional(r"^\d{4}-\d\d-\d\d$")
    source_url: pl.String = optional()
    retrieved_on: pl.String = optional(r"^\d{4}-\d\d-\d\d$")
    note: pl.String = optional()

    class Config:
        unique = ("document_id",)


TABLES: dict[str, type[pa.DataFrameModel]] = {
    "document": Document,
    "section": Section,
    "section_item": SectionItem,
    "form": Form,
    "project": Project,
    "project_attribute": ProjectAttribute,
    "fund": Fund,
    "plan_point": PlanPoint,
    "goal": Goal,
    "indicator": Indicator,
    "indicator_attribute": IndicatorAttribute,
    "line_ledger": LineLedger,
    "rejection": Rejection,
    "observation": Observation,
    "manifest": Manifest,
}


def columns(table: str) -> dict[str, type[pl.DataType]]:
    """The columns of a staging table in their order, each with its polars type."""
    return {name: column.dtype.type for name, column in TABLES[table].to_schema().columns.items()}
