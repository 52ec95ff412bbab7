"""The trade's words in cells: what a product is for, what a segment of the queue is."""

from __future__ import annotations

import re

from liveshop_desk.model.product import Role
from liveshop_desk.model.session import Kind
from liveshop_desk.sheets.headers import header_key
from liveshop_desk.sheets.wordlists import words

_ROLES = {
    Role.TRAFFIC: "引流 福利 福利款 引流款 引流品 福利品 钩子 钩子款 憋单 宠粉 宠粉款 traffic lossleader hook",
    Role.HIT: "爆款 主推 主推款 主打 主打款 爆品 热销 热卖 王牌 hit bestseller main hero",
    Role.NEW: "新品 上新 新款 首发 new newin newarrival",
    Role.CLEARANCE: "清仓 清仓款 尾货 断码 清货 捡漏 clearance",
    Role.REGULAR: "常规 常规款 日常 平销 平销款 承流 承流款 承接 过款 普通 基础款 搭配 搭配款 regular normal basic",
    Role.PROFIT: "利润 利润款 利润品 高利润 高客单 profit margin",
}
_ROLE_OF = {header_key(word): role for role, words in _ROLES.items() for word in words.split()}

_SEGMENTS = (
    (Kind.FLASH_SALE, r"秒杀|限时抢|整点抢|flash ?sale"),
    (Kind.LUCKY_BAG, r"福袋|抽奖|红包雨|发红包|lucky ?(?:bag|draw)|giveaway|raffle"),
    (Kind.QA, r"问答|答疑|q ?(?:&|and) ?a|答问|解答|questions?"),
    (Kind.CLOSING, r"收尾|下播|结束语?|结尾|谢幕|感谢|预告下场|下场预告|closing|wrap ?-?up|outro|the end|ending"),
    (Kind.OPENING, r"开场|开播|暖场|预热|热场|欢迎|opening|intro|warm ?-?up|welcome"),
    (Kind.INTERACTION, r"互动|聊天|游戏|投票|才艺|休息|过渡|转场|interaction|interact|chat|game|poll|break"),
)
_BEGINNINGS = (
    (Kind.OPENING, r"开场|开播|opening\b"),
    (Kind.INTERACTION, r"互动|interaction\b"),
    (Kind.FLASH_SALE, r"秒杀|flash ?sale\b"),
    (Kind.LUCKY_BAG, r"福袋|抽奖|lucky ?(?:bag|draw)\b"),
    (Kind.QA, r"问答|答疑|q ?(?:&|and) ?a\b"),
    (Kind.CLOSING, r"收尾|下播|closing\b"),
)
_LATIN = re.compile(r"[a-z]")
_RETURN = re.compile(r"返场|二次讲解|再次讲解|encore", re.IGNORECASE)
_PITCH = words("讲解 讲品 商品 产品 商品讲解 产品讲解 pitch product")


def role_of(word: str | None) -> Role | None:
    """Return the role a word names (引流, 主推, profit …); ``None`` for any other word."""
    return _ROLE_OF.get(header_key(word)) if word else None


def segment_kind(word: str | None) -> Kind | None:
    """Return the kind of segment a short title names (开场暖场, 福袋, Q&A); ``None`` for a product's name."""
    if not word:
        return None
    key = " ".join(word.lower().split())
    if header_key(word) in _PITCH:
        return Kind.PITCH
    for kind, pattern in _SEGMENTS:
        bound = rf"\b(?:{pattern})\b" if _LATIN.search(key) and key.isascii() else pattern
        if re.search(bound, key):
            return kind
    return None


def begins_as(line: str) -> Kind | None:
    """Return the kind of segment a line begins with (秒杀 羽绒服, Q&A sizes); ``None`` for anything else."""
    key = " ".join(line.lower().split())
    return next((kind for kind, pattern in _BEGINNINGS if re.match(pattern, key)), None)


def without_return(word: str) -> str:
    """Return a word without its mark of coming back (返场), and without brackets left empty by that."""
    return re.sub(r"[(（\[【]\s*[)）\]】]", "", _RETURN.sub("", word)).strip(" ·:：-—")


def is_return(word: str | None) -> bool:
    """Tell whether a word marks a product that comes back (返场)."""
    return bool(word and _RETURN.search(word))
