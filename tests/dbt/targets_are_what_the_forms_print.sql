-- Each text of the indicator fact is the text of its own row in its own column: a shifted column or row shows here.
select
    targets.indicator_id,
    targets.indicator_name,
    targets.target_text,
    indicators.level3_text,
    indicators.target_text as printed_text
from {{ ref('fct_indicator_target') }} as targets
left join {{ ref('int_corrected_indicator') }} as indicators
    on targets.indicator_id = {{ indicator_id('indicators') }}
where
    indicators.document_id is null
    -- a first column of second-level words is level 2, and the deepest level is the name
    or coalesce(targets.level1_text, targets.level2_text) is distinct from
    coalesce(indicators.level1_text, indicators.level2_text)
    or coalesce(targets.level2_text, targets.indicator_name) is distinct from case
        when targets.level1_text is null and indicators.level1_text is not null then indicators.level1_text
        else coalesce(indicators.level2_text, indicators.level3_text)
    end
    or targets.indicator_name is distinct from coalesce(
        indicators.level3_text,
        case when targets.indicator_name is not null then indicators.level2_text end
    )
    or targets.description_text is distinct from indicators.description_text
    or targets.target_text is distinct from indicators.target_text
    or targets.basis_text is distinct from indicators.basis_text
