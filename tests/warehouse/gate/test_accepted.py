"""What somebody wants passes the gate, and nothing beside it."""

from dataclasses import replace
from decimal import Decimal

import duckdb
import pandas as pd
import pytest

from tests.support.small_warehouse import Build, Document, Project, write
from warehouse.build_error import BuildError
from warehouse.gate import accepted, gate, great_expectations_run, movement
from warehouse.gate.accepted import Acceptance
from warehouse.gate.verdict import Outcome, Verdict

TARGETS = tuple("≥95%" for _ in range(6))
PROJECTS = tuple(Project(f"项目{number}", targets=TARGETS) for number in range(5))
Frames = dict[str, pd.DataFrame]
COUNTY, OTHER = "130225", "130324"
SOUND = Build().having(
    Document("甲 一,二.txt", projects=PROJECTS),
    Document("乙.txt", unit="second", projects=PROJECTS),
    Document("丙.txt", unit="third", county=OTHER, projects=PROJECTS),
    Document("丁.txt", unit="fourth", county=None, year=None, projects=PROJECTS),
)


def changed(projects: tuple[Project, ...]) -> Build:
    return SOUND.having(replace(SOUND.documents["丙.txt"], serial=1, projects=projects))


# what happened: the second build, what is done to its file, the ACCEPT that fits, and others that do not
MOVES = {
    "the only document of a county is removed": (
        SOUND.without("丙.txt"),
        "",
        ["document:丙.txt", "county:130324", "county:130324:2023"],
        ["document:乙.txt", "county:130225", "county:130324:2022", "budget:130324", "column:marts.dim_project.theme:130324"],
    ),
    "one of two documents of a county is removed": (
        SOUND.without("甲 一,二.txt"),
        "",
        ["document:甲 一,二.txt", "county:130225:2023"],
        ["document:甲", "county:130324"],
    ),
    "two documents are removed": (
        SOUND.without("甲 一,二.txt").without("丙.txt"),
        "",
        ["document:甲 一,二.txt,document:丙.txt", "county:130225 county:130324", "document:甲 一,二.txt county:130324"],
        ["document:甲 一,二.txt", "county:130324"],
    ),
    "both documents of a county are removed": (
        SOUND.without("甲 一,二.txt").without("乙.txt"),
        "",
        ["document:甲 一,二.txt,document:乙.txt", "county:130225"],
        ["document:甲 一,二.txt", "document:乙.txt", "county:130324"],
    ),
    "a document is removed, and the other one of its county is elsewhere": (
        SOUND.without("甲 一,二.txt").having(replace(SOUND.documents["乙.txt"], county=OTHER)),
        "",
        ["county:130225"],
        ["document:甲 一,二.txt", "document:乙.txt", "document:甲 一,二.txt,document:乙.txt"],
    ),
    "a document of an unknown county and year is removed": (
        SOUND.without("丁.txt"),
        "",
        ["document:丁.txt", "county:unknown", "county:unknown:unknown"],
        ["county:130225", "county:unknown:2023"],
    ),
    "a document is in another county": (
        SOUND.having(replace(SOUND.documents["丙.txt"], county=COUNTY)),
        "",
        ["county:130324"],
        ["document:丙.txt", "county:130225"],
    ),
    "money times ten": (
        changed(tuple(replace(project, budget=Decimal("2000000.00")) for project in PROJECTS)),
        "",
        ["budget:130324", "budget:130324:2023"],
        ["county:130324", "projects:130324", "budget:130225"],
    ),
    "projects are gone": (
        changed(PROJECTS[:2]),
        "update marts.fct_project_budget set budget_cny = 500000 where division_code = '130324'",
        ["projects:130324,indicators:130324"],
        ["projects:130324", "indicators:130324", "county:130324"],
    ),
    "targets are read otherwise": (
        SOUND,
        "update marts.fct_indicator_target set is_quantified = false, category_id = 'unknown' where division_code = '130324'",
        ["quantified:130324 categories:130324:2023"],
        ["quantified:130324", "categories:130324", "indicators:130324"],
    ),
    "a column emptied": (
        SOUND,
        "update marts.dim_project set purpose_text = null where division_code = '130324'",
        ["column:marts.dim_project.purpose_text:130324", "column:marts.dim_project.purpose_text:130324:2023"],
        ["column:marts.dim_project.theme:130324", "column:marts.dim_project.purpose_text:130225", "county:130324"],
    ),
}  # fmt: skip


def moved(folder, second: Build, statement: str) -> tuple[list[Outcome], Frames]:
    """What the expectations say of the second build over the movement alone, and the movement."""
    files = [write(build, number, folder / f"{number}.duckdb") for number, build in enumerate((SOUND, second))]
    with duckdb.connect(str(files[1])) as connection:
        connection.execute(
            "update marts.fct_indicator_target set is_quantified = true, category_id = 'c0'; " + statement
        )
    with duckdb.connect() as connection:
        connection.execute(f"attach '{files[0]}' as previous (read_only); attach '{files[1]}' as candidate (read_only)")
        connection.execute("create temp macro shown(value) as coalesce(cast(value as varchar), '?')")
        frames = movement.read(connection)
    return great_expectations_run.run(frames)[0], frames


