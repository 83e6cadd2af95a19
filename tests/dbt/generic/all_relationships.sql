{% test all_relationships(model, columns) %}
    -- Every key leads somewhere: one row per value of a column that its own table (to, field) does not have.
    {% for column, parent in columns.items() %}
        select distinct
            '{{ column }}' as column_name,
            cast(children.{{ column }} as string) as orphan
        from {{ model }} as children
        left join {{ parent.to }} as parents on children.{{ column }} = parents.{{ parent.field }}
        where children.{{ column }} is not null and parents.{{ parent.field }} is null
        {{ 'union all' if not loop.last }}
    {% endfor %}
{% endtest %}
