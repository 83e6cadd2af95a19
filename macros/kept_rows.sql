{# Models whose rows say nothing of another document: a build keeps them, and makes those of new and changed documents
   alone. They are in the database `kept`, and name in `meta.kept_by` what a row depends on: its document, or the text
   of a target. warehouse/kept_models.py says which documents those are; where it says nothing, all rows are made. #}

{% macro is_kept_from_before() -%}
    {#- Whether a build before this one left rows of this model. -#}
    {% if model.resource_type != 'model' or this.database != 'kept' %}
        {{ return(false) }}
    {% endif %}
    {% set changed = adapter.get_relation(database='kept', schema='changed', identifier='document') %}
    {{ return(changed is not none and load_cached_relation(this) is not none) }}
{%- endmacro %}

{% macro to_read(relation, key=none) -%}
    {#- A relation that a kept model reads: where rows are kept, only what it has of new and changed documents. -#}
    {%- if execute and is_kept_from_before() -%}
        {{ of_changed(relation, key or model.config.meta.kept_by) }}
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

{% macro of_changed(relation, key) -%}
    {#- The rows of a relation that belong to new and changed documents, or to the target texts that these print. -#}
    {%- if key == 'document_id' -%}
        (select * from {{ relation }} where document_id in (select document_id from kept.changed.document))
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
        {{ exceptions.raise_compiler_error('Rows are kept by document_id or target_text, not by ' ~ key) }}
    {%- endif -%}
{%- endmacro %}

{% macro add_rows(relation, query) -%}
    {#- Turn the rows of a kept table into those of this build. A text may be there from another document. -#}
    {%- set key = model.config.meta.kept_by -%}
    {%- set forgotten = {'document_id': 'forgotten', 'target_text': 'forgotten_text'}[key] -%}
    delete from {{ relation }} where {{ key }} in (select {{ key }} from kept.changed.{{ forgotten }});
    insert into {{ relation }}
    select * from ({{ query }}) as made
    {% if key != 'document_id' -%}
        where not exists (select 1 from {{ relation }} as kept_rows where kept_rows.{{ key }} = made.{{ key }})
    {%- endif %};
{%- endmacro %}
