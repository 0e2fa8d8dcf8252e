"""Who holds the duties: the holder's name in a heading, a title or an opening sentence."""

import re
from collections.abc import Iterable

_DUTY_WORDS = re.compile(
    r"(?:的|之)?(?:"
    r"(?:全面|主要|重要|直接|集体)领导责任|(?<![院局校所厂区县市镇乡管])领导责任|主体责任|集体责任|监督责任|第一责任人(?:责任|职责)|监管责任|管理责任"
    r"|(?:(?:安全生产|岗位|目标|消防安全|目标管理|工作|党建工作|党风廉政建设)?责任制|(?:工作|年度)*目标(?:任务|责任)?|目标任务|岗位说明书|(?:职责)?(?:与|和|及)?权限|职权"
    r"|(?:职责|责任)(?:和|与|及)(?:任务|要求)|(?:工作|行为|履职)(?:规范|标准|内容)|(?:责任|任务)(?:分解|要求|落实)|履[职责](?=清单)|[权职]责(?=清单))"
    r"|年度(?:重点)?工作|(?<=[\u4e00-\u9fff]{2})第一责任人|[“\"]?一岗双责[”\"]?(?:的?(?:责任|职责))?|(?:直接|第一|牵头|属地|分管|主管|包保|协管|兜底|连带|配合|集体|部门|岗位|全面)责任"
    r"|(?:20\d\d)?年度?(?=(?:重点)?(?:工作)?(?:任务|责任|职责)?清单)|(?:重点|主要)?(?:工作)?任务(?:工作)?|"
    r"(?:工作|岗位|主要|具体|法定|基本|安全|安全生产|管理|监管|履职|消防安全|党建|全面从严治党|"
    r"党风廉政建设|意识形态工作|环保|治理|河长制)*(?:责任|职责|职能|义务)"
    r"|清单|分工|一览表?|责任书|工作要求|履职事项|履责事项|责任事项|工作事项|个性|共性|重点工作|安全生产"
    r")$"
)
_VERBS = re.compile(
    r"(?:落实|加强|压实|压紧|履行|强化|坚持|严格|严明|严守|严肃|认真|抓好|抓实|抓|推进|推动|"
    r"完善|健全|建立|明确|深化|深入|提升|提高|做好|做到|"
    r"开展|切实|树立|树牢|牢固|组织(?!部|委|科|处|股|干事|员)|坚定|支持|指导|监督(?!员|管理|"
    r"科|站|所|部门|委)|督促|夯实|筑牢|聚焦|围绕|关于|全面|持续|不断|规范|选好|选优|配齐|配强|"
    r"维护|保障|保证|确保|充分|积极|"
    r"发挥|贯彻|执行|学习|宣传(?!部|委|科|股|干事)|管好|管理(?!员|处|科|所|站|部门|人员|委|"
    r"局|办)|建设(?!局|办|科|单位)|领导(?!班子|干部|小组|成员|人员|组)|负责|参与|协助|配合|"
    r"了解|关心|重视|优化|创新|实施|实行|"
    r"带头|教育(?!局|科|部|处|办|体育)|培养|发展|改进|巩固|防范|防止|整治|查处|处理|统筹|科学|"
    r"模范|按照|根据|为了|对|把|"
    r"将|依法|定期|及时|每|全体党员干部要)"
)
_NOUNS = re.compile(
    r"(?:党委|党组|总支|支部|党组织|纪委|纪检组|纪检监察组|书记|委员|班子|成员|负责人|责任人|"
    r"领导干部|(?:分管|主要|主管|单位|公司|企业|学校|医院|班子|局|校|院|所|厂|区|处|科|站|行|会|县|市|镇|乡|街道|包保|"
    r"包村|部门|党政|挂点|联系|值班|带班|跟班|包抓)领导|"
    r"干部|支书|主任|局长|校长|院长|园长|所长|站长|科长|处长|部长|厂长|矿长|镇长|乡长|村长|县长|"
    r"市长|主席|主管|经理|(?:工程|会计|经济|统计|审计|规划|建筑|设计|分析|评估|质检|检验|技|律|厨|教练|营养|消防安全|咨询|调解|监理|架构|造价|(?<![老教医药导])导|讲|牧|法)师|(?:经理|经营|管理|领导|决策)层|总监|董事长|董事会|监事会|队长|组长|班长|工长|班主任|[村校厂]医|教师|老师|教职工|"
    r"护士长|护士|医师|医生|药师|"
    r"保安|门卫|厨师|司机|驾驶员|(?<![成增延专特生助加])长|[\u4e00-\u9fff]员|工人|职工|(?:^|[、和])[一-龥]{2,4}(?<![施竣开分用复化加罢停完返务动误手])工|(?:操作|维修|检修|机修|电|焊|叉车|司炉|保洁|护林|装卸|清洁|钳)工|人员|"
    r"专干|教练|秘书长|会长|秘书|会计|出纳|家长|法定代表人|实际控制人|控制人|(?:管理|承办|监护|经办|值班|带班|主办|监管)人|业主|"
    r"(?:党委|党组|支委|常委|理事|议事|联合|基金|业主委员|协|商|学生|联谊|促进|研究)会|村民|居民|学生|员工|经营者|销售者|生产者|监护者|"
    r"(?:使用|所有|经营|承包|承租|出租|举办|开办|申请|受托|委托|投资|运营|承运|当事|代理|包保|包联|挂点|养犬)人|"
    r"办公室|(?<![督承协主查交举创领包催])办|委员会|居委会|村委会|委|政府|局|科|室|处|部|中心|站|"
    r"所|厂|厅|院|馆|学校|中学|小学|幼儿园|学院|公司|集团|银行|农商行|[支分]行|信用社|企业|单位|部门|机关|机构|街道|办事处|乡镇|镇|"
    r"乡|村|社区|(?:高新|开发|新|城|园|学|校|辖|片|景|库|林|工业|经开|自贸|保护|[东西南北中])区|"
    r"[各省市本]县|全?县|(?<![重改])组|专班|工会|团委|共青团|妇联|大队|中队|支队|[作务击讲逻援练战]队|车间|"
    r"班组|岗位|岗|级|团支部|少先队|学生会|党政办|两委|同志|合伙人|负责同志|[甲乙丙]方)$"
)
# The field a duty is in stands between the holder and the word: 党委书记党风廉政建设|主体责任.
_FIELD = re.compile(
    r"(?:在|抓好?|履行|落实|承担)?(?:(?:基层|机关)?党建|党的建设|(?:全面)?从严治党|管党治党|党风廉政(?:建设)?|廉政(?:建设)?|廉洁(?:从业|自律)?|反腐败"
    r"|意识形态|统战|统一战线|党管武装|人才|保密|(?:工程)?质量(?:管理|安全)?|信访(?:维稳|稳定)?|维稳|禁毒|综治|综合治理|平安(?:建设|创建)|法治(?:建设)?|普法"
    r"|消防(?:安全)?|(?:森林|草原)*防灭?火|(?:网络|食品|药品|食品药品|交通|校园|治安|粮食|施工|运输|实验室)?安全(?:生产|保卫|管理|稳定)?|治安(?:保卫)?"
    r"|环保|(?:生态|人居)?环境(?:保护|卫生|整治)?|生态(?:文明建设)?|污染防治|耕地保护|乡村振兴|脱贫攻坚|防汛(?:抗旱|防台)*|应急(?:管理|处置)?|疫情防控"
    r"|[河林田湖]长制|教育?教学|德育|行风(?:建设)?|作风(?:建设)?|精神文明(?:建设|创建)?|文明创建|营商环境|监督|执纪|管理|经济|政治)"
    r"(?:工作)?(?:方面|中|上)?$"
    r"|(?:应当?|需要?|须|要|所)?(?:履行|承担|落实|尽到?|负|抓好?)$"
)
# 护士长院感防控职责: behind a post any words may say the field
_POST_FIRST = re.compile(
    r"^.{0,12}?(?:书记|主任|经理|主席|董事|委员|负责人|总监|[局校院园所站科处部厂镇乡村县市组队厅士]长)(?=[\u4e00-\u9fff]{2,8}$)"
)
# 党委书记（第一责任人责任）, 副镇长（一岗双责）
_DUTY_REMARK = re.compile(r"[（(【][^（()）【】]{0,12}(?:责任|职责|责任人|一岗双责[”\"]?|[0-9]{1,3}[项条])[）)】]$")
_BRACKETS = re.compile(r"[（(【][^（()）【】]{1,14}[）)】]$")
_DUTIES_FOLLOW = re.compile(
    r"^(?P<who>[^，。；：,;:]{2,30}?)(?:(?:按照|根据|对照|围绕|依据|结合)[^。；：;:]{2,40}?(?:[，,]|的?要求[，,]?))?(?:的)?(?:(?:应当|应|要|须|必须|需|需要|主要|依法|依规|"
    r"认真|切实|具体|全面|在[^，。；]{2,20}(?:中|方面|工作))*)"
    r"(?:履行|承担|负有|落实|做好|负责)(?:以下|下列|如下)[^，。；：]{0,16}[:：]?$"
    r"|^(?P<whose>[^，。；：,;:]{2,30}?)(?:的)?(?:主要|工作|岗位|具体|安全|安全生产)*(?:职责|"
    r"责任|任务|义务)(?:是|为|包括|如下|有)(?:以下[^，。]{0,6})?[:：]?$"
)
# X是第一责任人，…，履行下列职责：; X对…负总责，其责任内容为：
_IN_CHARGE = re.compile(
    r"^(?P<who>[^，。；：,;:]{2,30}?)(?:是|作为|为|对)[^。；：;:]{2,60}[，,](?:应当|应|要|须|必须|需|主要|具体|并|依法|认真|切实)*"
    r"(?:(?:履行|承担|负责|落实|做好)(?:以下|下列|如下)[^，。；：,;:]{0,16}"
    r"|[^，。；：,;:]{0,12}(?:职责|责任|任务)(?:内容|范围)?(?:是|为|包括|如下|有)?)[:：]$"
)
# 张甲（党委书记）, 党委书记 张甲: the person's post is the role
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘杜戴夏钟汪田任"
    "姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文XＸ某"
)
_WHOM = rf"[{_SURNAMES}][ \u3000]{{0,4}}[一-龥XＸ]{{1,2}}"
_WHOM_ALL = rf"{_WHOM}(?:[、\s]\s*{_WHOM})*"
_POSTS = (
    r"[^（()）0-9，,；;:：\s]{0,20}(?:书记|主任|长|经理|主席|员|总监|董事|主管|负责人|干事|专干|秘书|会计|出纳"
    r"|(?:工程|会计|经济|农艺|统计|审计|规划)师)"
)
_POST = rf"(?P<who>{_POSTS})"
_PERSON = re.compile(
    rf"^[一-龥XxＸ×*]{{2,3}}(?:同志)?\s*[（(]{_POST}(?:[，,；;][^（()）]{{1,30}})?[）)]$"
    rf"|^(?:[一-龥XxＸ×*]{{2,3}}同志\s*[，,:：\s]?\s*|{_WHOM}[ \u3000]+)(?P<post>{_POSTS})$"
    rf"|^(?P<office>{_POSTS})(?:[ \u3000]+{_WHOM_ALL}|[:：]\s*{_WHOM})(?:同志)?$"
)
_BESIDE_NAME = re.compile(
    r"^(?:清单|附?表|附件)\s*[一二三四五六七八九十0-9]{1,2}\s*[:：\s]\s*|[（(][^（()）]{0,12}[0-9０-９]分[^（()）]{0,12}[）)](?=[：:]?$)"
)
# 职务：镇长    姓名：…
_LABELLED = re.compile(
    r"^(?:职务|岗位(?:名称)?|责任(?:主体|单位|部门|岗位|层级)|部门(?:名称)?|单位(?:名称)?|角色)\s*[:：]\s*(?P<who>[^\s:：，。；]{2,24})"
    r"(?:\s+[^\s:：]{1,8}\s*[:：].*)?$"
)
# 董事会：负责重大事项决策, over its list
_GLOSSED = re.compile(
    r"^(?P<who>[^，。；：:\s]{2,16})\s*[：:]\s*(?:主要|全面|具体)?(?:负责|承担|主管|分管|统筹|牵头)[^。；：:]{2,30}$"
)
_PARTY = re.compile(
    r"(?:(?:乙\s*方|(?:责任|承诺|承办|受托|填报|整改)(?:单位|部门|主体))(?P<unit>)|(?:责任|承诺|承办|受托)人)\s*(?:[（(][^（()）]{1,12}[）)])?"
    r"\s*[:：]\s*(?P<who>[一-龥（）()、]{2,24})"
)
_OPENING = re.compile(
    r"^(?P<who>[^，。；：,;:*]{2,24}?)(?:是|作为|担负|应当|应|要|必须|负责|承担|对|认真|坚决|坚持|始终|切实|深入|"
    r"严格|全面|高度重视|扎实|紧紧)"
)
_BEFORE_VERB = re.compile(r"^(?P<who>.{2,40}?)(?:履行|落实|抓(?!手)|开展|推进|承担|贯彻|执行|述职|述责|述廉|加强)")
_YEAR = re.compile(
    r"^[（(]?(?:20\d\d(?:\s*[-—－至]\s*20\d\d)?\s*年?|(?:[二2][〇○零0一二三四五六七八九XxＸ×*\d]{3}|[XxＸ×*]{1,4})年)"
    r"(?:度|上半年|下半年)?[）)]?"
)
_INNER_YEAR = re.compile(r"20\d\d(?:\s*[-—－至]\s*20\d\d)?\s*(?:学年|年)度?")
_DUTY_PHRASES = (
    re.compile(r"(?:全面|主要|重要|直接)?领导责任|主体责任|监督责任|第一责任人|一岗双责"),
    re.compile(r"[\u4e00-\u9fff]{2,10}(?:责任|职责|任务)(?=清单|书|制)"),
)
_PAPER = re.compile(
    r"(?:工作)?(?:考核|考评|评分|评价|管理)?(?:实施|暂行)?(?:办法|细则|规定|标准|方案|制度|评分表|一览表)$"
)
_ROOT_BODY = re.compile(r"(?:机关党委|机关纪委|党组|党委|党总支|党支部|纪委|支部委员会|支委会|领导班子)")
_BODY = re.compile(
    r"(?:书记|支部|总支|党委|党组|纪委|党组织|党工委|班子|班子成员|负责人|[一-龥]{2}(?:人员|教师|职工|主任|局长|校长|院长))$"
)
_HALF = str.maketrans("０１２３４５６７８９", "0123456789")
_REGION = re.compile(r"([\u4e00-\u9fff]{2,5}?(?:省|市|州|县|区))[\u4e00-\u9fff]+清单")
_GOES_ON = frozenset("制级法作")  # 河长制, 部门级, 考核办法: the name is part of another word
_WITHIN = frozenset(
    {"院感", "校园", "校车", "村务", "局域", "站点", "班会", "部位", "处方", "员工", "组织", "会议", "室内", "岗双"}
)
_PLAIN_DUTY = re.compile(r"(?:责任|职责)(?:清单)?$")
_SHORTEST_WHOLE = 4
_LONGEST = 24
_OPENING_CLAUSES = 4
_LONGEST_BARE = 14


