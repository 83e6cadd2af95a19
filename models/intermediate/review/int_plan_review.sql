with points as (
    select * from {{ ref('fct_spending_plan') }}
),

checkpoints as (
    select * from {{ ref('dim_checkpoint') }}
),

figures as (
    select
        project_id,
        checkpoint_month,
        figure_type,
        figure,
        as_ratio,
        as_cny
    from {{ ref('int_plan_point') }}
),

forms as (
    select
        projects.project_id,
        forms_as_printed.plan_header_text,
        projects.source_ref
    from {{ ref('dim_project') }} as projects
    inner join {{ ref('int_corrected_project') }} as forms_as_printed
        on
            projects.document_id = forms_as_printed.document_id
            and projects.project_no = forms_as_printed.project_no
    -- a card without a plan (天津) has nothing to review
    inner join {{ ref('dim_form') }} as kinds_of_form on projects.form_id = kinds_of_form.form_id
    where kinds_of_form.has_plan
),

distinct_headers as (
    select distinct plan_header_text from forms
    where plan_header_text is not null
),

headers_read as (
    select
        plan_header_text,
        {{ regexp_like(narrow(without_space('plan_header_text')), "'%|百分|比例|占比'") }} as has_percent,
        {{ regexp_like(narrow(without_space('plan_header_text')), "'[元圆圓]|金额'") }} as has_money
    from distinct_headers
),

header_units as (
    select
        plan_header_text,
        case
            when has_percent and has_money then null
            when has_percent then 'ratio'
            when has_money then 'amount'
        end as header_basis
    from headers_read
),

measured as (
    select
        points.*,
        checkpoints.checkpoint_name,
        checkpoints.checkpoint_name_en,
        case points.plan_basis
            when 'ratio' then points.cumulative_ratio
            when 'amount' then points.cumulative_cny
        end as measure,
        figures.figure,
        -- the same figures either way: a budget of exactly 100, or nothing of a budget of 0
        coalesce(
            figures.figure_type = 'bare'
            and figures.as_cny = points.cumulative_cny
            and (figures.as_ratio = points.cumulative_ratio or (figures.figure = 0 and points.base_cny = 0)), false
        ) as fits_either_basis
    from points
    inner join checkpoints on points.checkpoint_month = checkpoints.checkpoint_month
    inner join figures
        on
            points.project_id = figures.project_id
            and points.checkpoint_month = figures.checkpoint_month
),

-- where nothing says what the figures are, or their unit is missing, they are still all of one kind
comparable as (
    select
        *,
        case
            when count(measure) over (partition by project_id) = 0 then cast(figure as decimal(28, 10))
            else cast(measure as decimal(28, 10))
        end as compared_figure
    from measured
),

stated_points as (
    select
        *,
        lag(compared_figure) over (partition by project_id order by checkpoint_month) as previous_figure,
        lag(value_text) over (partition by project_id order by checkpoint_month) as previous_text,
        lag(checkpoint_name) over (partition by project_id order by checkpoint_month) as previous_name,
        lag(checkpoint_name_en) over (partition by project_id order by checkpoint_month) as previous_name_en
    from comparable
    where is_stated and compared_figure is not null
),

falls as (
    select
        project_id,
        {{ text_in_order(
            "concat_ws('', previous_name, ' ', previous_text, ' > ', checkpoint_name, ' ', value_text)",
            'checkpoint_month', "'；'"
        ) }} as fall_text,
        {{ text_in_order(
            "concat_ws('', previous_text, ' (', previous_name_en, ') to ', value_text, ' (', checkpoint_name_en, ')')",
            'checkpoint_month', "', '"
        ) }} as fall_text_en,
        {{ text_in_order('source_ref', 'checkpoint_month', "'+'") }} as fall_source_ref
    from stated_points
    where compared_figure < previous_figure
    group by project_id
),

gaps as (
    select
        project_id,
        {{ text_in_order('checkpoint_name', 'checkpoint_month', "'、'") }} as gap_names,
        {{ text_in_order('checkpoint_name_en', 'checkpoint_month', "', '") }} as gap_names_en
    from measured
    where not is_stated
    group by project_id
),

-- a row that was lost has one place for all its points
gap_places as (
    select
        project_id,
        source_ref,
        min(checkpoint_month) as checkpoint_month
    from measured
    where not is_stated and source_ref is not null
    group by project_id, source_ref
),

gap_refs as (
    select
        project_id,
        {{ text_in_order('source_ref', 'checkpoint_month', "'+'") }} as gap_source_ref
    from gap_places
    group by project_id
),

summed as (
    select
        project_id,
        document_id,
        plan_basis,
        count(*) filter (where is_stated) as stated_count,
        {{ text_in_order(
            "concat_ws('', checkpoint_name, ' ', coalesce(value_text, '（空白）'))", 'checkpoint_month', "'，'"
        ) }} as points_text,
        {{ text_in_order('source_ref', 'checkpoint_month', "'+'") }} filter (where is_stated) as stated_source_ref,
        coalesce(bool_and(fits_either_basis) filter (where is_stated), false) as fits_either_basis,
        min(value_text) filter (where checkpoint_month = 12 and is_stated) as december_text,
        min(cumulative_ratio) filter (where checkpoint_month = 12) as december_ratio,
        min(cumulative_cny) filter (where checkpoint_month = 12) as december_cny,
        min(base_cny) filter (where checkpoint_month = 12) as december_base_cny,
        min(source_ref) filter (where checkpoint_month = 12) as december_source_ref
    from measured
    group by project_id, document_id, plan_basis
),

reviewed as (
    select
        summed.project_id,
        summed.document_id,
        summed.plan_basis,
        summed.stated_count,
        summed.points_text,
        gaps.gap_names,
        gaps.gap_names_en,
        coalesce(gap_refs.gap_source_ref, forms.source_ref) as gap_source_ref,
        falls.fall_text,
        falls.fall_text_en,
        coalesce(falls.fall_source_ref, forms.source_ref) as fall_source_ref,
        summed.december_text,
        summed.december_cny,
        summed.december_base_cny,
        coalesce(summed.december_source_ref, forms.source_ref) as december_source_ref,
        -- exact: a share is 1, money is the budget; NULL where neither can be told
        case
            when summed.december_ratio <> 1 or summed.december_cny <> summed.december_base_cny then false
            when summed.december_ratio = 1 or summed.december_cny = summed.december_base_cny then true
        end as is_december_whole,
        forms.plan_header_text,
        header_units.header_basis,
        coalesce(summed.stated_source_ref, forms.source_ref) as stated_source_ref,
        -- NULL where there are no points, no unit in the header, or nothing says what the points are
        case
            when summed.plan_basis <> 'none'
                then header_units.header_basis = summed.plan_basis or (
                    header_units.header_basis is not null and summed.fits_either_basis
                )
        end as is_header_fitting
    from summed
    inner join forms on summed.project_id = forms.project_id
    left join header_units on forms.plan_header_text = header_units.plan_header_text
    left join gaps on summed.project_id = gaps.project_id
    left join gap_refs on summed.project_id = gap_refs.project_id
    left join falls on summed.project_id = falls.project_id
)

select * from reviewed
