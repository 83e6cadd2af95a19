-- The overviews hold each current project, indicator, finding, document and plan point: their inner joins may drop
-- none. Of each project one plan point is marked, the last with a figure.
{% set overviews = [
    ('project_overview', 'project_id', 'dim_project'),
    ('project_by_year', 'project_id', 'dim_project'),
    ('indicator_overview', 'indicator_id', 'fct_indicator_target'),
    ('finding_overview', 'finding_id', 'finding'),
    ('document_overview', 'document_id', 'dim_document'),
] %}
{% for overview, key, table in overviews %}
    select
        '{{ overview }}' as overview_name,
        facts.{{ key }} as missing_id
    from {{ ref(table) }} as facts
    left join {{ ref(overview) }} as overview on facts.{{ key }} = overview.{{ key }}
    where overview.{{ key }} is null
    union all
{% endfor %}
select
    'plan_overview' as overview_name,
    points.project_id as missing_id
from {{ ref('fct_spending_plan') }} as points
inner join {{ ref('project_overview') }} as projects on points.project_id = projects.project_id
left join {{ ref('plan_overview') }} as overview
    on points.project_id = overview.project_id and points.checkpoint_month = overview.checkpoint_month
where projects.stated_point_count is not null
group by points.project_id
having
    count(overview.project_id) < 4
    or count(*) filter (where overview.is_last_stated_point)
    <> case when max(projects.stated_point_count) > 0 then 1 else 0 end
    or max(points.checkpoint_month) filter (where points.is_stated)
    is distinct from max(overview.checkpoint_month) filter (where overview.is_last_stated_point)
