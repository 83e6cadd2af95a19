"""What the models made of a load: nothing lost on the way, and figures of the order that county budgets have."""

from warehouse.gate.expectations.expectation import MANY_DOCUMENTS, Expectation, same_count, same_money, share, varied

BUDGET_LIMITS = (2_000, 1_000_000_000)  # yuan, mean of a county's projects

EXPECTATIONS: tuple[Expectation, ...] = (
    same_count(
        "documents",
        "读取的文件都在维度中；each document read is in the dimension",
        "Exact: no document is merged or dropped.",
    ),
    same_count(
        "projects",
        "现行文件的项目都在维度中；each project of a current document is in dim_project",
        "Exact: one form, one project.",
    ),
    same_count(
        "budgets",
        "现行文件的项目都有预算行；each project of a current document has a budget row",
        "Exact: one form, one row.",
    ),
    same_count(
        "plan_values",
        "支出计划的数不多不少；plan values are all there",
        "Exact: a printed value is never dropped or added.",
    ),
    same_count(
        "indicators", "现行文件的指标行不多不少；indicator rows are all there", "Exact: one printed row, one fact."
    ),
    same_count(
        "target_characters",
        "指标值文字不多不少；the text of the targets is all there",
        "Exact: a value that was cut, blanked or taken from another column changes the number of characters.",
    ),
    same_count(
        "printed_budgets",
        "可直接换算的预算都有金额；each plain printed budget has its money",
        "Exact, over plain figures under a unit line.",
    ),
    same_money(
        "printed_budgets",
        "预算金额等于印刷数乘以单位；budgets are the printed figure times the printed unit",
        "To the fen, worked out apart from the models: 万元 read as 元 is a difference of 9,999 parts in 10,000.",
    ),
    same_money(
        "plan_bases",
        "支出计划基数等于项目预算；the base of the plans is the budget of the projects",
        "To the fen: every stated checkpoint is of its project's budget.",
    ),
    Expectation(
        "documents_have_projects",
        "每个现行文件至少一个项目；each current document has a project",
        "Exact: a file without a form is a rejection, so an empty document lost its projects on the way, unless a rejected row "
        "says where they are.",
        "volume",
        "empty_document_count",
        minimum=0,
        maximum=0,
    ),
    Expectation(
        "indicators_per_form",
        "平均每表指标数在 1.5 到 40 之间；forms hold 1.5 to 40 indicators on average",
        "4.8 to 9.0 observed per county. Fewer means rows lost, more means that a boundary between forms was missed.",
        "volume",
        "indicators_per_form",
        minimum=1.5,
        maximum=40,
        where=(("form_with_indicators_count", ">=", 10), ("document_count", ">=", MANY_DOCUMENTS)),
    ),
    Expectation(
        "mean_budget",
        "项目平均预算在 2 千元到 10 亿元之间；projects average 2,000 yuan to 1 billion yuan",
        "107,000 to 10,450,435 yuan observed. 万元 read as 元, or the reverse, moves the mean by four orders of magnitude.",
        "money",
        "mean_amount",
        minimum=BUDGET_LIMITS[0],
        maximum=BUDGET_LIMITS[1],
        where=(
            ("amount_name", "==", "budget_cny"),
            ("stated_count", ">=", 3),
            ("document_count", ">=", MANY_DOCUMENTS),
        ),
    ),
    Expectation(
        "mean_budget_of_few_documents",
        "一两个文件的项目平均预算也应如此；so do the projects of one or two documents",
        "As above; reported only, for one unit may be as small as it likes.",
        "money",
        "mean_amount",
        minimum=BUDGET_LIMITS[0],
        maximum=BUDGET_LIMITS[1],
        where=(
            ("amount_name", "==", "budget_cny"),
            ("stated_count", ">=", 3),
            ("document_count", "<=", MANY_DOCUMENTS - 1),
        ),
        stops=False,
    ),
    Expectation(
        "largest_budget",
        "单个项目预算不超过 1000 亿元；no project is above 100 billion yuan",
        "101 million yuan observed. More than a county spends in a year is a misread unit or two figures in one; reported "
        "only, for the misprint may be the document's.",
        "money",
        "largest_amount",
        maximum=100_000_000_000,
        where=(("amount_name", "==", "budget_cny"),),
        stops=False,
    ),
    Expectation(
        "plan_reaches_the_budget",
        "年末计划金额在预算的一半到一倍半之间；plans end between half and one and a half of the budget",
        "99.99 % to 100 % of a county observed where December is stated. A plan read as percent that is money, or the "
        "reverse, is off by far more; reported only, for a county may plan as it likes.",
        "money",
        "share_of_base",
        minimum=0.5,
        maximum=1.5,
        where=(("amount_name", "==", "cumulative_cny"), ("checkpoint_month", "==", 12), ("stated_count", ">=", 3)),
        stops=False,
    ),
    Expectation(
        "plan_starts_low",
        "三月底计划金额不超过预算的 95%；at most 95 % of the budget is planned by the end of March",
        "25 % to 78 % of a county observed. All of it by March means that checkpoints were swapped, or that a plan starts "
        "at its end; reported only, as above.",
        "money",
        "share_of_base",
        maximum=0.95,
        where=(("amount_name", "==", "cumulative_cny"), ("checkpoint_month", "==", 3), ("stated_count", ">=", 5)),
        stops=False,
    ),
    share(
        "budget_unknown",
        0.5,
        10,
        "预算金额未知的项目不过半；at most half of the projects have no budget in yuan",
        "0 of 77 observed. A unit line that is not understood leaves a whole county without money.",
    ),
    share(
        "plan_without_figure",
        0.5,
        40,
        "已填但无法换算的计划不过半；at most half of the stated plan points have no figure",
        "0 of 261 observed. Where the basis of most plans is unknown, sums over the county mean nothing.",
    ),
    share(
        "not_quantified",
        0.95,
        50,
        "未量化指标不超过 95%；at most 95 % of the targets are not quantified",
        "0 to 69 % of a county observed. All but none quantified means that another column was read as the target.",
    ),
    share(
        "category_unknown",
        0.4,
        50,
        "类别不明的指标不超过四成；at most 40 % of the indicators have no known category",
        "Up to 4 % of a county observed. Shifted columns put free text where the levels are.",
    ),
    share(
        "division_unknown",
        0.5,
        10,
        "区划不明的文件不过半；at most half of the documents have no division",
        "0 of 15 observed. A warehouse by county in which most money has no county answers nothing.",
        scopes=("all",),
    ),
    share(
        "fiscal_year_unknown",
        0.8,
        10,
        "年度不明的文件不应占多数；the fiscal year is not unknown for most documents",
        "2 of 15 observed; a source that prints no year is true to itself, so this is reported only.",
        scopes=("all",),
        stops=False,
    ),
    share(
        "amount_unit_unknown",
        0.5,
        10,
        "金额单位不明的文件不过半；at most half of the documents have no unit of money",
        "0 of 15 observed.",
    ),
    share(
        "goal_text_blank",
        0.5,
        30,
        "部门目标的文字空白不过半；at most half of the department's goals have no text",
        "0 of 93 observed in the five documents. Half of them blank means that labels or headings were taken for goals.",
    ),
    share(
        "grade_without_bounds",
        0.9,
        40,
        "没有界限的档次不超过九成；at most 90 % of the grades have no bounds",
        "0 of 24 observed, in one document; a county may grade in words, so this is reported only.",
        stops=False,
    ),
    varied(
        "marts.fct_project_budget",
        "budget_cny",
        3,
        20,
        "预算金额不应雷同；budgets differ from each other",
        "Twenty projects with fewer than three different budgets hold a total or a default in place of the budget.",
    ),
)
