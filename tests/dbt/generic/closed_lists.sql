{% test closed_lists(model, columns) %}
    -- Every value is of its column's closed list: one row per value that is not; NULL is of every list.
    {% for column, values in columns.items() %}
        select distinct
            '{{ column }}' as column_name,
            {{ column }} as stranger
        from {{ model }}
        where {{ column }} not in ({% for value in values %}'{{ value }}'{{ ', ' if not loop.last }}{% endfor %})
        {{ 'union all' if not loop.last }}
    {% endfor %}
{% endtest %}
