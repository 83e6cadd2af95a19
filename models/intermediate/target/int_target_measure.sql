{% set number_key = 'target_text, number_no' %}

{#- A sign or a comma ends the word behind a number: what is behind it is of the next one. -#}
{% set word_behind = "'^[^<>=≥≤≮≯﹥﹤〉〈,，;；。、!！?？:()]*'" %}

with

numbers as (
    select
        *,
        coalesce({{ regexp_first('behind_unit', word_behind) }}, '') as word_behind
    from {{ ref('int_target_number') }}
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
            when is_negative then {{ regexp_replace_all('text_before', "'[:±]?(负|零下|[-−])$'", "''") }}
            else {{ regexp_replace_all('text_before', "'[:±]$'", "''") }}
        end as lead_text
    from suffixes
),

-- ≥, 不低于, 控制在 right before the number.
prefixes as (
    select
        leads.*,
        words.comparator as prefix_comparator,
        words.negated_comparator,
        left(leads.lead_text, length(leads.lead_text) - coalesce(length(words.word), 0)) as plain_lead
    from leads
    left join words
        on words.position = 'prefix' and {{ ends_in('leads.lead_text', 'words.word') }}
    qualify {{ is_longest('words.word', number_key) }}
),

-- 不, 不得, 严禁 before such a word turn it round.
negations as (
    select
        prefixes.*,
        nullif(
            case when words.word is null then prefixes.prefix_comparator else prefixes.negated_comparator end, 'none'
        ) as before_comparator,
        nullif(prefixes.suffix_comparator, 'none') as behind_comparator,
        left(prefixes.plain_lead, length(prefixes.plain_lead) - coalesce(length(words.word), 0)) as rest_lead
    from prefixes
    left join words
        on
            words.position = 'negation'
            and prefixes.negated_comparator != 'none'
            and {{ ends_in('prefixes.plain_lead', 'words.word') }}
    qualify {{ is_longest('words.word', number_key) }}
),

measures as (
    select
        negations.target_text,
        negations.number_no,
        negations.number_count,
        negations.is_spelled,
        negations.is_no_quantity,
        negations.reading,
        negations.number,
        negations.rest_lead,
        negations.tail_text,
        negations.unknown_unit,
        negations.is_unit_known,
        negations.rest_lead = '' or words.word is not null as has_plain_lead,
        length(negations.text_behind) - length(negations.tail_text) - length(negations.unknown_unit) as used_length,
        try_cast(case when negations.is_negative then '-' else '' end || negations.number as decimal(24, 6))
            as number_value,
        coalesce(left(negations.before_comparator, 1) != left(negations.behind_comparator, 1), false)
            as has_comparator_conflict,
        coalesce(negations.before_comparator, negations.behind_comparator) as comparator,
        case when negations.is_unit_known then negations.known_unit else nullif(negations.unknown_unit, '') end
            as unit,
        nullif(
            substr(
                negations.following_text,
                length(negations.text_behind) - length(negations.behind) + 1,
                case
                    when negations.is_unit_known then length(negations.behind) - length(negations.behind_unit)
                    else length(negations.unknown_unit)
                end
            ),
            ''
        ) as unit_text
    from negations
    left join words
        on
            words.position = 'prefix'
            and words.comparator = 'none'
            and negations.rest_lead = words.word
)

select * from measures