def holder(heading: str) -> str | None:
    """The holder a heading names: 班组长工作职责 -> 班组长, 河长履行下列职责： -> 河长; None where it names none."""
    text = _BESIDE_NAME.sub("", heading.strip().strip("“”\"'【】"))
    if labelled := _LABELLED.match(text) or _PERSON.match(text) or _GLOSSED.match(text):
        return _noun(next(who for who in labelled.groupdict().values() if who))
    if found := _DUTIES_FOLLOW.match(text):
        return _noun(found["who"] or found["whose"])
    if found := _IN_CHARGE.match(text):
        return _noun(found["who"])
    text = _YEAR.sub("", text.rstrip(":： 。"))
    core = _core(text)
    if core != text:
        # 食堂主管责任 is what 食堂主管 has to do, and no 主管责任 of a canteen
        whole = _PLAIN_DUTY.sub("", text)
        plain = _noun(core) or (_noun(whole) if core and len(whole) >= _SHORTEST_WHOLE else None)
        return plain or _noun(_without_field(core))
    return _noun(core) if len(core) <= _LONGEST_BARE else None


def is_bare(heading: str) -> bool:
    """Whether a heading is nothing but a name: no word of it says duty, list or task."""
    text = heading.strip().rstrip(":： 。")
    return not _DUTIES_FOLLOW.match(heading.strip()) and _core(text) == text


