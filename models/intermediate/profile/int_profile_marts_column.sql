-- One after the other: both at once take more memory than the rest of a build.
-- depends_on: {{ ref('int_profile_staging_column') }}
{{ column_profile('marts', [
    {'name': 'dim_division', 'relation': ref('dim_division'), 'place': 'none'},
    {'name': 'dim_unit', 'relation': ref('dim_unit'), 'place': 'none'},
    {'name': 'dim_document', 'relation': ref('dim_document'), 'place': 'own'},
    {'name': 'dim_form', 'relation': ref('dim_form'), 'place': 'document_id'},
    {'name': 'dim_project', 'relation': ref('dim_project'), 'place': 'own'},
    {'name': 'dim_indicator_category', 'relation': ref('dim_indicator_category'), 'place': 'none'},
    {'name': 'dim_checkpoint', 'relation': ref('dim_checkpoint'), 'place': 'none'},
    {'name': 'dim_date', 'relation': ref('dim_date'), 'place': 'none'},
    {'name': 'fct_project_budget', 'relation': ref('fct_project_budget'), 'place': 'own'},
    {'name': 'fct_project_fund', 'relation': ref('fct_project_fund'), 'place': 'own'},
    {'name': 'fct_project_execution', 'relation': ref('fct_project_execution'), 'place': 'own'},
    {'name': 'fct_spending_plan', 'relation': ref('fct_spending_plan'), 'place': 'own'},
    {'name': 'fct_indicator_target', 'relation': ref('fct_indicator_target'), 'place': 'own'},
    {'name': 'fct_indicator_result', 'relation': ref('fct_indicator_result'), 'place': 'own'},
    {'name': 'dim_department_goal', 'relation': ref('dim_department_goal'), 'place': 'own'},
    {'name': 'fct_department_standard', 'relation': ref('fct_department_standard'), 'place': 'own'},
    {'name': 'fct_department_target', 'relation': ref('fct_department_target'), 'place': 'own'},
]) }}
