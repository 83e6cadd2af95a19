"""The limits at which a file is no document, or a worker is stopped. Sizes in bytes unless the name says otherwise."""

# Documents come from the web. The largest real ones seen have 50 kB as text and 2,000 rows in 17 tables.
FILE_BYTES = 64 * 1024 * 1024
LINE_CHARACTERS = 1_000_000
INFLATED_BYTES = 256 * 1024 * 1024  # of an archive in all
PART_BYTES = 64 * 1024 * 1024  # of one part of an archive: an XML tree takes ten times its text
TABLE_COLUMNS = 500  # after merged cells are spread out
TABLE_CELLS = 2_000_000  # of a document, after merged and repeated cells are spread out
TABLES_DEEP = 20  # tables inside cells of tables

# A worker reads a document with these limits; a text up to LIGHT_BYTES is read without one, and takes a second at most.
LIGHT_BYTES, LIGHT_SECONDS = 256 * 1024, 20
SECONDS, SECONDS_PER_MEGABYTE = 60, 30
WORKER_BYTES = 320 * 1024 * 1024  # data of one worker
MOST_WORKERS = 4
