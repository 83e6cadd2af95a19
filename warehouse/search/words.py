"""A text as the words of the search index: cut the same way where a document is indexed and where a question is asked.

Chinese has no blanks, and no dictionary cuts as every reader does. So a run of Chinese characters gives its dictionary
words (jieba's dictionary, search mode), each pair of neighbouring characters and each character: 污水 is found in
城市污水处理厂 however it is cut. Digits, letters and codes are whole words; a code that is joined by - _ / gives its parts as well.
"""

import re
import unicodedata
from functools import cache

HAN = "〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:[._/-][^\W_{HAN}]+)*")
JOINT = re.compile(r"[_/-]")
IS_HAN = re.compile(rf"[{HAN}]")


def folded(text: str) -> str:
    """The form in which words are compared: full and half width, upper and lower case are one."""
    return unicodedata.normalize("NFKC", text).casefold()


def runs(text: str) -> list[str]:
    """The runs of `text` that give words, folded, in their order: Chinese characters, or digits, letters and codes."""
    return RUN.findall(folded(text))


def is_chinese(run: str) -> bool:
    return IS_HAN.match(run) is not None


def words_of_run(run: str) -> list[str]:
    """What a run gives as whole words, as often as it has them: dictionary words and those in them; a code and its parts.

    A Chinese run gives its pairs and characters as well: text_words.py cuts them, for many runs at once.
    """
    return _dictionary().cut_for_search(run, hmm=False) if is_chinese(run) else _of_code(run)


def asked(text: str) -> tuple[list[list[str]], list[str]]:
    """The words of a question, each as the index words that a text must hold, and further ones that rank it higher."""
    needed, parts = [], []
    for run in runs(text):
        cut = _dictionary().cut(run, hmm=False) if is_chinese(run) else [run]
        needed += [pairs(word) if is_chinese(word) else [word] for word in cut]
        parts += [word for word in (*words_of_run(run), *(pairs(run) if is_chinese(run) else [])) if len(word) > 1]
    return _distinct(needed), _distinct(parts)


def pairs(run: str) -> list[str]:
    """The pairs of neighbouring characters of a Chinese word; the character where it is one."""
    return [run[start : start + 2] for start in range(len(run) - 1)] or [run]


def _of_code(run: str) -> list[str]:
    return [run, *JOINT.split(run)] if JOINT.search(run) else [run]


def _distinct(found: list) -> list:
    return [value for place, value in enumerate(found) if value not in found[:place]]


@cache
def _dictionary():
    import rjieba  # 0.1 s to read its dictionary: only where texts are cut

    return rjieba
