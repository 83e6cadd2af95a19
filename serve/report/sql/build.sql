-- What the file was made from.
select * from meta.build
