"""Each irregularity of the forms by name: how often it strikes, and what it does.

A name is struck by `Dice` where it can apply: once a document, a form, a row or a cell. What two irregularities would
make unreadable for a careful human is never combined: a row has one fault of structure, or cuts, not both.
"""

from random import Random

DOCUMENT, FORM, ROW, CELL = "document", "form", "row", "cell"

# name: (rate, of what, what it does)
IRREGULARITIES: dict[str, tuple[float, str, str]] = {
    # The file
    "no_last_newline": (0.3, DOCUMENT, "the last line ends without a newline"),
    "crlf": (0.1, DOCUMENT, "lines end with CR LF"),
    "other_encoding": (0.1, DOCUMENT, "a byte order mark, UTF-16 with and without it, GB18030"),
    "both_layouts": (0.1, DOCUMENT, "each form in a layout of its own"),
    "cover": (0.4, DOCUMENT, "title, unit and status on blank lines"),
    "contents": (0.3, DOCUMENT, "a contents page: TABs, dots or nothing before the page numbers, or none"),
    "page_number_words": (0.2, DOCUMENT, "`page number` twice"),
    "bookmarks": (0.25, DOCUMENT, "bookmarks before headings and in cells"),
    "tc_fields": (0.2, DOCUMENT, "TC fields behind headings"),
    "line_separators": (0.05, CELL, "U+2028, U+000B, U+3000 or NBSP inside a text"),
    "form_feeds": (0.2, DOCUMENT, "page breaks as form feeds: alone, before a TAB, before a text"),
    "spaced_blank_lines": (0.3, DOCUMENT, "blank lines hold a blank"),
    # Part one
    "no_part_one": (0.12, DOCUMENT, "the document begins with its forms"),
    "bracketed_headings": (0.3, DOCUMENT, "（一）总体绩效目标 instead of 一、"),
    "repeated_title": (0.15, DOCUMENT, "the title of a section once more below its heading"),
    "duplicated_section": (0.1, DOCUMENT, "the itemised goals pasted twice"),
    "numbering_slip": (0.05, ROW, "an ordinal of the narrative printed again, or left out"),
    "cut_ordinal": (0.03, ROW, "a line end behind an ordinal of the narrative"),
    "cut_sentence": (0.15, ROW, "a page cut inside a sentence of the narrative"),
    "list_before": (0.15, DOCUMENT, "an ordinary list of projects with their budgets before the forms"),
    "narrative_table": (0.2, DOCUMENT, "a table among the narrative"),
    "narrative_page_number": (0.15, ROW, "a page number between two paragraphs"),
    "no_part_two_heading": (0.1, DOCUMENT, "the first form follows part one at once"),
    "loose_paragraph": (0.08, FORM, "a paragraph before a form that belongs to none"),
    # Over a form
    "no_heading": (0.12, FORM, "a form without heading"),
    "name_heading": (0.12, FORM, "the heading is only the name"),
    "stuck_heading": (0.15, FORM, "the heading directly below the last cell of the form before"),
    "cut_heading": (0.08, FORM, "the heading broken over two lines"),
    "tabs_in_heading": (0.05, FORM, "TABs inside the heading"),
    "page_cut_in_head": (0.08, FORM, "a page number between heading, unit line and form"),
    "no_unit": (0.15, FORM, "no unit line"),
    "unit_prefix": (0.2, FORM, "预算单位： before the unit"),
    "unit_without_code": (0.1, FORM, "a unit without code"),
    "other_unit": (0.15, FORM, "another unit than the document's"),
    "unit_paragraph": (0.1, FORM, "unit and amount unit as a paragraph, not a table row"),
    "unit_in_label_run": (0.08, FORM, "no empty line between unit line and 项目编码"),
    "odd_amount_unit": (0.3, FORM, "单位: 万元, 金额单位：元, （单位：千元）"),
    "amount_unit_in_cells": (0.15, FORM, "no unit over the form; 25 万元 in the cells"),
    # Head, money, purpose
    "name_first": (0.15, FORM, "项目名称 before 项目编码"),
    "no_code": (0.05, FORM, "no project code"),
    "odd_code": (0.2, FORM, "legacy, transition or damaged code"),
    "document_number_name": (0.1, FORM, "a document number as the name"),
    "same_name": (0.08, FORM, "the name of the form before, another code"),
    "same_code": (0.04, FORM, "name and code of the form before, another project"),
    "blank_budget": (0.08, FORM, "预算数 blank while funds are stated"),
    "odd_funds": (0.3, FORM, "0, 无, — or blank in a money cell"),
    "word_in_money": (0.03, FORM, "a word in a money cell"),
    "no_purpose": (0.05, FORM, "the purpose blank"),
    "long_text": (0.03, FORM, "a purpose of thousands of characters"),
    "lines_in_purpose": (0.08, FORM, "the purpose in two paragraphs"),
    # Plan
    "amounts_in_plan": (0.2, FORM, "amounts, mostly under （%）"),
    "percent_in_plan": (0.4, FORM, "25% or 25.00%"),
    "blank_plan": (0.06, FORM, "all points blank"),
    "blank_points": (0.12, FORM, "some points blank"),
    "lost_month": (0.06, FORM, "12月底 lost with its value"),
    "lost_month_label": (0.03, FORM, "12月底 lost, its value kept: ambiguous"),
    "lost_plan_cell": (0.04, FORM, "a cell of the plan lost: ambiguous where cells stand one per line"),
    "wrapped_month": (0.05, FORM, "12月底 in the row of the values, which are lost"),
    "quarters": (0.04, FORM, "quarters instead of months: the third is no checkpoint"),
    "merged_months": (0.3, FORM, "blank merged cells between the months (one row per line)"),
    # Goals
    "numbered_goals": (0.5, FORM, "goals as numbered lines of one cell"),
    "goal_rows": (0.3, FORM, "goals as rows 目标 1, 目标 2"),
    "blank_goal": (0.06, FORM, "no goal, or a goal row without text"),
    "goal_terms": (0.08, FORM, "a goal of several years and one of the year, below or behind their labels"),
    "lines_in_goal": (0.12, FORM, "a goal over two lines"),
    # Indicators
    "no_indicator_table": (0.03, FORM, "a form without indicator table"),
    "only_empty_rows": (0.02, FORM, "an indicator row of empty cells only"),
    "empty_row": (0.06, FORM, "a row of empty cells among the others"),
    "category_only": (0.08, FORM, "a row with its categories only"),
    "new_scheme": (0.25, FORM, "成本指标 as a first level of its own"),
    "other_level_names": (0.2, FORM, "效果指标, 可持续性影响"),
    "unknown_level1": (0.06, FORM, "a first level outside the taxonomy"),
    "level1_on_each_row": (0.15, FORM, "the first level printed on every row"),
    "merged_level2": (0.15, FORM, "the second level merged down"),
    "column_order": (0.2, FORM, "description, target and basis in another order"),
    "unknown_column": (0.1, FORM, "权重, 分值 or 备注 among the columns"),
    "seven_cells": (0.25, FORM, "a blank merged fifth column, lost on some rows (one row per line)"),
    "blank_values": (0.06, CELL, "description, target or basis blank"),
    "label_as_value": (0.02, CELL, "the name of a category as description or basis"),
    "many_rows": (0.04, FORM, "more than twenty indicators"),
    # Labels and cells
    "label_words": (0.08, FORM, "labels in words that no list has: 年度预算金额, 用款计划"),
    "blanks_in_labels": (0.15, FORM, "blanks inside labels"),
    "other_width": (0.2, FORM, "half-width colons and brackets, full-width %"),
    "broken_label": (0.04, CELL, "a label over two lines"),
    "blank_encoding": (0.3, FORM, "blank cells as TAB, TAB and blank, TAB and U+3000"),
    "label_over_two_rows": (0.06, FORM, "a merged label, its rest in the first cell of the next row: 预算规模及资 … 金用途"),
    "trailing_tabs": (0.03, ROW, "TABs behind the last text of a row or cell"),
    # Rows
    "line_break": (0.06, ROW, "a line break inside a cell"),
    "cut_in_cell": (0.05, ROW, "an empty line or a page number inside a cell"),
    "cut_between_cells": (0.05, ROW, "an empty line or a page number between two cells (one cell per line)"),
    "cut_last_cell": (0.015, ROW, "the last cell cut by an empty line: ambiguous, to be reported"),
    "cut_between_rows": (0.06, ROW, "a page number or blank lines between two rows"),
    "repeated_header": (0.15, FORM, "the indicator header printed again after a page cut"),
    "repeated_head": (0.08, FORM, "code, name and indicator header printed again after a page cut"),
    "continued_row": (0.08, FORM, "the rest of a row behind a page cut, its first three cells blank"),
    "dropped_first_cell": (0.03, ROW, "the blank first cell lost"),
    "trimmed_cells": (0.15, ROW, "blank cells at the end trimmed (one row per line)"),
    "blank_as_empty_line": (0.3, ROW, "a blank cell printed as an empty line (one cell per line)"),
    "ruled_rows": (0.1, FORM, "rules of dashes between rows (one row per line)"),
    "note_below": (0.1, FORM, "注：… below the form"),
    "extra_blank_lines": (0.2, FORM, "more blank lines than needed"),
}  # fmt: skip

