-- One after the other: both at once take more memory than the rest of a build.
-- depends_on: {{ ref('int_profile_marts_column') }}
{{ column_profile('quality', [
    {'name': 'rule', 'relation': ref('rule'), 'place': 'none'},
    {'name': 'result', 'relation': ref('result'), 'place': 'project_id'},
    {'name': 'finding', 'relation': ref('finding'), 'place': 'document_id'},
    {'name': 'rule_summary', 'relation': ref('rule_summary'), 'place': 'none'},
]) }}
