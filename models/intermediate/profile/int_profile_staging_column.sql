{{ column_profile('staging', [
    {'name': 'document', 'relation': source('staging', 'document'), 'place': 'document_id'},
    {'name': 'section', 'relation': source('staging', 'section'), 'place': 'document_id'},
    {'name': 'section_item', 'relation': source('staging', 'section_item'), 'place': 'document_id'},
    {'name': 'project', 'relation': source('staging', 'project'), 'place': 'document_id'},
    {'name': 'plan_point', 'relation': source('staging', 'plan_point'), 'place': 'document_id'},
    {'name': 'goal', 'relation': source('staging', 'goal'), 'place': 'document_id'},
    {'name': 'indicator', 'relation': source('staging', 'indicator'), 'place': 'document_id'},
    {'name': 'line_ledger', 'relation': source('staging', 'line_ledger'), 'place': 'document_id'},
    {'name': 'rejection', 'relation': source('staging', 'rejection'), 'place': 'document_id'},
    {'name': 'observation', 'relation': source('staging', 'observation'), 'place': 'document_id'},
    {'name': 'manifest', 'relation': source('staging', 'manifest'), 'place': 'document_id'},
]) }}