# What strikes only where tables have spans: in docx, html, odt, xlsx and pdf.
OF_TABLES: dict[str, tuple[float, str, str]] = {
    # The tables of a document and of a form
    "uneven_columns": (0.5, FORM, "cells of the rows begin in any columns of a wide grid"),
    "shared_table": (0.25, FORM, "the form stands in the table of the form before"),
    "two_tables": (0.2, FORM, "the indicators in a table of their own, sometimes below the label 绩效指标"),
    "heading_in_table": (0.25, FORM, "the heading as a merged row of the table"),
    "unit_in_table": (0.3, FORM, "unit and amount unit as a row of the table"),
    "unit_in_own_table": (0.2, FORM, "unit and amount unit as a table of one row"),
    "note_in_table": (0.3, FORM, "注：… as a merged last row"),
    "blank_rows": (0.08, FORM, "a merged blank row between two parts of the form"),
    "page_number_rows": (0.05, FORM, "a page number as a merged row between two parts of the form"),
    # Rows
    "two_head_rows": (0.2, FORM, "code and name in a row each"),
    "no_code_label": (0.3, FORM, "a form without code does not print its label"),
    "labels_not_merged": (0.2, FORM, "a label printed once, blank cells below it"),
    "own_row_labels": (0.15, FORM, "预算规模 and 资金用途 instead of one label merged over both rows"),
    "values_begin_elsewhere": (0.2, FORM, "values begin in another column than the merged cell over them"),
    "outer_label": (0.25, FORM, "绩效指标 merged down beside all indicator rows"),
    "merged_values": (0.2, FORM, "a target or basis merged down over rows"),
    "dragged_borders": (0.3, FORM, "indicator rows on another grid than their header"),
    "levels_not_merged": (0.25, FORM, "levels printed once, blank cells below them"),
    # Cells
    "paragraphs_in_labels": (0.15, FORM, "labels in two paragraphs"),
    "empty_paragraphs": (0.06, CELL, "empty paragraphs before, among or behind those of a cell"),
    # docx, html, odt
    "nested_tables": (0.1, DOCUMENT, "a form's table inside a table of one cell"),
    "cells_left_out": (0.2, DOCUMENT, "blank cells at the end of a row left out"),
    # odt
    "repeated_cells": (0.3, DOCUMENT, "cells that others cover written once, with how often they are repeated"),
    # docx and odt
    "split_runs": (0.3, DOCUMENT, "texts in several runs"),
    "tracked_changes": (0.15, DOCUMENT, "insertions, deletions and moves that nobody accepted"),
    # docx
    "fields": (0.2, DOCUMENT, "TC fields and bookmarks at headings, page references in the contents"),
    "content_controls": (0.15, DOCUMENT, "paragraphs, rows, cells and texts inside content controls"),
    "text_boxes": (0.15, DOCUMENT, "headings in text boxes, with the fallback that repeats them"),
    # docx, odt and pdf
    "header_and_footer": (0.4, DOCUMENT, "a running head and a page number"),
    # pdf
    "landscape": (0.3, DOCUMENT, "A4 on its side"),
    "rows_cut": (0.5, DOCUMENT, "a page cut inside a row: each cell goes on overleaf"),
    "open_cuts": (0.1, DOCUMENT, "no rule where a page cuts a table"),
    "open_cells": (0.3, DOCUMENT, "no rule where a page cuts a cell, one below every other cell"),
    "repeated_rows": (0.35, DOCUMENT, "indicator header, or head and indicator header, printed again overleaf"),
    "form_a_page": (0.4, DOCUMENT, "each table begins on a page of its own"),
    "shaded_labels": (0.2, DOCUMENT, "grey areas behind labels"),
    "rules_as_areas": (0.3, DOCUMENT, "rules drawn as thin filled areas, as word processors do"),
    # xlsx
    "stacked_forms": (0.4, DOCUMENT, "forms one below the other on a sheet, not one a sheet"),
    "offset_start": (0.3, DOCUMENT, "the cells of a sheet begin in another row and column than A1"),
    "typed_numbers": (0.7, DOCUMENT, "numbers, percentages and dates with number formats, not strings"),
    "formulas": (0.2, DOCUMENT, "formulas with the results that they had"),
    "other_strings": (0.3, DOCUMENT, "strings in runs of rich text, or in their cells"),
    "empty_sheets": (0.2, DOCUMENT, "sheets without any cell"),
    # html
    "layout_table": (0.2, DOCUMENT, "the whole page inside a table of one cell, or of one cell a paragraph"),
    "end_tags_missing": (0.2, DOCUMENT, "no </td>, </tr> and </p>"),
    "entities": (0.3, DOCUMENT, "characters as entities, blanks as &nbsp;"),
    "other_charset": (0.3, DOCUMENT, "GB18030, declared as gb2312, gbk or gb18030; a byte order mark"),
    "spread_out": (0.4, DOCUMENT, "white space and line breaks between and inside the tags"),
    "unseen_parts": (0.3, DOCUMENT, "scripts, styles, comments and other content that no page shows"),
    "spans_in_texts": (0.3, DOCUMENT, "texts in several <span> and <font>"),
}  # fmt: skip

