{# What every model int_review_<topic> ends with. #}

{% macro reviewed(judged, subject, values=[], case=none, asked=none) -%}
    {#- The rows of a review: `fail` for each failing subject, with its sentence, and `applicable` for each other project
        that the rule asks.
        judged: relation of rule_id, document_id, project_id and indicator_no as far as the subject has them, is_failing,
            evidence_text, source_ref and the values; a rule whose is_failing is NULL does not apply.
        subject: 'document', 'project' or 'indicator'.
        values: columns of judged that fill the {placeholders} of the rule's sentence in seeds/quality_rule.csv.
        case: column of judged that names the sentence, where a rule has several.
        asked: relation of rule_id, document_id and project_id, the projects to which the rules apply; without it those
            of judged that do not fail. -#}
    select
        {{ judged }}.rule_id,
        {{ judged }}.document_id,
        {{ judged ~ '.project_id' if subject != 'document' else 'cast(null as string) as project_id' }},
        {{ judged ~ '.indicator_no' if subject == 'indicator' else 'cast(null as integer) as indicator_no' }},
        'fail' as status,
        {{ judged }}.evidence_text,
        {{ filled('sentences.pieces', judged, values) }} as message,
        {{ judged }}.source_ref
    from {{ judged }}
    left join ({{ sentences() }}) as sentences
        on
            {{ judged }}.rule_id = sentences.rule_id
            and {{ "coalesce(" ~ judged ~ "." ~ case ~ ", '')" if case else "''" }} = sentences.message_case
    where {{ judged }}.is_failing
    union all
    select
        rule_id,
        document_id,
        project_id,
        cast(null as integer) as indicator_no,
        'applicable' as status,
        cast(null as string) as evidence_text,
        cast(null as string) as message,
        cast(null as string) as source_ref
    from {{ asked or judged ~ ' where not is_failing' }}
{%- endmacro %}

{% macro sentences() -%}
    {#- One row per rule and case: the pieces of its sentence. The seed has one line per case, `case: sentence`, or the
        sentence alone. -#}
    select
        rule_id,
        coalesce({{ regexp_first('line', "'^([a-z_]+): '", 1) }}, '') as message_case,
        {{ template_pieces(regexp_replace_all('line', "'^[a-z_]+: '", "''")) }} as pieces
    from ({{ lines_of(ref('quality_rule'), 'rule_id', 'message', 'line') }}) as message_lines
{%- endmacro %}
