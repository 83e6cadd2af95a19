with ended as (
    select * from {{ ref('administrative_division') }}
    where valid_to_year_exclusive is not null and successor_codes is not null
),

divisions as (
    select * from {{ ref('administrative_division') }}
),

pieces as (
    {{ pieces_between('ended', 'division_code, division_name, valid_to_year_exclusive', 'successor_codes', ';') }}
),

-- 371203[2006]: a part of its area went there in 2006, which is no succession
steps as (
    select
        division_code,
        division_name,
        valid_to_year_exclusive as changed_year,
        piece as successor_code,
        count(*) over (partition by division_code, valid_to_year_exclusive) as successor_count,
        count(*) over (partition by piece, valid_to_year_exclusive) as predecessor_count
    from pieces
    where {{ regexp_like('piece', "'^[0-9]{6}$'") }}
),

older as (
    select
        steps.division_code,
        steps.changed_year,
        steps.successor_code,
        bool_or(
            divisions.division_code = steps.successor_code
            and divisions.division_code <> steps.division_code
            and divisions.valid_from_year < steps.changed_year
        ) as is_successor_older,
        bool_or(
            divisions.division_code = steps.division_code
            and divisions.valid_from_year >= steps.changed_year
            and divisions.division_code <> steps.successor_code
        ) as is_code_used_again
    from steps
    inner join divisions on divisions.division_code in (steps.division_code, steps.successor_code)
    group by steps.division_code, steps.changed_year, steps.successor_code
),

described as (
    select
        steps.division_code,
        steps.division_name,
        steps.changed_year,
        steps.successor_code,
        -- one division that goes on under another name or code: no split, no merger, none that was there before
        steps.successor_count = 1
        and steps.predecessor_count = 1
        and not older.is_successor_older
        and not older.is_code_used_again as is_one_to_one
    from steps
    inner join older
        on
            steps.division_code = older.division_code
            and steps.changed_year = older.changed_year
            and steps.successor_code = older.successor_code
)

select * from described
