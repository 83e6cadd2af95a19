-- A target's columns are filled exactly as its kind says, because users filter by the kind and add up the columns.
select
    indicator_id,
    target_kind
from {{ ref('fct_indicator_target') }}
where
    (target_value is not null) != (target_kind in ('number', 'range'))
    or (target_value_to is not null) != (target_kind = 'range')
    or (target_date is not null) != (target_kind = 'date')
    or (date_precision is not null) != (target_kind = 'date')
    or (comparator is not null and target_kind != 'number')
    or (target_unit is not null and target_kind not in ('number', 'range'))
    or (target_unit is null) != (target_unit_text is null)
    or is_quantified != (target_kind in ('number', 'range', 'date', 'list'))
