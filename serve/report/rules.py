"""The rules of the review: what each asks, how it is to be taken, and what it found in the documents of the report."""

from serve.report import columns
from serve.report.site import RULES, Column, Site

COLUMNS = (
    Column("rule_id", "规则", "Rule", "code"),
    Column("rule_name", "名称", "Name", english="rule_name_en"),
    columns.SEVERITY,
    Column("test_type", "审核内容", "What is reviewed", words="test_type"),
    Column("definition", "定义", "Definition", "both"),
    Column("is_heuristic", "启发式", "Heuristic", "yes_no"),
    Column("is_inferred", "本项目推断", "Inferred by us", "yes_no"),
    Column("legal_basis", "依据", "Legal basis"),
    Column("applicable_project_count", "适用项目", "Projects asked", "count"),
    Column("failing_project_count", "不合项目", "Projects failing", "count"),
    columns.FINDINGS,
    columns.AT_STAKE,
)


def write(site: Site) -> None:
    site.write(RULES, "rules.html", columns=COLUMNS, rules=site.rows("rules"))
