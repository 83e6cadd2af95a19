"""Texts of the published file that say a thing in Chinese and then in English, with ； between the two."""

import re

# Behind the break English begins with a letter, a figure or a quotation mark; a Chinese sentence mostly goes on in Chinese.
SIGNS = re.compile(r"[“”\"]|；(?=[!-~])")


def halves(text: str) -> tuple[str, str]:
    """(Chinese, English) of a text; the whole of it twice where it does not say where one ends.

    A quotation may contain a break of its own, so the last one outside of quotation marks counts.
    """
    depths, place = {"“": 0, '"': 0}, 0
    for sign in SIGNS.finditer(text):
        if sign[0] == "；":
            place = place if any(depths.values()) else sign.start()
        elif sign[0] == '"':
            depths['"'] ^= 1
        else:
            depths["“"] += 1 if sign[0] == "“" else -1
    return (text[:place], text[place + 1 :]) if place else (text, text)
