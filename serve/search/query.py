"""The hits of a question in the search index: by SQL over plain tables, ranked by BM25.

A text is a hit where it contains every word of the question; the pairs and longer words of the question rank it higher.
What is asked is always a parameter of a statement. A row of a document is one hit, whichever of its texts hold the words.
"""

import re

import duckdb

from serve import published
from warehouse.search.fields import DERIVED, FIELDS
from warehouse.search.words import HAN, IS_HAN, RUN, asked, folded
from warehouse.sql_text import project_id

HIT = f"""
with needed as (select unnest($needed) as word),
asked as (select unnest($asked) as word),
corpus as (select count(*) as text_count, avg(word_count) as mean_word_count from meta.search_text),
posting as (select * from meta.search_word where word in (select word from asked)),
weight as (
    select word, ln(1 + (any_value(text_count) - count(*) + 0.5) / (count(*) + 0.5)) as idf
    from posting cross join corpus
    group by word
),
held as (
    select text_id from posting semi join needed using (word)
    group by text_id having count(*) = (select count(*) from needed)
),
hit as (
    select text_id, round(sum(
        idf * occurrence_count * 2.2 / (occurrence_count + 1.2 * (0.25 + 0.75 * word_count / mean_word_count))
    ), 3) as score
    from posting semi join held using (text_id) join weight using (word)
    join meta.search_text using (text_id) cross join corpus
    group by text_id
),
fields as (select unnest($fields) as field, generate_subscripts($fields, 1) as field_rank),
ranked as (
    select
        place.*, text, score, list(field) over subject as fields,
        row_number() over (subject order by score desc, field_rank) as place_rank
    from hit
    join meta.search_text using (text_id)
    join meta.search_place as place using (text_id)
    join fields using (field)
    window subject as (
        partition by document_id, subject_type, project_id, goal_no, indicator_no, attribute_no, section_no, item_no
    )
)
select
    score, field as kind, text as snippet, file_name, place.source_ref, division_name as county_name,
    document.fiscal_year, coalesce(project.unit_name, printed.unit_name) as unit_name, project.project_no,
    project.project_name, goal_no, indicator_no, section_no, item_no, document.is_current,
    array_to_string(list_filter($fields, lambda name: name <> field and list_contains(fields, name)), ', ') as also_in,
    count(*) over () as hit_count
from ranked as place
join marts.dim_document as document using (document_id)
join marts.dim_division using (division_id)
join (select document_id, unit_name from staging.document) as printed using (document_id)
left join staging.project as project
    on project.document_id = place.document_id and place.project_id = {project_id("project")}
where place_rank = 1 and (document.is_current or $every_version)
order by
    score desc, file_name, section_no nulls last, item_no nulls first, project.project_no, indicator_no nulls first,
    goal_no nulls first, field
limit $limit
"""
# Of a hit, in the order they are printed; a search gives how many hits there are beside them.
COLUMNS = [
    "score", "kind", "snippet", "file_name", "source_ref", "county_name", "fiscal_year", "unit_name", "project_no",
    "project_name", "goal_no", "indicator_no", "section_no", "item_no", "is_current",
    "also_in",
]  # fmt: skip
COUNT = """
select count(*) from (
    select text_id from meta.search_word where word in (select unnest($needed))
    group by text_id having count(*) = len($needed)
)
"""
NEAR_HAN = """
select word
from meta.search_word
where word_type = 'word' and length(word) between 2 and 2 * length($run)
    and len(list_intersect(string_split(word, ''), string_split($run, ''))) > 0
group by word
order by
    len(list_intersect(string_split(word, ''), string_split($run, ''))) / (length(word) + length($run)) desc,
    count(*) desc, word
limit 5
"""
NEAR_CODE = """
select word from meta.search_word where word_type = 'word' and contains(word, $run)
group by word order by length(word), count(*) desc, word limit 5
"""
BEGIN, END = "«", "»"  # around what was found: Chinese documents do not print them


def hits(connection: duckdb.DuckDBPyConnection, text: str, limit: int, every_version: bool = False) -> list[dict]:
    """The rows of documents a text of which contains every word of `text`, best first: a dict for each, the words marked in
    its snippet.
    """
    needed, further = asked(text)
    words = sorted({word for parts in needed for word in parts})
    if not words:
        return []
    values = {
        "needed": words,
        "asked": sorted({*words, *further}),
        "fields": [*FIELDS, *DERIVED],
        "every_version": every_version,
        "limit": limit,
    }
    cursor = connection.execute(HIT, values)
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    patterns = [_patterns(run) for run in dict.fromkeys(RUN.findall(folded(text)))]
    return [row | {"snippet": marked(row["snippet"], patterns)} for row in rows]


def _patterns(run: str) -> list[re.Pattern]:
    """What is marked of a run of the question: the run; where a text lacks it, its words; else what these are made of."""
    if not IS_HAN.match(run):
        return [re.compile(rf"(?<![^\W_{HAN}]){re.escape(run)}(?![^\W_{HAN}])")]
    needed, _ = asked(run)
    tiers = [[run], [_word(parts) for parts in needed], [part for parts in needed for part in parts]]
    return [re.compile("|".join(map(re.escape, sorted(tier, key=len, reverse=True)))) for tier in tiers]


def marked(text: str, patterns: list[list[re.Pattern]]) -> str:
    """`text` with what is found in its folded form between marks: of each list the first pattern that finds anything."""
    forms = [folded(character) for character in text]
    form, places = "".join(forms), [place for place, form in enumerate(forms) for _ in form]
    inside = [False] * (len(text) + 1)
    for tiers in patterns:
        found = next((spans for pattern in tiers if (spans := list(pattern.finditer(form)))), [])
        for place in (place for span in found for place in places[span.start() : span.end()]):
            inside[place] = True
    pieces, before = [], False
    for character, is_inside in zip([*text, ""], inside, strict=True):
        pieces.append((BEGIN if is_inside else END) if is_inside != before else "")
        pieces.append(character)
        before = is_inside
    return "".join(pieces)


def counts(connection: duckdb.DuckDBPyConnection, text: str) -> dict[str, int]:
    """Each word of a question, and how many texts of the index contain it."""
    return {_word(parts): published.one(connection, COUNT, {"needed": parts})[0] for parts in asked(text)[0]}


def near(connection: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    """Words of the index that are like those of a question: by their characters; a code by what contains it."""
    found = []
    for run in dict.fromkeys(RUN.findall(folded(text))):
        statement = NEAR_HAN if IS_HAN.match(run) else NEAR_CODE
        found += [word for (word,) in connection.execute(statement, {"run": run}).fetchall()]
    return list(dict.fromkeys(found))


def _word(parts: list[str]) -> str:
    """The word that was split into `parts`: pairs of neighbours, or itself."""
    return "".join([parts[0], *(part[-1] for part in parts[1:])])
