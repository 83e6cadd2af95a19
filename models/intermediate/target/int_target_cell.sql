{% set numerals = '零〇一二两三四五六七八九十百千' %}
{% set decimals = '点[零〇一二三四五六七八九]' %}
{% set other = '[^0-9０-９' ~ numerals ~ ']*' %}
{% set spelled_cell = "'^(" ~ other ~ ")([" ~ numerals ~ "]+?(?:" ~ decimals ~ "+)?)"
    ~ "((?:[百千]分之|个百分点)?" ~ other ~ ")$'" %}
{#- The two decimals are those that the macro ratio keeps. -#}
{% set fraction_cell = "'^(" ~ other ~ ")(十?万|[" ~ numerals ~ "]+)分之([" ~ numerals ~ "]+(?:" ~ decimals ~ "{1,2})?"
    ~ "|[0-9０-９]+(?:[.．][0-9０-９]{1,2})?)(" ~ other ~ ")$'" %}

with

-- Each distinct text is read once: documents repeat theirs many times.
texts as (
    select distinct target_text from {{ to_read(ref('int_target_text'), 'document_id') }}
),

printed as (
    select
        target_text,
        {{ target_cell('target_text') }} as printed_text,
        length(target_text) > {{ target_limit() }} as is_long
    from texts
),

-- A number in Chinese characters counts only where it is all the cell says (三次, 不少于十人): 一 and 十 begin too
-- many words to be looked for inside a text.
spelled as (
    select
        target_text,
        printed_text,
        is_long,
        coalesce({{ regexp_first('printed_text', spelled_cell, 1) }}, '') as lead_text,
        {{ regexp_first('printed_text', spelled_cell, 2) }} as spelled_text,
        coalesce({{ regexp_first('printed_text', spelled_cell, 3) }}, '') as rest_text
    from printed
),

valued as (
    select
        *,
        {{ chinese_decimal('spelled_text') }} as spelled_value,
        {{ regexp_first('printed_text', fraction_cell, 2) }} as denominator_text,
        {{ narrow(regexp_first('printed_text', fraction_cell, 3)) }} as numerator_text
    from spelled
),

numbers as (
    select
        *,
        case denominator_text
            when '万' then 10000
            when '十万' then 100000
            else {{ chinese_number('denominator_text') }}
        end as denominator,
        coalesce(
            try_cast(numerator_text as decimal(18, 2)),
            try_cast({{ chinese_decimal('numerator_text') }} as decimal(18, 2))
        ) as numerator
    from valued
),

-- 三分之一 is 0.333333, 万分之五 0.0005; 百分之九十五 has been made 九十五百分之
fractions as (
    select
        *,
        {{ ratio('numerator', 'denominator') }} as fraction_value
    from numbers
),

cells as (
    select
        target_text,
        case
            when fraction_value is not null
                then
                    concat_ws(
                        '',
                        coalesce({{ regexp_first('printed_text', fraction_cell, 1) }}, ''),
                        cast(fraction_value as string),
                        coalesce({{ regexp_first('printed_text', fraction_cell, 4) }}, '')
                    )
            when spelled_value is null then printed_text
            else lead_text || spelled_value || rest_text
        end as cell_text,
        lower({{ narrow('printed_text') }}) as narrow_text,
        spelled_value is not null and fraction_value is null as is_spelled,
        {{ regexp_like('printed_text', "'^[-—–―─_/／。.…,，、*＊－]*$'") }} and not is_long as is_blank,
        is_long
    from fractions
)

select * from cells
