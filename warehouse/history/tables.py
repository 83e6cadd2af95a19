"""The tables of the history: what they are, in the words of their comments."""

from warehouse.meta_tables import Tables

TABLES: Tables = {
    "change": (
        "变动：每行一个变动字段 | One row per field that differs from the file that this one replaced, a row per stated field for"
        " what is new or gone; empty where nothing was replaced. A document is the same by file_name, a project by project_key and"
        " fiscal_year (and by file_name, where its unit or year is unknown); a plan point, indicator, fund or finding by its number,"
        " kind or rule within them; an execution, a result and what a department promises by file_name and its number"
        " there. What the rows of a project share with it (document, unit, division, year) is told once, at the"
        " project; budget_source_ref is the source_ref of its budget. Key: subject_type, file_name, project_key, fiscal_year,"
        " checkpoint_month, indicator_no, rule_id, rejection_id, part_key, field_name.",
        {
            "build_id": ("varchar not null", "构建标识 | Build that found the difference: that of this file."),
            "subject_type": (
                "varchar not null",
                "对象类型 | document, project (with its budget), plan_point, indicator, fund, execution, result, department_goal,"
                " department_target, department_standard, finding or rejection.",
            ),
            "change_type": (
                "varchar not null",
                "变动类型 | new, gone or changed: of the subject, on each of its rows.",
            ),
            "cause": (
                "varchar not null",
                "原因 | document: a file came, went or changed, or its line of the manifest did; reader: the same bytes were read"
                " differently; rules: read alike, and other code, models or seeds say something else of it.",
            ),
            "file_name": ("varchar", "文件名 | Document of the subject; of what is gone the document that held it."),
            "document_id": ("varchar", "文件标识 | Its bytes; of what is gone those of the replaced file."),
            "project_key": ("varchar", "项目主键 | Project; NULL where the subject is of none."),
            "fiscal_year": ("integer", "预算年度 | Fiscal year; NULL where unknown."),
            "division_code": ("varchar", "行政区划代码 | Division code, GB/T 2260; NULL where unknown."),
            "checkpoint_month": ("integer", "时点月份 | Checkpoint of a plan point, else NULL."),
            "indicator_no": ("integer", "指标序号 | Number of an indicator in its project, else NULL."),
            "rule_id": ("varchar", "规则编号 | Rule of a finding, else NULL."),
            "rejection_id": ("varchar", "拒收标识 | Rejection, else NULL."),
            "part_key": (
                "varchar",
                "分项标识 | What else tells the row: of a fund its class, term and measure; of an execution or a result its project"
                " in the file with the month or the indicator; of a department its goal with the number of a target, or that and"
                " the grade of a standard. Else NULL.",
            ),
            "field_name": ("varchar not null", "字段 | Column that differs."),
            "old_value": (
                "varchar",
                "旧值 | Value in the replaced file, as SQL casts it to text; NULL where blank or absent.",
            ),
            "new_value": ("varchar", "新值 | Value in this file, as SQL casts it to text; NULL where blank or absent."),
        },
    ),
    "project_history": (
        "项目版本：每行一个项目版本 | One row per version of a project across builds and re-issues: another name, budget, plan, set"
        " of indicators or document makes one, so does the return of a project that was gone. Carried over from file to file. Key:"
        " project_key, fiscal_year, version_no.",
        {
            "project_key": ("varchar not null", "项目主键 | Project, the same across years and re-issues."),
            "fiscal_year": ("integer", "预算年度 | Fiscal year; NULL where unknown."),
            "version_no": ("integer not null", "版本号 | Order of the version, from 1."),
            "project_name": ("varchar", "项目名称 | Name as printed."),
            "budget_cny": ("decimal(18, 2)", "预算金额 | Budget in yuan."),
            "plan_text": ("varchar", "支出计划 | Plan as printed, 3=… 6=… 10=… 12=…; NULL where no point is stated."),
            "indicator_hash": (
                "varchar",
                "指标校验值 | MD5 of the texts of the indicators in their order; NULL where there is none.",
            ),
            "document_id": ("varchar not null", "文件标识 | Document that holds the version."),
            "file_name": ("varchar not null", "文件名 | Its file when the version began."),
            "valid_from_build": ("varchar not null", "起始构建 | First build that had the version."),
            "valid_to_build": ("varchar", "终止构建 | First build without it; NULL while it is valid."),
        },
    ),
}