def is_labelled(heading: str) -> bool:
    """Whether a heading names its holder as a form does: 岗位名称：出纳."""
    return bool(_LABELLED.match(heading))


def _core(text: str) -> str:
    """`text` without the words at its end that say duty, list or task."""
    core = _DUTY_REMARK.sub("", text)
    while (shorter := _DUTY_WORDS.sub("", _drop_brackets(core))) != _drop_brackets(core):
        core = _DUTY_REMARK.sub("", shorter)
    return core


def _without_field(core: str) -> str | None:
    """The holder before the field of work at the end of `core` (党支部书记信访维稳), None where there is none."""
    shorter = core
    while found := _FIELD.search(shorter):
        shorter = _DUTY_WORDS.sub("", shorter[: found.start()])
    if shorter != core:
        return shorter
    post = _POST_FIRST.match(core)
    return post[0] if post else None


def _drop_brackets(text: str) -> str:
    """`text` without a remark in brackets at its end; a second name in brackets (党组（党委）) stays."""
    found = _BRACKETS.search(text)
    if found is None or _NOUNS.search(found[0].strip("（()）【】")):
        return text
    return text[: found.start()]


def _noun(text: str | None) -> str | None:
    name = (text or "").strip(" 、:：的")
    plain = name.replace("“两委”", "两委")
    if not name or len(name) > _LONGEST or re.search(r"[，。；：,;:《》！？“”]", plain) or _VERBS.match(name):
        return None
    bare = _BRACKETS.sub("", plain)
    return name if _NOUNS.search(bare) else None


