{# Labels of the forms of the country: their plain form, what a seed says of them, codes and dates in their values. #}

{% macro plain_label(text) -%}
    {#- A label as it is compared: in half width, without white space, brackets (a unit of money, a letter of a column), ordinal,
        其中 and colon. -#}
    {%- set steps = [
        ('[(][^()]*[)]', ''),
        ('[[][^][]*[]]', ''),
        ('^[-—*]+|^[0-9一二三四五六七八九十]+[、.)]|^[①-⑳]', ''),
        ('^其中[:、,]?', ''),
        ('^[0-9一二三四五六七八九十]+[、.)]|^[①-⑳]', ''),
        ('[:：]+$', ''),
    ] -%}
    {{ replaced_in_turn(without_space(narrow(text)), steps) }}
{%- endmacro %}

{% macro labels_read(texts, words, value, rank='priority', where='true') -%}
    {#- One row per text of a relation (label_text) that a seed of patterns knows: the value of the pattern of lowest rank that
        fits its plain form, and that rank. A pattern is tried once on each text, never on each row. -#}
    select
        plain_texts.label_text,
        words.{{ value }},
        words.{{ rank }}
    from (
        select
            label_text,
            {{ plain_label('label_text') }} as plain_text
        from (select distinct label_text from {{ texts }} where label_text is not null)
    ) as plain_texts
    inner join {{ words }} as words on {{ regexp_like('plain_texts.plain_text', 'words.pattern') }}
    where {{ where }}
    qualify row_number() over (partition by plain_texts.label_text order by words.{{ rank }}) = 1
{%- endmacro %}

{% macro code_before_name(text) -%}
    {#- The code of [017]某局, 776001-某局, 479002某局: in brackets, before a dash, or of six digits and more, as names begin
        with digits too (110指挥中心). -#}
    coalesce(
        {{ regexp_first(narrow(text), "'^[[【(]([0-9]{3,9})[]】)]'", 1) }},
        {{ regexp_first(narrow(text), "'^([0-9]{3,9})[-—_]'", 1) }},
        {{ regexp_first(narrow(text), "'^([0-9]{6,9})[^0-9]'", 1) }}
    )
{%- endmacro %}

{% macro name_behind_code(text) -%}
    {#- The name behind such a code, as printed; the whole text without one. -#}
    nullif({{ trimmed(regexp_replace_all(
        text, "'^(?:[[【(（][0-9]{3,9}[]】)）][-－—_ ]*|[0-9]{3,9}[-－—_] *|[0-9]{6,9} *)'", "''"
    )) }}, '')
{%- endmacro %}

{% macro dates_in(text) -%}
    {#- The dates of a text without white space, in half width, in their order: 2023-01-01, 2023/1/1, 2023-01, 2023.1,
        2023年1月, 2023年, both of 2021-2023年. -#}
    {{ regexp_all(
        regexp_replace_all(text, "'(20[0-9]{2})[-—~至到]+(20[0-9]{2}年)'", "'\\1年\\2'"),
        "'20[0-9]{2}(?:年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[.][0-9]{1,2}(?:[.][0-9]{1,2})?|[-/][0-9]{1,2}[-/][0-9]{1,2}|[-/](?:0[1-9]|1[0-2]))'"
    ) }}
{%- endmacro %}

{% macro day_of(date_text, is_last) -%}
    {#- A date of dates_in as a day: without a day, or without a month, its first one or (is_last) its last one; NULL where
        no calendar has it. -#}
    {%- set year = regexp_first(date_text, "'^20[0-9]{2}'") -%}
    {%- set month = regexp_first(date_text, "'^20[0-9]{2}[^0-9]([0-9]{1,2})'", 1) -%}
    {%- set day = regexp_first(date_text, "'^20[0-9]{2}[^0-9][0-9]{1,2}[^0-9]([0-9]{1,2})'", 1) -%}
    {%- set first = "try_cast(" ~ year ~ " || '-' || lpad(coalesce(" ~ month ~ ", '" ~ ('12' if is_last else '1')
        ~ "'), 2, '0') || '-' || lpad(coalesce(" ~ day ~ ", '1'), 2, '0') as date)" -%}
    {% if is_last -%}
        case when {{ day }} is null then last_day({{ first }}) else {{ first }} end
    {%- else -%}
        {{ first }}
    {%- endif %}
{%- endmacro %}

{% macro chosen_options(text) -%}
    {#- The options ticked in a list of boxes, without white space: 延续项目 of 新增项目□ 延续项目☑; the text itself where it has
        no box. The boxes stand before their options where the text begins with one. -#}
    case
        when not {{ regexp_like(text, "'[□☐☑√■✓✔]'") }} then {{ text }}
        when {{ regexp_like(text, "'^[□☐☑√■✓✔]'") }}
            then {{ list_text(regexp_all(text, "'[☑√■✓✔]([^□☐☑√■✓✔]*)'", 1), "'、'") }}
        else {{ list_text(regexp_all(text, "'([^□☐☑√■✓✔]*)[☑√■✓✔]'", 1), "'、'") }}
    end
{%- endmacro %}
