-- A share of two amounts with six decimals, exact: DuckDB divides decimals as floating point, so whole fen are divided.
create or replace temp macro share_of(part, whole) as
    case
        when whole > 0
            then cast(round(cast(part * 100 as hugeint) * 10000000 // cast(whole * 100 as hugeint) * 0.0000001, 6) as decimal(18, 6))
    end
