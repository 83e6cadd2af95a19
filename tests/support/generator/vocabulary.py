"""Words of the forms: counties from seeds/, invented units, projects, indicators, targets and bases of every kind."""

import csv
from functools import cache
from pathlib import Path
from random import Random

SEEDS = Path(__file__).parent.parent.parent.parent / "seeds"

DEPARTMENTS = (
    "水利局", "林业和草原局", "城市管理综合行政执法局", "文化广电和旅游局", "农业农村局", "发展和改革局", "教育局",
    "卫生健康局", "交通运输局", "经济开发区管理委员会", "自然资源局", "应急管理局", "市场监督管理局", "乡村振兴局",
    "融媒体中心", "疾病预防控制中心", "东江堤防管护所", "茶果现代农业园区服务中心", "火山湖景区服务站", "人民医院",
    "第三实验小学", "退役军人事务局", "生态环境分局", "城关镇人民政府", "河道管理所", "消防救援大队",
)  # fmt: skip

TOWNS = ("城关镇", "东河镇", "三道沟乡", "柳林镇", "北关街道", "石桥镇", "新安屯", "南湖村", "工业园区", "临港片区")

# What a project does and on what: name, thing counted, its unit, what is done to it.
WORKS = (
    ("环湖游步道养护", "游步道", "公里", "养护"), ("路灯维修及电费", "路灯", "盏", "维修"),
    ("水质监测", "监测断面", "个", "监测"), ("河道清淤工程", "河道", "公里", "清淤"),
    ("果园防雹网建设", "防雹网", "亩", "建设"), ("农村饮水管网改造", "供水管网", "米", "改造"),
    ("防汛物资储备", "编织袋", "条", "储备"), ("代征污水处理费费用", "污水", "万吨", "处理"),
    ("招商及外宣经费", "招商活动", "次", "举办"), ("城区环卫保洁", "保洁面积", "万平方米", "保洁"),
    ("对口支援新疆帮扶资金", "帮扶项目", "个", "实施"), ("早期人防工程维护", "人防工程", "处", "维护"),
    ("退役士兵生活补助", "退役士兵", "人", "补助"), ("校舍维修改造", "校舍", "平方米", "维修"),
    ("空气监测站运营维护费", "监测站", "座", "运维"), ("110KV电源线工程", "输电线路", "千米", "架设"),
    ("森林草原防火", "隔离带", "公里", "维护"), ("智慧安监消防平台服务费", "监测点位", "个", "接入"),
    ("食品抽检经费", "抽检批次", "批次", "抽检"), ("文化惠民演出", "演出", "场", "举办"),
    ("危房改造补助", "危房", "户", "改造"), ("增殖放流", "鱼苗", "万尾", "放流"),
    ("档案数字化", "档案", "卷", "扫描"), ("房租", "办公用房", "平方米", "租用"),
    ("规划环评编制费", "规划报告", "份", "编制"), ("疫苗接种补助", "接种人次", "人次", "接种"),
    ("公交运营补贴", "公交线路", "条", "补贴"), ("绩效奖金", "在职职工", "人", "发放"),
)  # fmt: skip

NAME_TAILS = ("", "", "", "", "", "项目", "专项资金", "经费", "补助资金", "（二期）", "（2021年结转）", "及附属设施")
NAME_HEADS = ("", "", "", "", "", "2021年", "本级", "提前下达2023年", "{town}", "城乡")
DOCUMENT_NUMBERS = (
    "{p}财农【2023】{n}号", "{p}财建〔2022〕{n}号", "{p}发改【2021】{n}号", "开发改呈【2023】{n}号", "{p}政办【2012】{n}号",
)  # fmt: skip
PROVINCE_SIGNS = ("冀", "浙", "川", "湘", "粤", "陕", "鲁", "甘", "闽", "云", "蒙", "吉")

PURPOSES = (
    "用于{n}{u}{o}的日常{v}、材料购置和人工支出。", "{v}{o}{n}{u}，确保按期完成年度任务。", "确保{o}{v}工作正常开展",
    "根据《关于进一步加强{o}{v}工作的意见》，用于{town}、{town2}等地{o}{v}，其中材料费{a}万元、人工费{b}万元。",
    "20人×1680元×12个月，全年合计403200元，用于{o}{v}人员工资。", "支付{town}{o}{v}合同尾款。",
    "{p}政办【2012】154号文件要求，{v}{o}{n}{u}，每年10月底前完成验收，12月底前支付完毕。",
    "为贯彻落实安全第一、预防为主的方针，聘请第三方对{o}开展巡查，每季度不少于1次，编制月报和年报。",
)  # fmt: skip

