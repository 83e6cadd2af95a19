"""The list of findings (问题清单) of one document: one row per finding in reading order, the same on paper and on a page."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from serve.report.languages import halves
from serve.report.persons import without_persons
from serve.report.rejections import in_both_languages
from serve.report.site import Site
from serve.report.words import word

WHOLE = ("文件整体", "The document as a whole")
SEVERITIES = ("error", "warning", "information")


@dataclass(frozen=True)
class Finding:
    """`subject` is the project with its code, or the document as a whole; `original` the printed text or the arithmetic."""

    number: int
    finding_id: str
    project_id: str | None
    subject: str
    amount_cny: Decimal | None
    severity: str
    rule_id: str
    rule: tuple[str, str]
    indicator_no: int | None
    indicator: str | None
    original: str | None
    problem: tuple[str, str]
    source_ref: str

    @property
    def severity_name(self) -> tuple[str, str]:
        return word("severity", self.severity)

    @property
    def severity_no(self) -> int:
        """1 for the severest."""
        return SEVERITIES.index(self.severity) + 1


@dataclass(frozen=True)
class Group:
    """The findings of one project, or those of the document as a whole (`project_id` is None)."""

    project_id: str | None
    subject: str
    amount_cny: Decimal | None
    findings: list[Finding]

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)


@dataclass(frozen=True)
class FindingList:
    """`document` is the row of reports.document_overview; `rejections` says what of the document is in no table."""

    document: dict
    groups: list[Group]
    rejections: list[dict]

    @property
    def title(self) -> str:
        year = f"{self.document['fiscal_year']}年度" if self.document["fiscal_year"] else "年度未知"
        return f"{self.document['unit_name'] or self.document['file_name']} {year} 绩效目标问题清单"

    @property
    def findings(self) -> Iterator[Finding]:
        return (finding for group in self.groups for finding in group.findings)

    @property
    def counts(self) -> Counter[str]:
        """How many findings there are of each severity."""
        return Counter(finding.severity for finding in self.findings)


def read(site: Site, document: dict) -> FindingList:
    """The list of one document, `document` being its row of reports.document_overview."""
    asked = {"document_id": document["document_id"]}
    findings = [_finding(number, row) for number, row in enumerate(site.rows("finding_list", asked), 1)]
    groups = [_group(list(found)) for _, found in groupby(findings, lambda finding: finding.project_id)]
    rejections = [
        in_both_languages(row) | {"raw_text": without_persons(row["raw_text"]) if row["raw_text"] else None}
        for row in site.rows("document_rejections", asked)
    ]
    return FindingList(document, groups, rejections)


def _group(findings: list[Finding]) -> Group:
    first = findings[0]
    return Group(first.project_id, first.subject, first.amount_cny, findings)


def _finding(number: int, row: dict) -> Finding:
    return Finding(
        number=number,
        finding_id=row["finding_id"],
        project_id=row["project_id"],
        subject=_subject(row),
        amount_cny=row["amount_at_stake_cny"],
        severity=row["severity"],
        rule_id=row["rule_id"],
        rule=(row["rule_name"], row["rule_name_en"]),
        indicator_no=row["indicator_no"],
        indicator=_indicator(row),
        original=without_persons(row["evidence_text"]) if row["evidence_text"] else None,
        problem=halves(without_persons(row["message"])),
        source_ref=row["finding_source_ref"],
    )


def _subject(row: dict) -> str:
    if row["project_id"] is None:
        return WHOLE[0]
    name = without_persons(row["project_name"]) if row["project_name"] else f"第{row['project_no']}个项目"
    return f"{name}（{row['project_code']}）" if row["project_code"] else name


def _indicator(row: dict) -> str | None:
    """The name of the indicator with its number in the form, or its number alone; None where the subject is none."""
    if row["indicator_no"] is None:
        return None
    name = f" {without_persons(row['indicator_name'])}" if row["indicator_name"] else ""
    return f"{row['indicator_no']}{name}"
