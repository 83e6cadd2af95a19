"""What a form of a family holds: the words of it, made by seed."""

from dataclasses import dataclass, field
from random import Random

NAMES = (
    "高标准农田建设", "农村公路养护", "义务教育营养改善计划", "水库除险加固", "文物保护修缮", "村组干部报酬", "拆违经费",
    "博物馆免费开放补助", "消防装备购置", "法治宣传经费", "困难群众救助", "城区绿化养护", "智慧安监平台运维", "种质资源保护",
)  # fmt: skip
UNITS = ("某县农业农村局", "某县交通运输局", "某县教育体育局", "某县水利局", "某县文化和旅游局", "某县应急管理局")
GOALS = (
    "按时完成年度任务。", "改善农村生产生活条件，提高群众满意度。", "保障各项业务正常运转。", "确保工程质量合格，按期投入使用。",
    "提升公共服务水平，受益群众不少于5000人。", "做好日常管护，消除安全隐患。",
)  # fmt: skip
LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
INDICATORS = (
    ("建设面积", "≥20000平方米"), ("培训人数", "≥100人"), ("验收合格率", "≥95%"), ("资金支付及时率", "100%"), ("项目成本", "≤50万元"),
    ("群众满意度", "≥90%"), ("政策知晓率", "≥85%"), ("完成时限", "12月底前"), ("工程使用年限", "≥10年"), ("改善市容环境", "有效改善"),
    ("受益户数", "=320户"), ("养护里程", "310公里"), ("设备购置数量", "20台"), ("保障机构运转", "长期"), ("事故发生率", "≤1‰"),
)  # fmt: skip
RESULTS = ("完成", "≥100人", "98%", "310公里", "已达标", "0")
REASONS = ("", "", "汛期损毁", "受天气影响，进度滞后")


@dataclass(slots=True)
class Indicator:
    level1: str
    level2: str
    name: str
    target: str
    term: str = ""
    cells: dict[str, str] = field(default_factory=dict)  # of columns without a place of their own, by label


@dataclass(slots=True)
class Project:
    """What a form says of one project; the labels are those that it prints."""

    name: str
    code: str = ""
    attributes: list[tuple[str, str]] = field(default_factory=list)
    funds: list[tuple[str, str, str]] = field(default_factory=list)  # label, label over the column, amount
    goals: list[tuple[str, str]] = field(default_factory=list)  # label, text
    indicators: list[Indicator] = field(default_factory=list)


def amount(random: Random) -> str:
    return random.choice(
        (
            "",
            "0",
            f"{random.randint(1, 9999)}.00",
            f"{random.randint(1, 99)},{random.randint(100, 999)}.50",
            f"{random.randint(1, 900)}",
        )
    )


def indicators(random: Random, fewest: int = 2) -> list[Indicator]:
    """Some indicators, those of one level side by side."""
    found = []
    for level1, seconds in LEVELS.items():
        for level2 in random.sample(seconds, random.randint(0 if found else 1, len(seconds))):
            for name, target in random.sample(INDICATORS, random.choice((1, 1, 2))):
                found.append(Indicator(level1, level2, name, target))
    return found if len(found) >= fewest else indicators(random, fewest)
