"""A text as the words of the search index: cut the same way where a document is indexed and where a question is asked.

Chinese has no blanks, and no dictionary cuts as every reader does. So a run of Chinese characters gives its dictionary
words (jieba, search mode), each pair of neighbouring characters and each character: 污水 is found in 城市污水处理厂 however it
is cut. Digits, letters and codes are whole words; a code that is joined by - _ / gives its parts as well.
"""

import re
import unicodedata
from collections import Counter
from functools import cache

WORD, PAIR, CHARACTER = "word", "pair", "character"
HAN = "〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:[._/-][^\W_{HAN}]+)*")
JOINT = re.compile(r"[_/-]")
IS_HAN = re.compile(rf"[{HAN}]")


def folded(text: str) -> str:
    """The form in which words are compared: full and half width, upper and lower case are one."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(text: str) -> dict[str, tuple[int, str]]:
    """The index words of `text`, each with how often it appears there and its type."""
    counts: Counter[str] = Counter()
    types: dict[str, str] = {}
    for run in RUN.findall(folded(text)):
        if IS_HAN.match(run):
            _add_han(run, counts, types)
        else:
            codes = _of_code(run)
            counts.update(codes)
            types |= dict.fromkeys(codes, WORD)
    return {word: (count, types[word]) for word, count in counts.items()}


def asked(text: str) -> tuple[list[list[str]], list[str]]:
    """The words of a question, each as the index words that a text must hold, and further ones that rank it higher."""
    needed, parts = [], []
    for run in RUN.findall(folded(text)):
        cut = _dictionary().lcut(run, HMM=False) if IS_HAN.match(run) else [run]
        needed += [pairs(word) if IS_HAN.match(word) else [word] for word in cut]
        parts += [word for word in words(run) if len(word) > 1]
    return _distinct(needed), _distinct(parts)


def pairs(run: str) -> list[str]:
    """The pairs of neighbouring characters of a Chinese word; the character where it is one."""
    return [run[start : start + 2] for start in range(len(run) - 1)] or [run]


def _add_han(run: str, counts: Counter[str], types: dict[str, str]) -> None:
    """Count the words, pairs and characters of a Chinese run. What a dictionary word is somewhere in the text is one."""
    cut = _dictionary().lcut_for_search(run, HMM=False)
    counts.update(word for word in cut if len(word) > 2)
    counts.update(run)
    types |= dict.fromkeys([piece for piece in run if piece not in types], CHARACTER)
    if len(run) > 1:
        neighbours = pairs(run)
        counts.update(neighbours)
        types |= dict.fromkeys([piece for piece in neighbours if piece not in types], PAIR)
    types |= dict.fromkeys(cut, WORD)


def _of_code(run: str) -> list[str]:
    return [run, *JOINT.split(run)] if JOINT.search(run) else [run]


def _distinct(found: list) -> list:
    return [value for place, value in enumerate(found) if value not in found[:place]]


@cache
def _dictionary():
    import jieba  # 0.2 s to import: only where texts are cut

    return load(jieba.Tokenizer())


def load(tokenizer):
    """A tokenizer of jieba with the dictionary of its wheel; returns it. jieba's own loader keeps a cache in the shared
    temporary folder and trusts what lies there, so the dictionary is read here: 0.8 s.
    """
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer
