{# What a reader must know before comparing the rows of a report: parts as data, each a list of {when, zh, en}. #}

{% macro note_words(parts, language) -%}
    {#- The parts that apply, joined in one language; '' where none does. A part without `when` always applies. -#}
    concat_ws(
        '{{ {"zh": "，", "en": ", "}[language] }}'
        {%- for part in parts -%}
            , {{ 'case when ' ~ part.when ~ ' then ' ~ part[language] ~ ' end' if part.when else part[language] }}
        {%- endfor -%}
    )
{%- endmacro %}

{% macro comparability_note(parts) -%}
    {#- The note of a report: Chinese, then English behind ；. NULL where there is nothing to say. -#}
    nullif(concat_ws('；', nullif({{ note_words(parts, 'zh') }}, ''), nullif({{ note_words(parts, 'en') }}, '')), '')
{%- endmacro %}

{% macro projects_with_money(project_count, amount_cny, language) -%}
    {#- How many projects and how much money, in words; the money of projects without a budget is unknown. -#}
    {%- if language == 'zh' -%}
        concat_ws('', {{ project_count }}, '个（', coalesce(cast({{ amount_cny }} as string) || '元', '金额未知'), '）')
    {%- else -%}
        concat_ws('', {{ project_count }}, ' (', coalesce(cast({{ amount_cny }} as string) || ' yuan', 'amount unknown'), ')')
    {%- endif -%}
{%- endmacro %}
