"""Names of elements and attributes in WordprocessingML, as lxml has them."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

BODY, TABLE, ROW, CELL, PARAGRAPH, RUN = W + "body", W + "tbl", W + "tr", W + "tc", W + "p", W + "r"
VALUE = W + "val"