GOALS = (
    "保持{o}完好，确保安全运行。", "完成{o}{v}{n}{u}", "{v}{o}{n}{u}，提高群众满意度", "确保资金足额及时拨付到位 ,确保{o}{v}",
    "2023年12月底前完成{o}{v}任务，验收合格率达到98%以上。", "提升{town}{o}{v}水平，改善人居环境；",
    "建立{o}长效管护机制，做到有人管、有钱管、有制度管", "降低{o}故障率，减少经济损失{a}万元左右。", "目标明确，{o}{v}有序推进",
)  # fmt: skip

# Level 3 name and its description, by level 2 (key below). {…} as above.
INDICATORS = {
    "数量": (("{v}{o}数量", "全年{v}{o}的数量", "count"), ("{o}数量（{u}）", "纳入{v}范围的{o}", "count"),
            ("{v}次数", "全年开展{v}的次数", "times"), ("检查次数(月）", "检查次数", "times"), ("建成监测点", "", "count"),
            ("任务完成情况", "对照设计图纸和产出指标逐项核验", "list"), ("监测站位数量", "监测站位数量", "yes_no")),
    "质量": (("验收合格率", "验收合格数量占{v}总数的比率", "percent"), ("{o}完好率（%）", "完好{o}占全部{o}的比率", "percent"),
            ("{v}达标率", "{v}达标率", "percent"), ("{v}质量", "{v}质量符合规范", "text"), ("机关运转", "", "text")),
    "时效": (("{v}完成时间", "完成全部{v}任务的时间", "date"), ("{v}及时率(%)", "按时完成{v}的批次占全部批次的比率", "percent"),
            ("响应时间", "从发现问题到处置完成的时间，即12月底前", "short"), ("按时支付", "按时支付", "yes_no")),
    "成本": (("{v}总成本", "全年{v}支出总额", "money"), ("每{u}成本", "每{u}{o}{v}支出", "money"), ("资金控制",
    "控制在预算资金内", "text"),
            ("节电量", "与上年相比节约的电量", "short")),
    "经济": (("带动增收", "带动周边农户年均增收", "money"), ("减少损失", "与上年相比减少的损失", "percent"),
            ("带动投资", "带动社会资金投入", "money"), ("优化营商环境", "优化营商环境", "text")),
    "社会": (("受益人口", "{o}覆盖的受益人口", "people"), ("群众保护意识", "提高群众保护意识", "text"),
            ("新增就业人数", "带动就业人数", "people"), ("投诉起数", "因{v}引发的投诉", "zero"),
            ("环境改善", "社会效益指标", "text")),
    "生态": (("水质达标率", "考核断面水质达标率", "percent"), ("水质类别", "主要断面年均水质类别", "text"),
    ("化肥减量", "", "percent")),
    "可持续": (("长效机制", "{o}管护机制健全程度", "text"), ("使用年限", "{o}设计使用年限", "years"), ("持续改善",
    "持续改善", "text")),
    "满意度": (("群众满意度", "群众对{o}{v}的满意程度", "satisfaction"), ("服务对象满意度", "服务对象满意度", "satisfaction"),
             ("受益企业满意度（%）", "（询问10人）受益企业满意程度", "heads")),
    "经济成本": (("{v}经济成本", "全年{v}支出总额", "money"), ("{o}单位成本", "每{u}支出", "money")),
    "社会成本": (("安全事故数", "{v}造成的安全事故", "zero"), ("纠纷起数", "因{v}引发的纠纷", "zero")),
    "生态环境成本": (("污染事件", "{v}造成的环境污染事件", "zero"), ("能耗", "单位{o}能耗", "short")),
    "预算执行": (("预算执行率", "实际支出占预算数的比率", "percent"),),
    "财务管理": (("制度健全性", "财务制度健全程度", "text"),),
}  # fmt: skip

