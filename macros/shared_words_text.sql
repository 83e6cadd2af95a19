{% macro shared_words_text(shared, shared_count, count) -%}
    {#- The evidence of a likeness: how many of how many pairs of characters two texts share, and which. -#}
    concat_ws(
        '：',
        concat_ws('', cast({{ shared_count }} as string), '/', cast({{ count }} as string)),
        nullif({{ list_text(shared, "'、'") }}, '')
    )
{%- endmacro %}
