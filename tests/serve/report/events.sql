-- What five documents that are built once do not have: changes, rejections, a version that was superseded, an address.
update marts.dim_document set source_url = 'https://example.org/a?b=1&c=2' where file_name = 'linxi-canal-park.txt';
update reports.document_overview
set source_url = 'https://example.org/a?b=1&c=2' where file_name = 'linxi-canal-park.txt';
update reports.document_overview set rejection_count = 2 where file_name = 'linxi-canal-park.txt';

insert into marts.dim_document by name
select * replace ('00000000000000aa' as document_id, 'older.txt' as file_name, false as is_current)
from marts.dim_document where file_name = 'lulong-development-zone-2021.txt';
insert into reports.document_overview by name
select * replace (
    '00000000000000aa' as document_id, 'older.txt' as file_name, false as is_current, 0 as project_count,
    null as budget_cny, 0 as indicator_count, 0 as quantified_count, null as quantified_ratio, 0 as error_finding_count,
    0 as warning_finding_count, 0 as information_finding_count
)
from reports.document_overview where file_name = 'lulong-development-zone-2021.txt';

insert into staging.rejection by name
select * from (
    values
    ('r1', 'scan.pdf', null, null, 'read', 'no_text_layer', 'The pages are pictures.', 'Recognise the text.', null),
    ('r2', '~x.docx', null, null, 'open', 'empty', 'The file is empty.', 'Fetch it again.', null),
    ('r3', 'linxi-canal-park.txt', (select document_id from marts.dim_document where file_name = 'linxi-canal-park.txt'),
     'L9-12', 'form', 'structure', 'A form without an end.', 'See the document.', null),
    ('r4', 'linxi-canal-park.txt', (select document_id from marts.dim_document where file_name = 'linxi-canal-park.txt'),
     'L20', 'row', 'structure', 'A row without a name.', 'See the document.', null)
) as rejection (rejection_id, file_name, document_id, source_ref, stage, reason_code, message, next_step, raw_text);

-- two fields of one project, two points of its plan and one that only moved, an indicator that is gone and one that moved and
-- changed, two funds of one project
insert into meta.change by name
select
    build.build_id, event.subject_type, event.change_type, event.cause, project.file_name, project.document_id,
    project.project_key, project.fiscal_year, project.division_code, event.checkpoint_month, event.indicator_no,
    event.part_key, event.field_name, event.old_value, event.new_value
from meta.build as build
cross join (
    select
        dim_project.document_id, dim_project.project_key, dim_project.fiscal_year, dim_project.division_code,
        dim_document.file_name
    from marts.dim_project inner join marts.dim_document on dim_project.document_id = dim_document.document_id
    where dim_document.file_name = 'laoting-development-zone-2023.txt' and dim_project.project_no = 1
) as project
cross join (
    values
    ('project', 'changed', 'document', null, null, null, 'budget_cny', '200000.00', '500000.50'),
    ('project', 'changed', 'document', null, null, null, 'project_name', '旧名', '新名'),
    ('plan_point', 'changed', 'document', 3, null, null, 'value_text', '25', '30'),
    ('plan_point', 'changed', 'document', 6, null, null, 'value_text', '50', '60'),
    ('indicator', 'gone', 'rules', null, 4, null, 'target_text', '95%', null),
    ('fund', 'new', 'document', null, null, 'fiscal-annual-budget', 'amount_cny', null, '100.00'),
    ('fund', 'new', 'document', null, null, 'other-annual-budget', 'amount_cny', null, '200.00'),
    ('plan_point', 'changed', 'document', 10, null, null, 'source_ref', 'L10', 'L11'),
    ('indicator', 'changed', 'document', null, 5, null, 'source_ref', 'L20', 'L21'),
    ('indicator', 'changed', 'document', null, 5, null, 'target_text', '95%', '96%')
) as event (subject_type, change_type, cause, checkpoint_month, indicator_no, part_key, field_name, old_value, new_value);

-- money in a block of its own, as forms of other families print it
insert into staging.fund by name
select
    document.document_id, 1 as project_no, fund.fund_no, fund.label_text, '年初预算' as column_text, '万元' as unit_text,
    fund.value_text, fund.source_ref
from marts.dim_document as document
cross join (
    values (101, '中央资金', '3.5', 'p9.t1.r1.c2'), (102, '银行贷款', '若干', 'p9.t1.r2.c2')
) as fund (fund_no, label_text, value_text, source_ref)
where document.file_name = 'linxi-canal-park.txt';
insert into marts.fct_project_fund by name
select
    project.project_id, project.document_id, project.unit_id, project.division_id, project.division_code,
    'central' as fund_class, 'annual' as term, 'initial' as measure, 35000.00 as amount_cny, true as is_leaf,
    'p9.t1.r1.c2' as source_ref
from marts.dim_project as project
inner join marts.dim_document as document on project.document_id = document.document_id
where document.file_name = 'linxi-canal-park.txt' and project.project_no = 1;
