{# Models whose rows say nothing of another document: a build keeps them, and makes those of new and changed documents
   alone. They are in the database `kept`, and name in `meta.kept_by` what a row depends on: its document (document_id),
   the text of a target (target_text), or its document and what int_document_fact found of it (fact).
   warehouse/kept_models.py says which documents those are; where it says nothing, all rows are made, and of many documents
   those of some thousand at a time: what a query must hold in memory is then bounded. #}

{% macro is_kept_from_before() -%}
    {#- Whether a build before this one left rows of this model. -#}
    {% if model.resource_type != 'model' or this.database != 'kept' or not model.config.meta.get('kept_by') %}
        {{ return(false) }}
    {% endif %}
    {{ return(is_refresh() and load_cached_relation(this) is not none) }}
{%- endmacro %}

{% macro is_refresh() -%}
    {#- Whether a build before this one left rows. -#}
    {{ return(adapter.get_relation(database='kept', schema='changed', identifier='document') is not none) }}
{%- endmacro %}

{% macro is_made_in_parts() -%}
    {#- Whether all rows of this model are made, of one part of the documents after the other: those of a kept model, or of one
        whose `meta.made_in_parts` says that it can be, as what it joins is joined document by document. -#}
    {% if model.resource_type != 'model' or target.type != 'duckdb' %}{{ return(false) }}{% endif %}
    {%- set meta = model.config.meta -%}
    {% if not meta.get('made_in_parts') and meta.get('kept_by') not in ('document_id', 'fact') %}
        {{ return(false) }}
    {% endif %}
    {{ return(adapter.get_relation(database='kept', schema='part', identifier='document') is not none) }}
{%- endmacro %}

{% macro to_read(relation, key=none) -%}
    {#- A relation that a kept model reads: where rows are kept, only what it has of new and changed documents; where they
        are made in parts, what it has of the documents of a part. -#}
    {%- set depends_on = key or model.config.meta.kept_by if execute and model is defined -%}
    {%- if execute and is_kept_from_before() -%}
        {{ of_changed(relation, depends_on) }}
    {%- elif execute and depends_on in ('document_id', 'fact') and is_made_in_parts() -%}
        (select * from {{ relation }} where document_id in (select document_id from temp.this_part))
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

{% macro to_read_by_fact(relation) -%}
    {#- The same for a model that is kept by facts: they are to be known before it is made. A unit test knows none. -#}
    {%- if model is defined and model.resource_type == 'model' %}{% do ref('int_document_fact') %}{% endif -%}
    {{ to_read(relation) }}
{%- endmacro %}

{% macro of_changed(relation, key) -%}
    {#- The rows of a relation that belong to new and changed documents, or to the target texts that these print. -#}
    {%- if key in ('document_id', 'fact') -%}
        {%- set changed = 'fact' if key == 'fact' else 'document' -%}
        (select * from {{ relation }} where document_id in (select document_id from kept.changed.{{ changed }}))
    {%- elif key == 'target_text' -%}
        (
            select * from {{ relation }}
            where
                target_text in (
                    select target_text from kept.intermediate.int_target_text
                    where document_id in (select document_id from kept.changed.document)
                )
        )
    {%- else -%}
        {{ exceptions.raise_compiler_error('Rows are kept by document_id, target_text or fact, not by ' ~ key) }}
    {%- endif -%}
{%- endmacro %}

{% macro make_in_parts(relation, query, is_temporary=false) -%}
    {#- A new table of what the query gives for each part of the documents. -#}
    {%- set made = 'temp table' if is_temporary else 'table' -%}
    {%- set parts = run_query('select distinct part_no from kept.part.document order by part_no').columns[0].values() -%}
    {%- for part_no in parts %}
        create or replace temp table this_part as
        select document_id from kept.part.document where part_no = {{ part_no }};
        {% if loop.first %}create or replace {{ made }} {{ relation }} as{% else %}insert into {{ relation }}{% endif %}
        {{ query }};
    {%- endfor %}
{%- endmacro %}

{% macro add_rows(relation, query) -%}
    {#- Turn the rows of a kept table into those of this build. A text may be there from another document. -#}
    {%- set kept_by = model.config.meta.kept_by -%}
    {%- set forgotten = {
        'document_id': 'forgotten', 'target_text': 'forgotten_text', 'fact': 'forgotten_fact'
    }[kept_by] -%}
    {%- set key = 'document_id' if kept_by == 'fact' else kept_by -%}
    delete from {{ relation }} where {{ key }} in (select {{ key }} from kept.changed.{{ forgotten }});
    insert into {{ relation }}
    select * from ({{ query }}) as made
    {% if key != 'document_id' -%}
        where not exists (select 1 from {{ relation }} as kept_rows where kept_rows.{{ key }} = made.{{ key }})
    {%- endif %};
{%- endmacro %}

{% macro remember_facts() -%}
    {#- Ahead of int_document_fact: what was found of each document the time before. -#}
    {%- if execute and target.type == 'duckdb' and is_refresh() %}
        create or replace table kept.changed.fact_before as select * from {{ this }}
    {%- endif %}
{%- endmacro %}

{% macro compare_facts() -%}
    {#- Behind int_document_fact: whose rows are to be made, and whose are to be forgotten, where they are kept by facts. -#}
    {%- if execute and target.type == 'duckdb' and is_refresh() %}
        create or replace table kept.changed.fact as
        select document_id from (select * from {{ this }} except select * from kept.changed.fact_before) as found
        union
        select document_id from kept.changed.document;
        create or replace table kept.changed.forgotten_fact as
        select document_id from (select * from kept.changed.fact_before except select * from {{ this }}) as lost
        union
        select document_id from kept.changed.forgotten;
        drop table kept.changed.fact_before
    {%- endif %}
{%- endmacro %}
