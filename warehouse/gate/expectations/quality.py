"""What the rules say of a load: every rule decided for every project, and findings that look like findings."""

from warehouse.gate.expectations.expectation import MANY_DOCUMENTS, Expectation, same_count, same_money, varied

RULES = tuple(f"Q{number:02}" for number in range(1, 31))

EXPECTATIONS: tuple[Expectation, ...] = (
    same_count(
        "results",
        "每条规则对每个项目都有结论；each rule has a result for each project",
        "Exact: rules times projects. A rule without a result looks like a rule that is kept.",
    ),
    same_count(
        "failures",
        "不合结论与发现一致；the projects that fail are those with findings",
        "Exact: a failure without a finding cannot be traced, a finding without a failure is not counted.",
    ),
    same_count(
        "rule_summary",
        "汇总的发现数等于发现行数；the summary counts the findings that there are",
        "Exact.",
    ),
    same_money(
        "money_at_stake",
        "发现所涉金额等于项目预算；money at stake is the budget of the project",
        "To the fen, each project once.",
    ),
    same_money(
        "rule_summary",
        "汇总金额等于不合项目的预算；the summary's money is that of the failing projects",
        "To the fen, each rule and project once.",
    ),
    Expectation(
        "rules_present",
        "三十条规则都在；all thirty rules are there",
        "Exact: a rule that is gone is one that nobody breaks.",
        "rule",
        "column_name",
        contains=RULES,
        where=(("county", "==", "all"),),
    ),
    Expectation(
        "rules_apply",
        "每条审核规则都适用于某个项目；each rule of the review that gives verdicts applies to some project",
        "Q rules, from forty projects of several documents on. A rule that never applies is more likely broken than kept; reported "
        "only, for a load may hold no date and no cost. Rules from Q40 on ask fields that a 绩效目标表 need not have.",
        "rule",
        "applicable_count",
        minimum=1,
        where=(
            ("county", "==", "all"),
            ("is_review", "==", True),
            ("column_name", "<=", "Q39"),
            ("project_count", ">=", 40),
            ("document_count", ">=", MANY_DOCUMENTS),
        ),
        stops=False,
    ),
    Expectation(
        "error_rules_discriminate",
        "错误级规则的不合比例不超过九成；a rule of severity error fails at most 90 % of the projects it applies to",
        "Up to 50 % of a county observed (Q07, 4 projects). A rule that nearly everybody breaks is more likely misread "
        "than broken; reported only, from twenty projects of several documents on.",
        "rule",
        "fail_share",
        maximum=0.9,
        where=(
            ("severity", "==", "error"),
            ("applicable_count", ">=", 20),
            ("document_count", ">=", MANY_DOCUMENTS),
        ),
        stops=False,
    ),
    Expectation(
        "findings_per_project",
        "每项目平均发现数不超过 60；at most 60 findings per project on average",
        "2 to 13 per county observed. Reported only: it tells of a rule that runs wild.",
        "finding",
        "findings_per_project",
        maximum=60,
        where=(("project_count", ">=", 10),),
        stops=False,
    ),
    Expectation(
        "errors_per_project",
        "每项目平均错误数不超过 10；at most 10 errors per project on average",
        "0 to 0.5 per county observed. Reported only, as above.",
        "finding",
        "errors_per_project",
        maximum=10,
        where=(("project_count", ">=", 10),),
        stops=False,
    ),
    Expectation(
        "evidence_stated",
        "发现附有原文或算式；findings carry the printed text or the arithmetic",
        "1 of 412 blank observed. Reported only, from twenty findings on.",
        "column",
        "blank_share",
        maximum=0.5,
        where=(
            ("table_name", "==", "quality.finding"),
            ("column_name", "==", "evidence_text"),
            ("row_count", ">=", 20),
        ),
        stops=False,
    ),
    varied(
        "quality.finding",
        "message",
        5,
        50,
        "发现的说明各不相同；messages differ from each other",
        "They carry the values in them: fifty findings with fewer than five messages say nothing of their case.",
    ),
)
