{# What the gate before publishing reads: tables summed up per county and fiscal year. Only the sums leave the engine. #}

{% macro profile_columns() -%}
    {#- The columns that an expectation watches, as data: how many values are blank, and how many differ. -#}
    {{ return([
        {'schema': 'staging', 'table': 'project', 'column': 'project_name', 'relation': source('staging', 'project')},
        {'schema': 'staging', 'table': 'indicator', 'column': 'level3_text', 'relation': source('staging', 'indicator')},
        {'schema': 'staging', 'table': 'indicator', 'column': 'target_text', 'relation': source('staging', 'indicator')},
        {'schema': 'marts', 'table': 'fct_project_budget', 'column': 'budget_cny', 'relation': ref('fct_project_budget')},
        {'schema': 'quality', 'table': 'finding', 'column': 'message', 'relation': ref('finding')},
        {'schema': 'quality', 'table': 'finding', 'column': 'evidence_text', 'relation': ref('finding')},
    ]) }}
{%- endmacro %}

{% macro reconciled(sides) -%}
    {#- The last CTEs of a reconciliation, for a list of {check, side, items, count, amount, place}: both sides of each
        check summed up per county and year, and what is between them. items is a CTE; its rows carry their county and
        year, or place is the join that brings them. -#}
    sides as (
        {% for side in sides -%}
            {%- set place = 'place' if side.place else 'items' -%}
            {{ 'union all' if not loop.first }}
            select
                '{{ side.check }}' as check_name,
                '{{ side.side }}' as side,
                {{ place }}.division_code,
                {{ place }}.fiscal_year,
                cast(coalesce({{ side.count }}, 0) as bigint) as item_count,
                {{ 'sum(cast(' ~ side.amount ~ ' as decimal(38, 2)))' if side.amount else 'null' }} as amount_cny
            from {{ side['items'] }} as items
            {{ side.place }}
            group by {{ place }}.division_code, {{ place }}.fiscal_year
        {% endfor -%}
    ),

    paired as (
        select
            check_name,
            division_code,
            fiscal_year,
            cast(coalesce(sum(item_count) filter (where side = 'left'), 0) as bigint) as left_count,
            cast(coalesce(sum(item_count) filter (where side = 'right'), 0) as bigint) as right_count,
            cast(sum(amount_cny) filter (where side = 'left') as decimal(38, 2)) as left_cny,
            cast(sum(amount_cny) filter (where side = 'right') as decimal(38, 2)) as right_cny
        from sides
        group by check_name, division_code, fiscal_year
    ),

    compared as (
        select
            *,
            left_count - right_count as difference_count,
            cast(coalesce(left_cny, 0) - coalesce(right_cny, 0) as decimal(38, 2)) as difference_cny
        from paired
    )

    select * from compared
{%- endmacro %}

{% macro profile_measures() -%}
    {#- What is counted as odd in a load, as data: each measure says of which rows (relation; its county and year come
        from the document unless it has its own), which of them are counted (flag), what a row weighs, and what a
        sample shows of it. The bands are in warehouse/gate/expectations. -#}
    {{ return([
        {
            'name': 'unit_name_blank', 'schema': 'staging', 'table': 'document', 'column': 'unit_name',
            'relation': source('staging', 'document'), 'flag': 'subject.unit_name is null',
            'source_ref': 'subject.source_ref', 'text': 'subject.file_name',
        },
        {
            'name': 'project_name_blank', 'schema': 'staging', 'table': 'project', 'column': 'project_name',
            'relation': source('staging', 'project'), 'flag': 'subject.project_name is null',
            'source_ref': 'subject.source_ref', 'text': 'subject.project_code',
        },
        {
            'name': 'project_code_blank', 'schema': 'staging', 'table': 'project', 'column': 'project_code',
            'relation': rows_of_forms('project', 'forms.has_code'), 'flag': 'subject.project_code is null',
            'source_ref': 'subject.source_ref', 'text': 'subject.project_name',
        },
        {
            'name': 'purpose_blank', 'schema': 'staging', 'table': 'project', 'column': 'purpose_text',
            'relation': rows_of_forms('project', "forms.form_family = 'performance_card'"), 'flag': 'subject.purpose_text is null',
            'source_ref': 'subject.source_ref', 'text': 'subject.project_name',
        },
        {
            'name': 'amounts_blank', 'schema': 'staging', 'table': 'fund', 'column': 'value_text',
            'relation': projects_with_money_cells(), 'flag': 'not subject.has_amount',
            'source_ref': 'subject.source_ref', 'text': 'subject.project_name',
        },
        {
            'name': 'plan_value_blank', 'schema': 'staging', 'table': 'plan_point', 'column': 'value_text',
            'relation': rows_of_forms('plan_point', 'forms.has_plan'), 'flag': 'subject.value_text is null',
            'source_ref': 'subject.source_ref', 'text': 'cast(subject.checkpoint_month as string)',
        },
        {
            'name': 'level1_blank', 'schema': 'staging', 'table': 'indicator', 'column': 'level1_text',
            'relation': source('staging', 'indicator'), 'flag': 'subject.level1_text is null',
            'source_ref': 'subject.source_ref', 'text': 'subject.level3_text',
        },
        {
            'name': 'level2_blank', 'schema': 'staging', 'table': 'indicator', 'column': 'level2_text',
            'relation': source('staging', 'indicator'), 'flag': 'subject.level2_text is null',
            'source_ref': 'subject.source_ref', 'text': 'subject.level3_text',
        },
        {
            'name': 'level3_blank', 'schema': 'staging', 'table': 'indicator', 'column': 'level3_text',
            'relation': source('staging', 'indicator'), 'flag': 'subject.level3_text is null',
            'source_ref': 'subject.source_ref', 'text': 'subject.level2_text',
        },
        {
            'name': 'target_blank', 'schema': 'staging', 'table': 'indicator', 'column': 'target_text',
            'relation': source('staging', 'indicator'), 'flag': 'subject.target_text is null',
            'source_ref': 'subject.source_ref', 'text': 'subject.level3_text',
        },
        {
            'name': 'characters_unexplained', 'schema': 'staging', 'table': 'line_ledger', 'column': 'character_count',
            'relation': source('staging', 'line_ledger'), 'flag': "subject.line_role = 'unexplained' and subject.character_count > 0",
            'weight': 'subject.character_count', 'source_ref': 'subject.source_ref',
            'text': 'cast(subject.character_count as string)',
        },
        {
            'name': 'characters_rejected', 'schema': 'staging', 'table': 'line_ledger', 'column': 'character_count',
            'relation': source('staging', 'line_ledger'), 'flag': "subject.line_role = 'rejected' and subject.character_count > 0",
            'weight': 'subject.character_count', 'source_ref': 'subject.source_ref',
            'text': 'cast(subject.character_count as string)',
        },
        {
            'name': 'division_unknown', 'schema': 'marts', 'table': 'dim_document', 'column': 'division_code',
            'relation': ref('dim_document'), 'flag': 'subject.division_code is null', 'is_placed': true,
            'source_ref': 'cast(null as string)', 'text': 'subject.file_name',
        },
        {
            'name': 'fiscal_year_unknown', 'schema': 'marts', 'table': 'dim_document', 'column': 'fiscal_year',
            'relation': ref('dim_document'), 'flag': 'subject.fiscal_year is null', 'is_placed': true,
            'source_ref': 'cast(null as string)', 'text': 'subject.file_name',
        },
        {
            'name': 'amount_unit_unknown', 'schema': 'marts', 'table': 'dim_document', 'column': 'amount_unit',
            'relation': ref('dim_document'), 'flag': "subject.amount_unit = 'unknown'", 'is_placed': true,
            'source_ref': 'cast(null as string)', 'text': 'subject.file_name',
        },
        {
            'name': 'budget_unknown', 'schema': 'marts', 'table': 'fct_project_budget', 'column': 'budget_cny',
            'relation': ref('fct_project_budget'), 'flag': 'subject.budget_cny is null', 'is_placed': true,
            'source_ref': 'subject.source_ref', 'text': 'subject.project_id',
        },
        {
            'name': 'plan_without_figure', 'schema': 'marts', 'table': 'fct_spending_plan', 'column': 'cumulative_ratio',
            'relation': ref('fct_spending_plan'), 'is_placed': true,
            'flag': 'subject.is_stated and coalesce(subject.cumulative_ratio, subject.cumulative_cny) is null',
            'source_ref': 'subject.source_ref', 'text': 'subject.value_text',
        },
        {
            'name': 'not_quantified', 'schema': 'marts', 'table': 'fct_indicator_target', 'column': 'is_quantified',
            'relation': ref('fct_indicator_target'), 'flag': 'not subject.is_quantified', 'is_placed': true,
            'source_ref': 'subject.source_ref', 'text': 'subject.target_text',
        },
        {
            'name': 'category_unknown', 'schema': 'marts', 'table': 'fct_indicator_target', 'column': 'category_id',
            'relation': ref('fct_indicator_target'), 'flag': "subject.category_id = 'unknown'", 'is_placed': true,
            'source_ref': 'subject.source_ref', 'text': 'subject.level2_text',
        },
        {
            'name': 'goal_text_blank', 'schema': 'marts', 'table': 'dim_department_goal', 'column': 'goal_text',
            'relation': ref('dim_department_goal'), 'flag': 'subject.goal_text is null', 'is_placed': true,
            'source_ref': 'subject.source_ref', 'text': 'subject.duty_name',
        },
        {
            'name': 'grade_without_bounds', 'schema': 'marts', 'table': 'fct_department_standard', 'column': 'has_bounds',
            'relation': ref('fct_department_standard'), 'flag': 'not subject.has_bounds', 'is_placed': true,
            'source_ref': 'subject.source_ref', 'text': 'subject.band_text',
        },
    ]) }}
{%- endmacro %}

{% macro rows_of_forms(table, condition) -%}
    {#- The rows of a staging table of projects on certain forms: what a form has no field for is not blank. -#}
    (
        select staged_rows.*
        from {{ source('staging', table) }} as staged_rows
        inner join {{ source('staging', 'project') }} as form_projects
            on staged_rows.document_id = form_projects.document_id and staged_rows.project_no = form_projects.project_no
        inner join {{ ref('int_form') }} as forms
            on form_projects.document_id = forms.document_id and form_projects.form_no = forms.form_no
        where {{ condition }}
    )
{%- endmacro %}

{% macro projects_with_money_cells() -%}
    {#- One row per project whose form has cells of money, of any family: whether one of them is filled in. -#}
    (
        select
            form_projects.document_id,
            form_projects.project_name,
            form_projects.source_ref,
            bool_or(funds.value_text is not null) as has_amount
        from {{ source('staging', 'project') }} as form_projects
        inner join {{ source('staging', 'fund') }} as funds
            on form_projects.document_id = funds.document_id and form_projects.project_no = funds.project_no
        group by form_projects.document_id, form_projects.project_no, form_projects.project_name, form_projects.source_ref
    )
{%- endmacro %}

{% macro measured_rows(measure) -%}
    {#- FROM clause of a measure: its rows as subject, and place, which holds their county and fiscal year. -#}
    from {{ measure.relation }} as subject
    {% if not measure.is_placed %}
        left join {{ ref('dim_document') }} as place on subject.document_id = place.document_id
    {% endif %}
{%- endmacro %}
