"""The columns of a list of findings, the same in the sheet, in the text to edit and on paper."""

from collections.abc import Callable
from dataclasses import dataclass

from serve.report.finding_list.rows import Finding


@dataclass(frozen=True)
class ListColumn:
    """`width` is its share of the width of a page, `of` its value; a column to be filled in by hand has none."""

    zh: str
    en: str
    width: int
    of: Callable[[Finding], object] | None = None
    data_type: str = "VARCHAR"

    @property
    def is_by_hand(self) -> bool:
        return self.of is None

    def value(self, finding: Finding) -> object:
        return self.of(finding) if self.of else None


COLUMNS = (
    ListColumn("序号", "No.", 5, lambda finding: finding.number),
    ListColumn("项目（编码）", "Project (code)", 29, lambda finding: finding.subject),
    ListColumn("金额（元）", "Money (yuan)", 14, lambda finding: finding.amount_cny, "DECIMAL(18,2)"),
    ListColumn("级别", "Severity", 7, lambda finding: finding.severity_name[0]),
    ListColumn("规则", "Rule", 14, lambda finding: f"{finding.rule_id} {finding.rule[0]}"),
    ListColumn("指标", "Indicator", 16, lambda finding: finding.indicator),
    ListColumn("原文", "As printed", 26, lambda finding: finding.original),
    ListColumn("问题", "Problem", 32, lambda finding: finding.problem[0]),
    ListColumn("出处", "Place", 11, lambda finding: finding.source_ref),
    ListColumn("修改意见", "Proposed change", 18),
    ListColumn("处理情况", "State", 12),
)


def notes(built_at: object, build_id: str, source_url: str | None) -> list[str]:
    """What a reader of a list must know, line by line."""
    lines = [
        "级别：错误须修改，警告请核对，提示供参考；标有“启发式”的规则可能误判，定义见规则页。",
        "金额是项目的有效预算，一个项目可有多个问题，金额不可相加；空白是未知或未填，不是 0。",
        "出处：L 是行号，c 是列；p、t、r、c 依次是页、表、行、列；+ 连接几处。修改意见、处理情况由单位填写。",
        f"数据构建：{build_id}，{built_at:%Y-%m-%d %H:%M}（UTC）。",
    ]
    return lines + ([f"文件来源：{source_url}"] if source_url else [])
