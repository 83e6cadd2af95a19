-- A canonical unit must be a spelling of itself, because a form that prints it would otherwise get another unit;
-- spellings are in lower case, as a cell is read.
select
    units.spelling,
    units.unit
from {{ ref('measure_unit') }} as units
left join {{ ref('measure_unit') }} as canonical_units
    on lower(units.unit) = canonical_units.spelling and units.unit = canonical_units.unit
where units.dimension != 'none' and canonical_units.spelling is null
