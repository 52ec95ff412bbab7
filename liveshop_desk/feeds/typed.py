"""What the operator types into the quick number entry: ``在线 1284``, ``gmv 8.6万``, ``+5 订单``, ``1284``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from liveshop_desk.errors import UserError
from liveshop_desk.feeds.figure import read_figure
from liveshop_desk.i18n import _
from liveshop_desk.model.bases import BASES, Course, Figures, Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.record import MANUAL, Record

LIMIT = 500
# Every name an operator may say, in both languages; the keys of BASES are names as well.
_NAMES: Mapping[str, str] = {
    "online": "在线 在线人数 实时在线",
    "online_max": "最高在线 最高在线人数 峰值 pcu peak",
    "online_mean": "平均在线 平均在线人数 acu",
    "stay_seconds": "停留 平均停留 人均停留 人均观看时长 人均停留时长 stay",
    "views": "观看 观看次数 场观 pv",
    "viewers": "观看人数 uv",
    "impressions": "曝光次数 直播间曝光次数",
    "impression_viewers": "曝光 曝光人数 直播间曝光人数",
    "exposures": "商品曝光次数",
    "exposed_viewers": "商品曝光 商品曝光人数",
    "clicks": "点击次数 商品点击次数",
    "clickers": "点击 点击人数 商品点击人数",
    "cart_adders": "加购人数",
    "cart_units": "加购 加购件数 cart",
    "buyers": "成交人数 买家 支付人数",
    "orders": "订单 订单数 成交订单 成交订单数 成交笔数 order",
    "units": "件数 成交件数 销量 sold unit",
    "gmv": "成交金额 成交额 销售额 金额 sales",
    "user_paid": "用户支付金额 支付金额 paid",
    "net_gmv": "净成交金额 净成交",
    "refund_orders": "退款单 退款订单 退款订单数",
    "refund_amount": "退款 退款金额 refund",
    "ad_spend": "投放 消耗 投放消耗 ads",
    "comments": "评论 评论数 评论次数 comment",
    "interacting_viewers": "互动 互动人数",
    "likes": "点赞 点赞数 like",
    "shares": "分享 分享数 share",
    "gifts": "礼物 gift",
    "tips": "打赏 打赏金额 音浪",
    "tippers": "打赏人数",
    "fan_joins": "加团 粉丝团 加粉丝团 私域",
    "new_followers": "新增粉丝 涨粉 新粉 关注 新增关注 followers follow fans",
    "lost_followers": "取关 掉粉 unfollow",
    "negative_feedback": "负反馈",
    "entered": "进入 进房 进入人数 enter",
    "left": "离开 离开人数 leave",
}
_METRIC_OF = {key: key for key in BASES} | {name: key for key, names in _NAMES.items() for name in names.split()}
_SEPARATOR = re.compile(r"[;；，、\n]+|,(?!\d{3}(?!\d))")
_FIGURE = r"[¥￥]?(?:\d|\.\d)[\d.,:]*(?:[万亿wWkK]|小时|分钟|秒钟|[时分秒hms]|\d)*元?"
_LEADING = re.compile(rf"([+\-−]?)({_FIGURE})\s*(\D*)")
_NAMED = rf"(\D+?)\s*[:=]?\s*([+\-−]?)\s*({_FIGURE})\s*(?:人|次|单|件|个|yuan)?"
_TRAILING = re.compile(_NAMED)
_ONE_OF_SEVERAL = re.compile(rf"{_NAMED}(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class _Said:
    """One figure as typed: its name (empty: the chosen metric), its sign and its digits."""

    name: str
    sign: str
    figure: str


def metric_named(name: str) -> str | None:
    """Return the base count an operator means by ``name``, ``None`` where nobody knows it."""
    bare = unicodedata.normalize("NFKC", name).strip(" :=\t").lower()
    return _METRIC_OF.get(bare) or _METRIC_OF.get(re.sub(r"[\s\-]+", "_", bare))


def parse_typed(text: str, at: Instant, *, metric: str = "", standing: Figures | None = None) -> list[Record]:
    """Read one or several figures as samples at ``at`` from the source ``manual``.

    ``metric`` is the one chosen on screen, for a figure without a name; ``standing`` the figures that stand now,
    for ``+5`` and ``-2``. Raises UserError that says which part is wrong and what would be right: nothing of the
    text is entered then.
    """
    if len(text) > LIMIT:
        raise UserError(_("That is too long for a number."), todo=_example())
    lines = (line.strip() for line in _SEPARATOR.split(unicodedata.normalize("NFKC", text)))
    parts = [part for line in lines if line for part in _parts(line)]
    if not parts:
        raise UserError(_("No number was entered."), todo=_example())
    figures = dict(standing or {})
    records: list[Record] = []
    for part in parts:
        record = _record(part, at, metric, figures)
        figures[record.metric] = record.value
        records.append(record)
    return records


def _example() -> str:
    """Return what would be right."""
    return _("Type for example: online 1284, gmv 86402, orders +5.")


def _parts(line: str) -> list[str]:
    """Part ``在线 1284 订单 12``, where only a blank does; a line that is not all names and figures stays whole."""
    found, end = list[str](), 0
    while part := _ONE_OF_SEVERAL.match(line, end):
        found.append(part[0].strip())
        end = part.end()
    return found if end == len(line) else [line]


def _record(part: str, at: Instant, chosen: str, standing: Figures) -> Record:
    """Read one part."""
    said = _said(part)
    metric = metric_named(said.name) if said.name else chosen
    if not metric:
        raise UserError(_unknown(said.name), todo=_example())
    try:
        value = read_figure(metric, said.figure)
    except ValueError as error:
        what = _("“{part}” is not a figure for {metric}.").format(part=part[:60], metric=_(BASES[metric].label))
        raise UserError(what, todo=_example()) from error
    if said.sign:
        value = _moved(metric, said.sign, value, standing.get(metric))
    return Record(at, "sample", MANUAL, metric, value)


def _unknown(name: str) -> str:
    """Say that the name is missing or unknown."""
    if name:
        return _("No figure is called “{name}”.").format(name=name[:40])
    return _("Which figure is that? Put its name before the number.")


def _said(part: str) -> _Said:
    """Take a part to pieces: name first (``在线 1284``) or figure first (``+5 订单``)."""
    first = _LEADING.fullmatch(part)
    if first:
        return _Said(_without_counter(first[3]), first[1], first[2])
    last = _TRAILING.fullmatch(part)
    if last:
        return _Said(last[1].strip(), last[2], last[3])
    raise UserError(_("“{part}” is not a name and a number.").format(part=part[:60]), todo=_example())


def _without_counter(name: str) -> str:
    """Drop a measure word that is no name: ``1284人`` is 1284."""
    bare = name.strip()
    return "" if bare in ("人", "次", "单", "件", "个", "yuan") else bare


def _moved(metric: str, sign: str, step: Number, standing: Number | None) -> Number:
    """Return the figure that stands moved by ``step``; a total nobody entered yet begins at 0."""
    if standing is None and BASES[metric].course is Course.GAUGE:
        what = _("There is no figure for {metric} yet to add to.").format(metric=_(BASES[metric].label))
        raise UserError(what, todo=_("Enter the figure itself first."))
    value = (standing or 0) + (step if sign == "+" else -step)
    if value < 0:
        raise UserError(_("{metric} would fall below 0.").format(metric=_(BASES[metric].label)))
    return value