def party(lines: Iterable[str]) -> str | None:
    """Who takes the duties on, by the lines above a list: 乙方：第二车间, 责任单位：办公室; None where none says so."""
    hits = (hit for line in lines if (hit := _PARTY.match(line)))
    # what is called a unit is one, whatever its name; 责任人 may be a person
    found = (hit["who"] if hit["unit"] is not None else _noun(hit["who"]) for hit in hits)
    return next((name for name in found if name), None)


def title_holder(title: str, preamble: str = "") -> str:
    """The holder of a list without role headings, from its title, else from its opening sentence.

    Where neither names anybody it is the title's phrase of duty (重要领导责任), else the title without its year.
    """
    # 乡村振兴 is a field of work, not a place
    whole = _YEAR.sub("", title.translate(_HALF).replace(" ", "").replace("乡村振兴", "振兴"))
    first, year, _ = _INNER_YEAR.sub("\n", whole).partition("\n")
    plain = _INNER_YEAR.sub("", whole)
    before = _BEFORE_VERB.match(plain)
    place = first if year and first.endswith(("省", "市", "州", "县", "区")) else ""
    name = _behind_year(plain[len(first) :]) if year else None
    name = name or place or (_noun(first) if year else None)
    name = name or (_noun(before["who"]) if before else None) or holder(plain)
    name = name or leading_holder(_PAPER.sub("", _drop_brackets(plain)))
    if name:
        return _shorten(name)
    region = _REGION.match(plain)
    name = _opening_holder(preamble) or (region[1] if region else None)
    phrase = next((found[0] for pattern in _DUTY_PHRASES if (found := pattern.search(plain))), None)
    return name or phrase or whole or "责任人"


