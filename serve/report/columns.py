"""Columns that several pages show, each with one name in both languages."""

from serve.report.site import Column

COUNTY = Column("division_name", "县区", "County", link="county_page")
YEAR = Column("fiscal_year", "年度", "Year", "code")
STATUS = Column("disclosure_status", "公开状态", "Status", words="status")
UNIT = Column("unit_name", "单位", "Unit")
DOCUMENT = Column("file_name", "文件与问题清单", "Document and its findings", link="document_page")
DEPARTMENT = Column("department_name", "部门类别", "Kind of department", english="department_name_en")
UNITS = Column("unit_count", "单位", "Units", "count")
THEME = Column("theme", "主题", "Theme", words="theme")
BUDGET = Column("budget_cny", "有效预算（元）", "Budget (yuan)", "money")
DOCUMENTS = Column("document_count", "文件", "Documents", "count")
PROJECTS = Column("project_count", "项目", "Projects", "count")
INDICATORS = Column("indicator_count", "指标", "Indicators", "count")
QUANTIFIED = Column("weighted_quantified_ratio", "量化指标", "Quantified", "percent")
SEVERITY = Column("severity", "级别", "Severity", words="severity")
ERRORS = Column("error_finding_count", "错误", "Errors", "count")
WARNINGS = Column("warning_finding_count", "警告", "Warnings", "count")
HINTS = Column("information_finding_count", "提示", "Hints", "count")
FINDINGS = Column("finding_count", "问题", "Findings", "count")
AT_STAKE = Column("amount_at_stake_cny", "涉及金额（元）", "Money at stake (yuan)", "money")
REASON = Column("reason_code", "原因", "Reason", words="reason")
