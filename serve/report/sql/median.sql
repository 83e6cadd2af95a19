-- The median of a list without NULL, exact: the mean of the two in the middle where their number is even.
create or replace temp macro middle(found) as
    case
        when len(found) > 0
            then cast(round((list_sort(found)[(len(found) + 1) // 2] + list_sort(found)[len(found) // 2 + 1]) * 0.5, 6) as decimal(18, 6))
    end