RATES = {name: rate for name, (rate, _, _) in (IRREGULARITIES | OF_TABLES).items()}


class Dice:
    """Strikes irregularities at their rates and keeps their names.

    `calm` scales all rates, so that documents differ in how broken they are; `only` names those that may strike.
    """

    def __init__(self, random: Random, calm: float = 1.0, only: frozenset[str] | None = None):
        self.random, self.calm, self.only = random, calm, only
        self.struck: set[str] = set()

    def __call__(self, name: str) -> bool:
        strikes = self.random.random() < min(RATES[name] * self.calm, 0.9)
        if self.only is not None:
            strikes = name in self.only and (strikes or self.random.random() < 0.5)
        if strikes:
            self.struck.add(name)
        return strikes


# Labels

# Labels in words that no list has.
OTHER_WORDS = {
    "预算规模及资金用途": ("资金规模及用途", "预算规模及资金用途说明", "项目资金用途说明"),
    "预算数": ("年度预算金额", "预算安排数", "年度资金总额"),
    "其中：财政资金": ("其中：一般公共预算", "当年财政拨款", "其中：财政拨款资金"),
    "其他资金": ("单位自筹", "自有资金", "其他资金来源"),
    "资金支出计划（%）": ("用款计划（%）", "资金支付计划（%）", "资金拨付进度计划（%）"),
    "绩效目标": ("绩效目标内容", "年度绩效目标内容"),
    "绩效指标描述": ("指标说明", "指标内容说明", "指标定义"),
    "指标值": ("目标指标值", "预期指标值"),
    "指标值确定依据": ("依据", "指标值设定标准及依据"),
}
SAME_LABEL = {
    "其中：财政资金": ("其中：财政资金", "其中：财政资金", "其中：财政    资金", "其中： 财政资金"),
    "其他资金": ("其他资金", "其他资金", "其它资金"),
    "绩效指标描述": ("绩效指标描述", "绩效指标描述", "指标描述"),
    "资金支出计划（%）": ("资金支出计划（%）", "资金支出计划（%）", "资金支出计划"),
}


