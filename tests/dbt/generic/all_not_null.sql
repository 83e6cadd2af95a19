{% test all_not_null(model, columns) %}
    -- None of the columns is ever blank: one scan for all of them.
    select {{ columns | join(', ') }}
    from {{ model }}
    where {% for column in columns %}{{ column }} is null{{ ' or ' if not loop.last }}{% endfor %}
{% endtest %}
