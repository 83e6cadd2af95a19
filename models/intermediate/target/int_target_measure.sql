{% set number_key = 'target_text, number_no' %}

{#- A sign or a comma ends the word behind a number: what is behind it is of the next one. -#}
{% set word_behind = "'^[^<>=≥≤≮≯﹥﹤〉〈,，;；。、!！?？:()]*'" %}
{#- Beside a number stands a word or a mark that parts: a number in characters, another sign or half a comparator there
    is a piece of it that is not understood. -#}
{% set words_and_marks = '一-龥a-z,;；。、:!?()“”‘’【】《》' %}
{% set odd_lead = "'[^" ~ words_and_marks ~ "①-⑳Ⅰ-Ⅻ]$"
    ~ "|[二两三四五六七八九十百千万亿零几半]$|[以之超]$|^[以及之不未上下内左右超数几]+$'" %}
{% set odd_tail = "'^([^" ~ words_and_marks ~ "]|一[十百千万亿]|[二两三四五六七八九十百千万亿零半至]"
    ~ "|[以及之不未上下内左右超到]+([,;；。、]|$)|[一-龥a-z]{1,8}以[上下内]$)'" %}

with

numbers as (
    select
        *,
        coalesce({{ regexp_first('behind_unit', word_behind) }}, '') as word_behind
    from {{ to_read(ref('int_target_number')) }}
),

words as (
    select * from {{ ref('target_comparator') }}
),

-- 以上, 以内, 左右 behind the unit; behind a word that is no known unit (3趟以上) at the end of the cell.
suffixes as (
    select
        numbers.*,
        words.comparator as suffix_comparator,
        case
            when {{ begins_with('numbers.behind_unit', 'words.word') }}
                then substr(numbers.behind_unit, length(words.word) + 1)
            when numbers.is_unit_known then numbers.behind_unit
            else substr(numbers.behind_unit, length(numbers.word_behind) + 1)
        end as tail_text,
        case
            when numbers.is_unit_known or {{ begins_with('numbers.behind_unit', 'words.word') }} then ''
            else left(numbers.word_behind, length(numbers.word_behind) - coalesce(length(words.word), 0))
        end as unknown_unit
    from numbers
    left join words
        on
            words.position = 'suffix'
            and (
                {{ begins_with('numbers.behind_unit', 'words.word') }}
                or (
                    not numbers.is_unit_known
                    and numbers.number_no = numbers.number_count
                    and {{ ends_in('numbers.word_behind', 'words.word') }}
                )
            )
    qualify {{ is_longest('words.word', number_key) }}
),

leads as (
    select
        *,
        case
            when is_negative then {{ regexp_replace_all('text_before', "'[:±+]*(负|零下|[-−])$'", "''") }}
            else {{ regexp_replace_all('text_before', "'[:±+]+$'", "''") }}
        end as lead_text
    from suffixes
),

-- ≥, 不低于, 控制在 right before the number.
prefixes as (
    select
        leads.*,
        words.word as prefix_word,
        words.comparator as prefix_comparator,
        words.negated_comparator,
        left(leads.lead_text, length(leads.lead_text) - coalesce(length(words.word), 0)) as plain_lead
    from leads
    left join words
        on words.position = 'prefix' and {{ ends_in('leads.lead_text', 'words.word') }}
    qualify {{ is_longest('words.word', number_key) }}
),

-- 至少达到, 不超过约: the comparator before such a word.
bounds as (
    select
        {{ all_but('prefixes', ['prefix_comparator', 'negated_comparator', 'plain_lead']) }},
        coalesce(words.comparator, prefixes.prefix_comparator) as prefix_comparator,
        coalesce(words.negated_comparator, prefixes.negated_comparator) as negated_comparator,
        left(prefixes.plain_lead, length(prefixes.plain_lead) - coalesce(length(words.word), 0)) as plain_lead
    from prefixes
    left join words as fillers
        on fillers.position = 'filler' and prefixes.prefix_word = fillers.word
    left join words
        on
            words.position = 'prefix'
            and words.comparator != 'none'
            and fillers.word is not null
            and {{ ends_in('prefixes.plain_lead', 'words.word') }}
    qualify {{ is_longest('words.word', number_key) }}
),

-- 不, 不得, 严禁 before such a word turn it round.
negations as (
    select
        bounds.*,
        nullif(
            case when words.word is null then bounds.prefix_comparator else bounds.negated_comparator end, 'none'
        ) as before_comparator,
        nullif(bounds.suffix_comparator, 'none') as behind_comparator,
        left(bounds.plain_lead, length(bounds.plain_lead) - coalesce(length(words.word), 0)) as rest_lead
    from bounds
    left join words
        on
            words.position = 'negation'
            and bounds.negated_comparator != 'none'
            and {{ ends_in('bounds.plain_lead', 'words.word') }}
    qualify {{ is_longest('words.word', number_key) }}
),

-- A comparator that is left beside a number: ≥≤9, 不低于不超过5, 9以上以下.
unread_leads as (
    select
        negations.*,
        words.word is not null or {{ regexp_like('negations.rest_lead', odd_lead) }} as has_unread_lead
    from negations
    left join words
        on
            (words.position = 'negation' or (words.position = 'prefix' and words.comparator != 'none'))
            and {{ ends_in('negations.rest_lead', 'words.word') }}
    qualify {{ is_longest('words.word', number_key) }}
),

-- And behind it, or at the end of the cell, where nothing more is compared.
unread_tails as (
    select
        unread_leads.*,
        words.word is not null or {{ regexp_like('unread_leads.tail_text', odd_tail) }} as has_unread_tail
    from unread_leads
    left join words
        on
            (
                words.position in ('prefix', 'suffix')
                and words.comparator != 'none'
                and {{ begins_with('unread_leads.tail_text', 'words.word') }}
            )
            or (
                unread_leads.number_no = unread_leads.number_count
                and (words.position = 'negation' or (words.position = 'prefix' and words.comparator != 'none'))
                and {{ ends_in('unread_leads.tail_text', 'words.word') }}
            )
    qualify {{ is_longest('words.word', number_key) }}
),

measures as (
    select
        unread_tails.target_text,
        unread_tails.number_no,
        unread_tails.number_count,
        unread_tails.is_spelled,
        unread_tails.is_no_quantity,
        unread_tails.reading,
        unread_tails.number,
        unread_tails.rest_lead,
        unread_tails.tail_text,
        unread_tails.unknown_unit,
        unread_tails.is_unit_known,
        unread_tails.rest_lead = '' or words.word is not null as has_plain_lead,
        unread_tails.has_unread_lead,
        unread_tails.has_unread_tail,
        length(unread_tails.text_behind) - length(unread_tails.tail_text) - length(unread_tails.unknown_unit)
            as used_length,
        case
            when not {{ regexp_like('unread_tails.number', "'[.][0-9]{7}'") }}
                then
                    try_cast(
                        concat_ws('', case when unread_tails.is_negative then '-' end, unread_tails.number)
                        as decimal(24, 6)
                    )
        end as number_value,
        coalesce(left(unread_tails.before_comparator, 1) != left(unread_tails.behind_comparator, 1), false)
            as has_comparator_conflict,
        coalesce(unread_tails.before_comparator, unread_tails.behind_comparator) as comparator,
        unread_tails.before_comparator is null and unread_tails.behind_comparator is not null as is_comparator_behind,
        case when unread_tails.is_unit_known then unread_tails.known_unit else nullif(unread_tails.unknown_unit, '') end
            as unit,
        nullif(
            substr(
                unread_tails.following_text,
                length(unread_tails.text_behind) - length(unread_tails.behind) + 1,
                case
                    when unread_tails.is_unit_known then length(unread_tails.behind) - length(unread_tails.behind_unit)
                    else length(unread_tails.unknown_unit)
                end
            ),
            ''
        ) as unit_text
    from unread_tails
    left join words
        on
            words.position = 'prefix'
            and words.comparator = 'none'
            and unread_tails.rest_lead = words.word
)

select * from measures
