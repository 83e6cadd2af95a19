-- Two readings of one printed label must differ in their first level, because nothing else decides between them.
select
    aliases.level,
    aliases.printed_text,
    categories.level1_name
from {{ ref('indicator_category_alias') }} as aliases
left join {{ ref('indicator_category') }} as categories
    on aliases.level = 2 and aliases.level_name = categories.level2_name
group by aliases.level, aliases.printed_text, categories.level1_name
having count(*) > 1
