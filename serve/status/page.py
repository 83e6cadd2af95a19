"""The status of a warehouse for a person at a terminal: what matters first, long lists cut with their counts."""

from serve import published
from serve.answer import Answer
from serve.status.status import BADLY, COUNTY_COLUMNS, IN_FAILED_RUN, STEP_COLUMNS, Status
from serve.table import as_tables
from serve.terminal import columns, wrapped
from warehouse.runs.run import UNCHANGED
from warehouse.text_table import visible

LISTED = 50  # rejections of one kind
RUNS_LISTED = 10
STEPS_OF = 3  # runs that did more than look
RUNS = ["began_at", "status", "exit", "seconds", "cpu", "documents", "rejected"]
STEPS = ["began_at", "step", "seconds", "cpu"]
KINDS = {
    "rejected": "未读入的文件 | Files rejected",
    "read_in_part": "部分读入的文件 | Documents read in part, and what is in no table",
    IN_FAILED_RUN: "最近失败的运行所拒绝的文件 | Files that the failed run rejected",
}


def text(found: Status) -> str:
    parts = [
        _head(found),
        _trouble(found),
        *(_rejections(found, kind) for kind in KINDS),
        _counties(found),
        *_runs(found),
    ]
    return "\n".join(filter(None, parts))


def _head(found: Status) -> str:
    build = found.build
    if not build:
        return f"{visible(str(found.warehouse))} 尚未发布 | has not been published yet.\n{published.BUILD}\n"
    folder = f"{found.documents_folder}: " if found.documents_folder else ""
    in_part = len({row[2] for row in found.rejections if row[0] == "read_in_part"})
    code = [f"{name} {build[name]}" for name in ("code_version", "parser_version", "git_revision") if build.get(name)]
    lines = [
        f"{found.warehouse}",
        f"发布 | published  {build['built_at']} (UTC), {build['build_id']}",
        f"来源 | from       {folder}{build['source_document_count']} documents read, {in_part} of them in part;"
        f" {build['rejected_document_count']} files rejected",
        f"代码 | code       {', '.join(code)}",
        f"检查 | gate       {build['gate_status']}"
        + (f": {build['failed_expectations']}" if build["failed_expectations"] else ""),
        *([f"认可 | accepted   {build['accepted_changes']}"] if build.get("accepted_changes") else []),
    ]
    return "".join(f"{visible(line)}\n" for line in lines)


def _trouble(found: Status) -> str:
    """Whether a run failed, or never ended, after the last one that was well; whether the file is that of another run."""
    lines = []
    if found.other_published:
        lines.append(
            f"最近一次运行发布的是另一个文件 | The last run that published made another file, {found.other_published}: this one was"
            " put back (make rollback), or comes from elsewhere."
        )
    if failed := found.failed_since:
        last = failed[-1]
        message = found.last.get("message") if found.last.get("run_id") == last["run_id"] else last.get("message")
        lines += [
            f"此后有 {len(failed)} 次运行失败 | {len(failed)} run(s) failed since; the last one at {last['began_at']} (UTC),"
            f" exit status {last.get('exit_status')}:",
            *(f"  {line}" for line in str(message or "").split("\n")[:LISTED]),
        ]
    lines += [
        f"没有结束的运行：仍在运行或被终止 | A run without an end, still running or killed: {run['began_at']} (UTC),"
        f" process {run.get('pid')}"
        for run in found.without_end
    ]
    if found.fault:
        lines.append(f"运行记录无法读取 | The runs cannot be read: {found.fault}")
    return "".join(f"{visible(line)}\n" for line in lines)


def _rejections(found: Status, kind: str) -> str:
    rows = [row[1:] for row in found.rejections if row[0] == kind]
    if not rows:
        return ""
    lines = [
        f"  {f'{county} ' if county else ''}{name}{f' {place}' if place else ''}: {reason}: {message} Next: {step}"
        for county, name, place, reason, message, step in rows[:LISTED]
    ]
    if len(rows) > LISTED:
        lines.append(f"  … {len(rows) - LISTED} more; FORMAT=csv (--format csv) lists all")
    return "".join(f"{visible(line)}\n" for line in (f"{KINDS[kind]}: {len(rows)}", *lines))


def _counties(found: Status) -> str:
    if not found.counties:
        return ""
    return as_tables([Answer("", "按县区与年度", "By county and year", COUNTY_COLUMNS, found.counties)])


def _runs(found: Status) -> list[str]:
    if not found.runs:
        return []
    newest = list(reversed(found.runs))
    rows: list[tuple] = [
        (
            run["began_at"], run["status"], run.get("exit_status"), run.get("seconds"), run.get("cpu_seconds"),
            run["counts"].get("documents"), run["counts"].get("rejected"),
        )
        for run in newest[:RUNS_LISTED]
    ]  # fmt: skip
    built = [run for run in newest if run["status"] != UNCHANGED and len(run["steps"]) > 1][:STEPS_OF]
    steps: list[tuple] = [
        (run["began_at"], *(step.get(name) for name in STEP_COLUMNS)) for run in built for step in run["steps"]
    ]
    tables = [Answer("", f"最近 {len(rows)} 次运行（UTC）", f"The last {len(rows)} runs (UTC)", RUNS, rows)]
    if steps:
        tables.append(Answer("", "各步骤用时（秒）", "Seconds of each step, and of CPU", STEPS, steps))
    shown, *steps_shown = [as_tables([table]) for table in tables]
    return [shown + _reasons(newest[:RUNS_LISTED]), *steps_shown]


def _reasons(runs: list[dict]) -> str:
    """The first line of why each run that ended badly did."""
    badly = [run for run in runs if run["status"] in BADLY]
    said = [f"  {run['began_at']} {run['status']}: {str(run.get('message') or '').split(chr(10))[0]}" for run in badly]
    return "".join(f"{line}\n" for text in said for line in wrapped(visible(text), columns()))
