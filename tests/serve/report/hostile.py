"""A file whose documents print what a browser, a template or a spreadsheet might obey, in every field that is printed."""

from pathlib import Path

import duckdb

RIGHT_TO_LEFT = "\u202e\u2067txt.exe\u2066"
TEXTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    '" onmouseover="alert(3)" x="',
    "javascript:alert(4)",
    "=cmd|' /C calc'!A0",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "</svg></style></title></textarea><iframe src=https://evil.example/></iframe>",
    "<!-- ]]> &lt;b&gt; &#60;script&#62;",
    RIGHT_TO_LEFT,
    "@SUM(1+1)*cmd",
    "一\x01\x02\x1b[31m二\ufffe\uffff",
    "x" * 10_000,
    "长" * 10_000,
    "首行\n<link rel=stylesheet href=https://evil.example/a.css>\n末行",
    "https://evil.example/\"><script src=//evil.example/x.js></script>",
    "_x0041_ &amp; \u0000",
)  # fmt: skip
PRINTED = r"(_text|_name|_note|_url|^file_name|message|next_step|project_code|unit_code|source_ref|theme)$"
NOT_PRINTED = r"^(checkpoint|rule|schema|table|column)_name(_en)?$"


def poison(path: Path) -> None:
    """Put the texts into every printed field of the file, each row another one; blanks stay blank."""
    texts = ", ".join("'" + text.replace("'", "''").replace("\0", "") + "'" for text in TEXTS)
    with duckdb.connect(str(path)) as connection:
        columns = connection.execute(
            "select schema_name, table_name, list(column_name order by column_index) from duckdb_columns()"
            " where schema_name in ('staging', 'marts', 'quality', 'reports') and data_type = 'VARCHAR'"
            f" and regexp_matches(column_name, '{PRINTED}') and not regexp_matches(column_name, '{NOT_PRINTED}')"
            " group by all order by all"
        ).fetchall()
        for schema, table, names in columns:
            changed = ", ".join(
                f'"{name}" = case when "{name}" is not null then ([{texts}])[1 + (rowid + {number}) % {len(TEXTS)}] end'
                for number, name in enumerate(names)
            )
            connection.execute(f"update {schema}.{table} set {changed}")