def judged(outcomes: list[Outcome], frames: Frames, accept: str) -> Verdict:
    """The verdict on them with what is accepted."""
    acceptances = accepted.parsed(accept)
    outcomes, used = accepted.applied(outcomes, frames, acceptances)
    unused = [one for one in acceptances if one not in used]
    return Verdict(tuple(outcomes), accepted=tuple(map(str, used)), fits_nothing=tuple(map(str, unused)))


@pytest.fixture(scope="module", params=MOVES)
def move(request, tmp_path_factory):
    """(outcomes, frames, acceptances that fit, others that do not) of something that happened."""
    second, statement, fitting, unfit = MOVES[request.param]
    return *moved(tmp_path_factory.mktemp("moved"), second, statement), fitting, unfit


def test_the_acceptance_that_is_named_lets_exactly_it_through(move):
    outcomes, frames, fitting, _ = move
    red = judged(outcomes, frames, "")
    assert red.failures
    ways = ",".join(dict.fromkeys(way for outcome in red.failures for way in outcome.accepted_by))
    assert "ACCEPT=" in gate.message(red) and "If all of it is wanted" in gate.message(red)
    for accept in (ways, *fitting):
        verdict = judged(outcomes, frames, accept)
        assert not verdict.failures and verdict.accepted and not verdict.fits_nothing, accept


def test_another_acceptance_lets_it_not_through(move):
    outcomes, frames, _, unfit = move
    for accept in unfit:
        assert judged(outcomes, frames, accept).failures, accept


def test_an_acceptance_that_fits_nothing_is_said(tmp_path):
    verdict = judged(*moved(tmp_path, SOUND, ""), "county:130324, document:没有 的.txt")
    assert not verdict.failures and not verdict.accepted
    said = gate.summary(verdict)
    assert "No difference fits county:130324 (ACCEPT)" in said and "document:没有 的.txt (ACCEPT)" in said


def test_an_acceptance_in_a_build_that_compares_nothing_is_said():
    """A reviewed row stays for the next build that does."""
    assert accepted.unasked([Acceptance("county:130324"), Acceptance("budget:130324", "预算科")]) == (
        "Nothing was compared, so county:130324 (ACCEPT) changed nothing.\n"
    )


def test_what_is_no_difference_cannot_be_accepted():
    """A figure that is off by itself is off whatever was published before."""
    from warehouse.gate.expectations import marts

    outcome = Outcome("marts", marts.EXPECTATIONS[0], False, "", ({"county": COUNTY, "year": "2023"},))
    outcomes, _ = accepted.applied([outcome], {}, [Acceptance("county:130225")])
    verdict = Verdict(tuple(outcomes))
    assert verdict.failures and "ACCEPT=" not in gate.message(verdict)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("", []),
        ("county:130324", ["county:130324"]),
        (" county:130324:2021, budget:130225 ", ["county:130324:2021", "budget:130225"]),
        ("document:a b, c.txt county:130324", ["document:a b, c.txt", "county:130324"]),
        ("document:状态/调整.txt，document:b.txt", ["document:状态/调整.txt", "document:b.txt"]),
    ],
)
def test_acceptances_are_listed_by_commas_and_blanks(text, subjects):
    assert [one.subject for one in accepted.parsed(text)] == subjects


@pytest.mark.parametrize(
    "text",
    ["130324", "county", "county:", "county:Laoting", "county:130324,130225", "town:130324", "column:theme:130324", "document:"],
)  # fmt: skip
def test_what_names_no_difference_is_refused(text):
    with pytest.raises(ValueError, match="names no difference"):
        accepted.parsed(text)


def test_a_reviewed_row_accepts_and_says_who(tmp_path, monkeypatch):
    seed = tmp_path / "accepted_change.csv"
    seed.write_text("subject,reason,reviewer,reviewed_on\nbudget:130324,调整预算,预算科,2026-11-27\n", encoding="utf-8")
    monkeypatch.setattr(accepted, "SEED", seed)
    (acceptance,) = accepted.reviewed()
    assert str(acceptance) == "budget:130324 (预算科, 2026-11-27: 调整预算)"
    assert acceptance.fits("budget:130324:2023") and not acceptance.fits("budget:1303245:2023")


@pytest.mark.parametrize(
    "row", ["budget:130324,,预算科,2026-11-27", "budget:1,理由,预算科,2026-11-27", "county:130324,理由,,"]
)
def test_a_row_that_nobody_reviewed_stops_the_build(tmp_path, monkeypatch, row):
    seed = tmp_path / "accepted_change.csv"
    seed.write_text(f"subject,reason,reviewer,reviewed_on\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(accepted, "SEED", seed)
    with pytest.raises(BuildError, match=r"accepted_change\.csv, line 2"):
        accepted.reviewed()


def test_the_seed_can_be_read():
    assert all(isinstance(one, Acceptance) for one in accepted.reviewed())
