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
    or targets.level1_text is distinct from indicators.level1_text
    or targets.level2_text is distinct from indicators.level2_text
    or targets.indicator_name is distinct from indicators.level3_text
    or targets.description_text is distinct from indicators.description_text
    or targets.target_text is distinct from indicators.target_text
    or targets.basis_text is distinct from indicators.basis_text
