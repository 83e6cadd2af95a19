"""Amounts with their labels in one cell: 一、总额120万元 其中：财政拨款：100万元；自有资金：20万元."""

import re

from ingest.vocabulary.form_labels import is_fund

LABEL_AND_AMOUNT = re.compile(
    r"([\u4e00-\u9fff]{1,14})[:：]?\s{0,4}([\d０-９][\d０-９,，.]{0,17}\s{0,4}(?:亿元|万元|元)?)(?![\d０-９.%％年月])"
)
BETWEEN = re.compile(r"[\s，,；;。、:：()（）]|其中|[一二三四五六七八九十]{1,2}(?=[、.])|\d{1,2}(?=[、.．])")
LABELS = frozenset(
    ["其他", "其它", "总额", "合计", "总计", "中央", "省级", "市级", "县级", "区级", "上级", "本级"]
)  # of funds, in a cell of amounts
FEWEST, LONGEST = 2, 400  # amounts; characters


def amounts_in(text: str) -> list[tuple[str, str]]:
    """(label, amount) of a cell that holds several, or one with its unit, and nothing else; empty for any other cell."""
    if len(text) > LONGEST:
        return []
    found, rest, last = [], [], 0
    for match in LABEL_AND_AMOUNT.finditer(text):
        found.append((match[1].removeprefix("其中"), match[2].strip()))
        rest.append(text[last : match.start()])
        last = match.end()
    is_money = len(found) >= FEWEST or any("元" in amount for _, amount in found)
    if not is_money or BETWEEN.sub("", "".join([*rest, text[last:]])):
        return []
    return found if all(label in LABELS or is_fund(label) for label, _ in found) else []
