"""A font whose characters are all one bar, for pdfium to measure Chinese print whose font a document does not bring along.

What pdfium reads would else depend on the fonts of the machine. How wide a character is says the document, never the font;
the bar is narrow, so that none reaches over the next one.
"""

import struct

EM, BELOW, NARROW = 1000, -120, 100
BAR, NOTHING = 1, 2  # glyphs
BLANKS = (0x20, 0xA0, 0x3000)
LAST = 0x10FFFF


def bar_font() -> bytes:
    """The bytes of the font, as TrueType has it."""
    bar = struct.pack(">hhhhh", 1, 0, BELOW, NARROW, EM + BELOW) + struct.pack(">HH", 3, 0) + b"\x01" * 4
    bar += struct.pack(">4h4h", 0, 0, NARROW, 0, BELOW, EM, 0, -EM)
    bar += b"\0" * (-len(bar) % 4)
    tables = {
        b"cmap": _characters(),
        b"glyf": bar,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, EM, 0, 0, 0, BELOW, EM, EM + BELOW, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">IhhhHhhhhhh8xhH", 0x10000, EM + BELOW, BELOW, 0, EM, 0, 0, EM, 1, 0, 0, 0, 3),
        b"hmtx": struct.pack(">HhHhHh", EM, 0, EM, 0, EM, 0),
        b"loca": struct.pack(">4I", 0, 0, len(bar), len(bar)),
        b"maxp": struct.pack(">IH13H", 0x10000, 3, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return _packed(tables)


def _characters() -> bytes:
    """Which glyph a character is: groups of characters that share one."""
    starts = [0, *BLANKS, *(blank + 1 for blank in BLANKS)]
    starts.sort()
    groups = [
        (start, following - 1, NOTHING if start in BLANKS else BAR)
        for start, following in zip(starts, [*starts[1:], LAST + 1], strict=True)
    ]
    body = b"".join(struct.pack(">III", *group) for group in groups)
    head = struct.pack(">HHIII", 13, 0, 16 + len(body), 0, len(groups))
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + head + body


def _packed(tables: dict[bytes, bytes]) -> bytes:
    directory, content, at = b"", b"", 12 + 16 * len(tables)
    for name, table in tables.items():
        directory += struct.pack(">4sIII", name, 0, at + len(content), len(table))
        content += table + b"\0" * (-len(table) % 4)
    return struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 48) + directory + content
