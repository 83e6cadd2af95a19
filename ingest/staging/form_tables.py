"""The staging tables of forms and of what was read in them."""

import pandera.polars as pa
import polars as pl

from ingest.forms.form import CARD
from ingest.staging.columns import MOST_PROJECTS, MOST_ROWS, REF, UNIT_CODE, Table, number, optional, required
from ingest.vocabulary.form_labels import FAMILIES
from ingest.vocabulary.labels import MONTHS


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


class OfProject(Table):
    """Rows that mean nothing without their project."""

    project_no: pl.Int32 = number(MOST_PROJECTS)


class ProjectAttribute(OfProject):
    attribute_no: pl.Int32 = number(MOST_ROWS)
    row_no: pl.Int32 = number(MOST_ROWS, nullable=True)
    column_text: pl.String = optional()
    label_text: pl.String = required()
    value_text: pl.String = optional()

    class Config:
        unique = ("document_id", "project_no", "attribute_no")


class Fund(OfProject):
    fund_no: pl.Int32 = number(MOST_ROWS)
    row_no: pl.Int32 = number(MOST_ROWS)
    label_text: pl.String = required()
    column_text: pl.String = optional()
    unit_text: pl.String = optional()
    value_text: pl.String = optional()

    class Config:
        unique = ("document_id", "project_no", "fund_no")


class PlanPoint(OfProject):
    checkpoint_month: pl.Int32 = pa.Field(isin=tuple(MONTHS.values()))
    value_text: pl.String = optional()

    class Config:
        unique = ("document_id", "project_no", "checkpoint_month")


class Goal(OfProject):
    goal_no: pl.Int32 = number(MOST_ROWS)
    goal_text: pl.String = required()
    label_text: pl.String = optional()

    class Config:
        unique = ("document_id", "project_no", "goal_no")


class Indicator(OfProject):
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


class IndicatorAttribute(OfProject):
    indicator_no: pl.Int32 = number(MOST_ROWS)
    attribute_no: pl.Int32 = number(MOST_ROWS)
    label_text: pl.String = required()
    value_text: pl.String = required()

    class Config:
        unique = ("document_id", "project_no", "indicator_no", "attribute_no")