# Taxonomies as printed: (level 1, its level 2 names with the key above).
OLD_SCHEME = (
    ("产出指标", (("数量指标", "数量"), ("质量指标", "质量"), ("时效指标", "时效"), ("成本指标", "成本"))),
    (
        "效益指标",
        (("经济效益指标", "经济"), ("社会效益指标", "社会"), ("生态效益指标", "生态"), ("可持续影响指标", "可持续")),
    ),
    ("满意度指标", (("服务对象满意度指标", "满意度"),)),
)
NEW_SCHEME = (
    ("成本指标", (("经济成本指标", "经济成本"), ("社会成本指标", "社会成本"), ("生态环境成本指标", "生态环境成本"))),
    ("产出指标", (("数量指标", "数量"), ("质量指标", "质量"), ("时效指标", "时效"))),
    OLD_SCHEME[1],
    OLD_SCHEME[2],
)
UNKNOWN_LEVELS = (("资金管理指标", (("预算执行指标", "预算执行"),)), ("管理指标", (("财务管理指标", "财务管理"),)))
OTHER_LEVEL1 = {"效益指标": ("效果指标", "项目效益"), "产出指标": ("项目产出",), "满意度指标": ("满意度",)}
OTHER_LEVEL2 = {
    "可持续影响指标": ("可持续性影响", "可持续影响"),
    "服务对象满意度指标": ("满意度指标", "服务对象满意度"),
}

TEXT_TARGETS = (
    "有效保障", "逐年改善", "满意", "明显提高", "较上一年进一步提升", "稳定在Ⅱ类", "完整", "不增加", "长期", "工作得到保障",
    "开展环境治理工作，卫生质量提升", "控制在预算资金内", "年度工作计划全部完成", "《考核办法》规定的标准",
)  # fmt: skip
YES_NO = ("是", "否", "是/否", "有", "合格/不合格")
DATES = (
    "2023年12月底",
    "2023年12月",
    "2023年12月底前",
    "12月底前",
    "2022年12月底",
    "2024年9月30日",
    "11月底前",
    "每月10日前",
)
BASES = (
    "年初预算", "年度工作计划", "房屋租赁合同", "往年经验", "问卷调查", "{p}编【2012】154号文", "{p}编【2012】154号文件", "合同",
    "{p}编2012【154】号文", "《中华人民共和国环境保护法》",
    "《中共{c}委、{c}人民政府〈关于安全生产“党政同责、一岗双责”〉的实施意见",
    "{p}延果发【2019】154号文果业站职责", "{o}{v}实施方案第2.3节", "初步设计批复（{p}发改2022〔36〕号）",
    "资金足额拨付率", "是否及时拨付",
    "根据上年度{o}{v}完成情况确定，2023年12月底前据实调整", "国家规范", "行业标准，；年度预算", "政府采购合同（编号ZC2023-0{n}）",
)  # fmt: skip

GOAL_KINDS = (
    ("长期目标（2023年—2025年）", "年度目标"), ("中期目标", "年度绩效目标"), ("实施期目标", "当年目标"), ("总体目标", "年度目标"),
    ("项目总目标", "年度总体目标"), ("三年目标（2024-2026年）", "2024年度目标"),
)  # fmt: skip
QUARTERS = {3: "{}一季度{}", 6: "{}二季度{}", 10: "{}三季度{}", 12: "{}四季度{}"}
LIST_HEADERS = (
    ("项目名称", "上年数", "预算数", "增减"), ("项目编码", "项目名称", "预算数", "财政资金", "其他资金"),
    ("序号", "项目名称", "项目代码", "合计", "一般公共预算", "政府性基金"), ("序号", "项目名称", "建设内容", "预算数", "备注"),
)  # fmt: skip
# A line before a form, and what is reported of it: persons and telephone numbers are masked.
LOOSE = {
    text: text for text in (
        "以上项目由项目实施单位组织实施，县财政局审核。", "本表一式三份，由预算单位、主管部门和财政部门分别留存。",
        "（本页以下无正文，相关材料另附）", "填表单位对以上内容的真实性负责。",
    )
} | {"联系人：办公室，联系电话：0315-0000000。": "联系人：***，联系电话：***。"}  # fmt: skip
NOTES = (
    "注：本表{o}数量以2022年底测绘成果为准。", "注：{v}任务遇法定节假日顺延。", "备注：新增{o}不在本项目内。",
    "说明：以上金额含上年结转资金。",
)  # fmt: skip


@cache
def counties() -> tuple[tuple[str, str], ...]:
    """Code and name of every county that exists today."""
    with (SEEDS / "administrative_division.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            (row["division_code"], row["division_name"])
            for row in csv.DictReader(lines)
            if row["division_level"] == "county" and not row["valid_to_year_exclusive"]
        )


