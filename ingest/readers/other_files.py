"""Files that are no documents, as data: the marks that tell them, what they are called, and what to do with each."""

ASK_FOR_TEXT = "A picture holds no text: ask the publisher for the Word, PDF or web version."
UNPACK = "Unpack it and put the documents in the folder."
SAVE_AS_DOCX = "Open it and save it as docx, xlsx or PDF with text; put that file here."
SAVE_AS_XLSX = "Open it and save it as xlsx; put that file here."
SAVE_FROM_BROWSER = "Open it in a browser or Word and save it as docx or HTML."
REMOVE = "Remove it from the folder."

# Position of the mark, the mark, what the file is, what to do.
SIGNATURES = (
    (0, b"\x89PNG", "a picture (PNG)", ASK_FOR_TEXT),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", ASK_FOR_TEXT),
    (0, b"GIF8", "a picture (GIF)", ASK_FOR_TEXT),
    (0, b"II*\0", "a picture (TIFF)", ASK_FOR_TEXT),
    (0, b"MM\0*", "a picture (TIFF)", ASK_FOR_TEXT),
    (8, b"WEBP", "a picture (WebP)", ASK_FOR_TEXT),
    (4, b"ftyphei", "a picture (HEIC)", ASK_FOR_TEXT),
    (0, b"AT&TFORM", "a scanned book (DjVu)", ASK_FOR_TEXT),
    (0, b"Rar!", "an archive (RAR)", UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "an archive (7z)", UNPACK),
    (0, b"\x1f\x8b", "an archive (gzip)", UNPACK),
    (0, b"BZh", "an archive (bzip2)", UNPACK),
    (0, b"\xfd7zXZ\0", "an archive (xz)", UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "an archive (zstd)", UNPACK),
    (0, b"MSCF", "an archive (cab)", UNPACK),
    (257, b"ustar", "an archive (tar)", UNPACK),
    (0, b"SQLite format 3\0", "a database (SQLite)", REMOVE),
    (4, b"Standard Jet DB", "a database (Access)", REMOVE),
    (4, b"Standard ACE DB", "a database (Access)", REMOVE),
    (8, b"DUCK", "a database (DuckDB)", REMOVE),
    (0, b"PAR1", "a table file (Parquet)", REMOVE),
    (0, b"MZ\x90\0", "a program", REMOVE),
    (0, b"\x7fELF", "a program", REMOVE),
    (0, b"ID3", "a sound file", REMOVE),
    (0, b"OggS", "a sound file", REMOVE),
    (8, b"WAVE", "a sound file", REMOVE),
    (8, b"AVI ", "a film", REMOVE),
    (4, b"ftyp", "a film", REMOVE),
    (0, b"Founder CEB", "a Founder page file (CEB)", SAVE_AS_DOCX),
    (0, b"%!PS", "a PostScript file", SAVE_AS_DOCX),
)
# Mark in the first bytes of an XML file, what it is.
XML_ROOTS = (
    (b"<w:wordDocument", "a Word 2003 XML file"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "an Excel 2003 XML file"),
    (b"<pkg:package", "a Word file in one XML"),
    (b"<svg", "a picture (SVG)"),
)
# Part of a ZIP archive, what the archive is, what to do.
PARTS = (
    ("OFD.xml", "a page file (OFD)", SAVE_AS_DOCX),
    ("ppt/presentation.xml", "a presentation (pptx)", REMOVE),
    ("xl/workbook.bin", "a binary workbook (xlsb)", SAVE_AS_XLSX),
    ("visio/document.xml", "a drawing (vsdx)", REMOVE),
    ("META-INF/container.xml", "a book (epub)", SAVE_AS_DOCX),
    ("META-INF/MANIFEST.MF", "a program (Java)", REMOVE),
)
# Type that an OpenDocument archive names -> what it is.
OPEN_DOCUMENTS = {
    "spreadsheet": "a spreadsheet (ods)",
    "presentation": "a presentation (odp)",
    "graphics": "a drawing (odg)",
    "drawing": "a drawing (odg)",
}
# Stream of a compound file -> what the file is.
STREAMS = {
    "PowerPoint Document": "a presentation (ppt)",
    "__properties_version1.0": "a mail (msg)",
    "VisioDocument": "a drawing (vsd)",
}
