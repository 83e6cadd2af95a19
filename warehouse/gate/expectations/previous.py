"""How the file moved since the one that it replaces. Skipped, and said so, where there is none.

Compared are documents that are in both: of one county and year, with the same unit, file name or bytes. So a county
that grows by fifty units has not moved; what was there has to be there still, and to look like itself.
"""

from warehouse.gate.expectations.expectation import Expectation

EXPECTATIONS: tuple[Expectation, ...] = (
    Expectation(
        "counties_still_there",
        "上次发布的县和年度仍在；each county and year of the published file is still there",
        "Exact; not where each of its documents is now rejected by name, or put elsewhere by the manifest.",
        "moved_county",
        "is_vanished",
        minimum=0,
        maximum=0,
        accepted_as="county",
    ),
    Expectation(
        "documents_still_there",
        "上次发布的文件仍在；each document of the published file is still there",
        "Exact; a document of the same name with other bytes replaces it, and a rejection explains it.",
        "moved_county",
        "vanished_document_count",
        minimum=0,
        maximum=0,
        accepted_as="document",
    ),
    Expectation(
        "budget_moved",
        "同一批单位的预算变动在五分之一到五倍之间；money of the same documents moves within a fifth and five times",
        "A unit of money read wrong moves it tenfold or more; five catches that where only half of a county is wrong. "
        "A revision of the same budgets does not come near.",
        "moved_county",
        "budget_factor",
        minimum=0.2,
        maximum=5,
        accepted_as="budget",
    ),
    Expectation(
        "projects_kept",
        "同一批单位的项目数不少于一半；at least half of the projects of the same documents are left",
        "From four projects on: a re-issue may drop some, not most.",
        "moved_county",
        "project_factor",
        minimum=0.5,
        where=(("projects_before", ">=", 4),),
        accepted_as="projects",
    ),
    Expectation(
        "indicators_kept",
        "同一批单位的指标数不少于一半；at least half of the indicators of the same documents are left",
        "From twenty indicators on: as for projects.",
        "moved_county",
        "indicator_factor",
        minimum=0.5,
        where=(("indicators_before", ">=", 20),),
        accepted_as="indicators",
    ),
    Expectation(
        "quantified_moved",
        "量化比例变动不超过 30 个百分点；the share of quantified targets moves by at most 30 points",
        "The same documents; 30 points are three times what any change of a rule has moved so far.",
        "moved_county",
        "quantified_move",
        minimum=-0.3,
        maximum=0.3,
        where=(("indicators_before", ">=", 20), ("indicators_now", ">=", 20)),
        accepted_as="quantified",
    ),
    Expectation(
        "unknown_category_moved",
        "类别不明比例上升不超过 30 个百分点；the share of unknown categories rises by at most 30 points",
        "The same documents; it may fall as categories are learned.",
        "moved_county",
        "unknown_category_move",
        maximum=0.3,
        where=(("indicators_before", ">=", 20), ("indicators_now", ">=", 20)),
        accepted_as="categories",
    ),
    Expectation(
        "blanks_moved",
        "各列空白比例上升不超过 30 个百分点；the share of blanks of a column rises by at most 30 points",
        "The same documents, from four rows on: a column that empties between two loads was lost, not left out.",
        "moved_column",
        "blank_move",
        maximum=0.3,
        where=(("row_count", ">=", 4),),
        accepted_as="column",
    ),
)
