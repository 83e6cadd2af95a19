{% macro models_left_out(union_name) -%}
    {#- Names of the models called <union_name>_… that the model <union_name> does not read. -#}
    {% set left_out = [] %}
    {% if execute and graph is defined %}
        {% set models = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | list %}
        {% set union_model = models | selectattr('name', 'equalto', union_name) | first %}
        {% for model in models if model.name.startswith(union_name ~ '_') %}
            {% if model.unique_id not in union_model.depends_on.nodes %}
                {% do left_out.append(model.name) %}
            {% endif %}
        {% endfor %}
    {% endif %}
    {{ return(left_out) }}
{%- endmacro %}