class Labels:
    """How the labels of one form are printed: their spelling, width, and blanks inside them."""

    def __init__(self, random: Random, dice: Dice):
        self.random = random
        self.has_blanks, self.has_width = dice("blanks_in_labels"), dice("other_width")
        self.has_words = dice("label_words")

    def __call__(self, text: str) -> str:
        if self.has_words and self.random.random() < 0.7:
            text = self.random.choice(OTHER_WORDS.get(text, (text,)))
        text = self.random.choice(SAME_LABEL.get(text, (text,)))
        if self.has_width:
            text = other_width(self.random, text)
        if self.has_blanks and self.random.random() < 0.6:
            text = spaced(self.random, text)
        return text


def spaced(random: Random, label: str) -> str:
    blank = random.choice((" ", " ", "\u3000", "  "))
    if random.random() < 0.5:
        return blank.join(label)
    at = random.randint(1, len(label) - 1)
    return label[:at] + blank + label[at:]


def other_width(random: Random, label: str) -> str:
    for full, half in (("：", ":"), ("（", "("), ("）", ")"), ("%", "％")):
        if random.random() < 0.7:
            label = label.replace(full, half)
    return label


# Where a text may break

TITLE_LIKE = ("表", "书")
TEMPTING = ("指标", "产出", "效益", "金额", "项目")  # a rest that begins so looks like a label