def _opening_holder(preamble: str) -> str | None:
    """Who the first sentence of the preamble speaks of (2025年以来，局党组认真履行…)."""
    clauses = re.split("[，,]", preamble.partition("。")[0])[:_OPENING_CLAUSES]
    found = (_noun(opening["who"]) for clause in clauses if (opening := _OPENING.match(clause)))
    return next((name for name in found if name), None)


def leading_holder(plain: str) -> str | None:
    """The longest beginning of a title or clause that is a holder's name; None where it begins with none."""
    stop = min(len(plain), _LONGEST)
    ends = (
        end
        for end in range(stop, 1, -1)
        if plain[end : end + 1] not in _GOES_ON and plain[end - 1 : end + 1] not in _WITHIN
    )
    return next((name for end in ends if (name := _noun(plain[:end]))), None)


def _behind_year(plain: str) -> str | None:
    """Who is named behind the year (青禾镇2026年村级党组织书记抓党建…); a field of work (社区治理) is nobody."""
    before = _BEFORE_VERB.match(plain)
    name = leading_holder(_PAPER.sub("", plain))
    return (_noun(before["who"]) if before else None) or (name if name and _BODY.search(name) else None)


def _shorten(name: str) -> str:
    """A general body in a title (县直部门单位党组（党委）) stands for every one of its kind: the kind is the name."""
    found = _ROOT_BODY.search(name)
    return name[found.start() :] if found and re.search(r"(?:部门|单位|各级|直属)", name[: found.start()]) else name