class Words:
    """Fills the patterns of one document or project: the same thing, unit and work throughout."""

    def __init__(self, random: Random, county: str = "", department: str = "", year: int = 2023):
        self.random = random
        self.work, self.thing, self.unit, self.verb = random.choice(WORKS)
        _, thing2, _, verb2 = random.choice(WORKS)
        self.fixed = {
            "o": self.thing, "u": self.unit, "v": self.verb, "o2": thing2, "v2": verb2, "c": county, "d": department,
            "y": year, "p": random.choice(PROVINCE_SIGNS), "town": random.choice(TOWNS), "town2": random.choice(TOWNS),
        }  # fmt: skip

    def fill(self, pattern: str) -> str:
        random = self.random
        return pattern.format(
            **self.fixed, n=random.randint(2, 88), a=f"{random.randint(1, 900) / 10:g}", b=random.randint(1, 99),
            z=random.choice("一二三四五六"),
        )  # fmt: skip

    def one_of(self, patterns: tuple) -> str:
        return self.fill(self.random.choice(patterns))

    def project_name(self) -> str:
        return self.fill(self.random.choice(NAME_HEADS) + self.work + self.random.choice(NAME_TAILS))

    def target(self, kind: str) -> str:
        return TARGETS[kind](self.random, self.unit)

    def long_text(self, parts: int) -> str:
        """One sentence with many members, as pasted from a list of sites."""
        random = self.random
        members = [
            f"{number}号{self.thing}（{random.choice(TOWNS)}），{self.verb}{random.randint(2, 400)}{self.unit}"
            for number in range(1, parts + 1)
        ]
        return f"用于{parts}处{self.thing}{self.verb}：{'；'.join(members)}。"


def _count(random: Random, unit: str) -> str:
    number = random.choice((random.randint(1, 40), random.randint(50, 9000), f"{random.randint(1, 99) / 10:g}"))
    number = f"{number}{random.choice(('', '', '', ' '))}{unit}"
    return random.choice(("", "", "≥", "≥", "=", "不少于", "＞", "≤")) + number


def _percent(random: Random, unit: str) -> str:
    sign = random.choice(("≥", "≥", "≥", "", "=", "≤"))
    return f"{sign}{random.choice((85, 90, 95, 98, 99.5, 100))}{random.choice(('%', '%', '%', '百分比', '％', ' %'))}"


def _list(random: Random, unit: str) -> str:
    """Several quantities in one cell, a line for each."""
    return "\n".join(
        f"指标{number}：{random.choice(WORKS)[1]}{random.randint(2, 6000)}{random.choice(('米', '座', '口', '平方米', '㎡'))}"
        for number in range(1, random.randint(2, 5) + 1)
    )


TARGETS = {
    "count": _count,
    "percent": _percent,
    "list": _list,
    "times": lambda random, unit: (
        f"{random.choice(('', '≥', '='))}{random.randint(1, 24)}{random.choice(('次', ' 次', '次/年'))}"
    ),
    "short": lambda random, unit: (
        f"{random.choice(('≤', '', '<'))}{random.randint(1, 30)}{random.choice(('天', '小时', '个工作日', '分钟'))}"
    ),
    "money": lambda random, unit: (
        f"{random.choice(('≤', '', '=', '≥'))}{random.randint(1, 999)}{random.choice(('万元', '元', '万', ' 万元', '千元'))}"
    ),
    "people": lambda random, unit: (
        f"{random.choice(('≥', ''))}{random.randint(2, 900)}{random.choice(('人', '个人', '户', '万人次'))}"
    ),
    "zero": lambda random, unit: random.choice(("0起", "≤3起", "0次", "0")),
    "years": lambda random, unit: random.choice(("1年", "≥30年", "≤2年", "365天", "10年一遇", "20-30年")),
    "satisfaction": lambda random, unit: random.choice(("≥90%", "≥95%", "≥90百分比", "85%-95%", "满意程度")),
    "heads": lambda random, unit: random.choice(("≥7人", "≥18家", "9人以上")),
    "date": lambda random, unit: random.choice(DATES),
    "yes_no": lambda random, unit: random.choice(YES_NO),
    "text": lambda random, unit: random.choice(TEXT_TARGETS),
}  # fmt: skip