def break_positions(text: str) -> list[int]:
    """Where a line may break: inside the text, no blank, mark or bracket beside, so that both sides read as torn."""
    marks = set("。！？!?；;：:，,、.．…”’）)】》〉 \u3000\n\u2028\x0b\u00a0")
    return [
        at
        for at in range(1, len(text))
        if text[at - 1] not in marks | set("（(【《〈“‘")
        and text[at] not in marks
        and not (text[at - 1].isdigit() and text[at].isdigit())
    ]


def break_at(random: Random, text: str, is_last: bool = False) -> int | None:
    """A place to break `text`; often one whose tail looks like a unit, a month or a label, never like a page number."""
    places = [at for at in break_positions(text) if not (text[:at].isdigit() or text[at:].isdigit())]
    tempting = [at for at in places if text[at].isdigit() or text.startswith(TEMPTING, at)]
    if is_last:  # a line of its own: never a bare number, a name of a category, or a title
        places = [at for at in places if _is_plain_tail(text[at:])]
        tempting = [at for at in tempting if _is_plain_tail(text[at:])]
    if tempting and random.random() < 0.5:
        return random.choice(tempting)
    return random.choice(places) if places else None


def _is_plain_tail(tail: str) -> bool:
    squeezed = "".join(tail.split())
    is_name = squeezed.endswith(("指标", "效益", "影响", "满意度", *TITLE_LIKE))
    return len(squeezed) > 1 and not squeezed.isdigit() and not is_name


# Page breaks: the lines between two parts. A page number has an empty line on both sides.


def page_break(random: Random, has_feed: bool, dots: int = 0) -> list[str]:
    number = random.randint(1, 99)
    kinds = [
        [""],
        ["", ""],
        [" "],
        ["", str(number), ""],
        ["", f"- {number} -", ""],
        ["", f"第{number}页", ""],
        ["", f"— {number} —", "", ""],
    ]
    lines = list(random.choice(kinds))
    if has_feed and random.random() < 0.4:
        lines.append("\f")
    return lines
