{% test unique_together(model, columns) %}
    -- The columns are a key together. Unlike a primary key this also holds where one of them may be NULL.
    select {{ columns | join(', ') }}
    from {{ model }}
    group by {{ columns | join(', ') }}
    having count(*) > 1
{% endtest %}
