"""The staging tables: the one Python list of their columns, with what one row, or one document, can be checked for."""

from functools import cache

import pandera.polars as pa
import polars as pl

from ingest.grid import ROLES
from ingest.readers.format_detection import FORMATS
from ingest.rejection_reasons import REASONS, STAGES
from ingest.staging.columns import ID, MOST_PROJECTS, MOST_ROWS, REF, UNIT_CODE, Table, number, optional, required
from ingest.staging.form_tables import (
    Form,
    Fund,
    Goal,
    Indicator,
    IndicatorAttribute,
    PlanPoint,
    Project,
    ProjectAttribute,
)
from ingest.vocabulary.labels import SECTIONS
from ingest.vocabulary.ordinals import KINDS

OBSERVATIONS = (
    "blank_line_cell", "continued_row", "cut_cell", "cut_paragraph", "fund_not_read", "label_by_words",
    "level1_outside_taxonomy", "level2_in_first_column", "many_indicators", "no_indicator_header", "numbering_slip",
    "odd_indicator_header", "plan_months_missing", "plan_row_narrow", "row_without_names", "shifted_row", "short_row",
    "text_in_money", "unclear_page_cut",
)  # fmt: skip


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


@cache
def columns(table: str) -> dict[str, type[pl.DataType]]:
    """The columns of a staging table in their order, each with its polars type."""
    return {name: column.dtype.type for name, column in TABLES[table].to_schema().columns.items()}
