-- An alias that names no first or second level of the category seed silently makes its indicators unknown.
select
    aliases.level,
    aliases.printed_text,
    aliases.level_name
from {{ ref('indicator_category_alias') }} as aliases
left join {{ ref('indicator_category') }} as categories
    on
        (aliases.level = 1 and aliases.level_name = categories.level1_name)
        or (aliases.level = 2 and aliases.level_name = categories.level2_name)
where categories.category_id is null
