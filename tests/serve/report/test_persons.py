"""Natural persons in printed texts."""

import pytest

from serve.report.persons import HIDDEN, without_persons


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("补助张三同志生活费", f"补助{HIDDEN}生活费"),
        ("联系电话 138 0013 8000。", f"联系电话 {HIDDEN}。"),
        ("13800138000,13900139000", f"{HIDDEN},{HIDDEN}"),
        ("身份证130225199001011234", f"身份证{HIDDEN}"),
        ("王五、赵六等3人", HIDDEN),
        ("慰问于洋等3人", f"慰问{HIDDEN}"),
        ("高峰等12名", HIDDEN),
        ("用于困难等20人", "用于困难等20人"),
        ("对于残疾等20人", "对于残疾等20人"),
        ("补贴高龄等20人", "补贴高龄等20人"),
        ("严重残疾、常住等五人", "严重残疾、常住等五人"),
        ("用于王五等3人", f"用于{HIDDEN}"),
        ("编码13030321199H7YOAI104I", "编码13030321199H7YOAI104I"),
        ("13022520190101123400001", "13022520190101123400001"),
        ("乐亭森宇再生资源有限公司土地款", "乐亭森宇再生资源有限公司土地款"),
        ("同志们辛苦了", "同志们辛苦了"),
        ("", ""),
    ],
)
def test_persons_are_hidden_and_nothing_else(text, shown):
    assert without_persons(text) == shown


def test_what_the_models_find_of_persons_is_hidden(connection):
    """The texts of the five documents name none; payees and groups of persons stay as printed."""
    texts = [text for (text,) in connection.execute("select text from meta.search_text").fetchall()]
    assert len(texts) > 500
    assert [text for text in texts if without_persons(text) != text] == []
