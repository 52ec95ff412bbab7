"""What a part of a pasted line says by its sign, its unit or the word before it: a price, a stock, a length.

A number is a price with a currency's sign or word, after a word for the price (直播价 39), or by its decimals at the
line's end (39.9), where no word before it makes it a measure or a version. A whole number may be the name's (501, 990,
230 ml): before a length or a stock with its unit it is a price only where the catalogue has the name without it. The
sign of another currency counts as the shop's own: nothing is converted, and the preview shows what is read.
"""

from __future__ import annotations

import re

_SIGN = r"(?:(?:US|CN|HK)?[¥￥$＄€£])"
_UNIT = r"(?:元|块钱?|rmb|cny|usd)"
_DIGITS = r"\d[\d.,]*[万wk]?"
# 原价, 零售价 and 市场价格 are what it cost before, so most words count only where a word begins.
_OWN = r"(?:直播间?价|到手价|券后价)"
_WORD = rf"(?:{_OWN}|优惠价|活动价|福利价|专享价|一口价|特价|现价|售价|价格?|price)"
# Blanks are taken whole, or a line of thousands of them would be tried in every division.
_TO_FIGURE = rf"\s*+(?:[:：]\s*+)?(?={_SIGN}?\s*\d)"

_APART = (
    (re.compile(r"\blive\s+(?=price\b)", re.IGNORECASE), ""),
    (re.compile(rf"(?<=[^\s,，;；])({_OWN}){_TO_FIGURE}", re.IGNORECASE), r" \1"),
    (
        re.compile(
            rf"(?<!list)(?<!old)(?<!original)(?<!regular)(^|[\s,，;；])({_WORD}){_TO_FIGURE}",
            re.IGNORECASE,
        ),
        r"\1\2",
    ),
    (re.compile(rf"({_SIGN})\s+(?=\d)", re.IGNORECASE), r"\1"),
    (re.compile(r"(库存)(?:\s*+[:：])?\s++(?=\d)"), r"\1"),
    (
        re.compile(
            rf"(?<=\d)\s+(?=(?:{_UNIT}|件|pcs|分钟?|秒钟?|小时|mins?|minutes?|hours?|['′])(?:[\s,，;；]|$))",
            re.IGNORECASE,
        ),
        "",
    ),
)

PRICE = re.compile(rf"{_WORD}?{_SIGN}{_DIGITS}{_UNIT}?|{_WORD}?{_DIGITS}{_UNIT}|{_WORD}{_DIGITS}", re.IGNORECASE)
STOCK = re.compile(r"库存[:：]?\d[\d,]*(?:件|pcs)?|\d[\d,]*(?:件|pcs)", re.IGNORECASE)
LENGTH = re.compile(
    r"(?:\d+(?:\.\d+)?(?:小时|分钟?|秒钟?|hours?|mins?|minutes?|['′]))+|\d+:\d{2}(?::\d{2})?", re.IGNORECASE
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?[万wWkK]?")
BARE_PRICE = re.compile(r"(?!0+\.0+$)(?:\d{1,5}|\d{1,2},\d{3})\.\d{1,2}")
WHOLE_PRICE = re.compile(r"(?!0)(?:\d{1,5}|\d{1,2},\d{3})")
DECIMAL = re.compile(r"\d\.\d")
# After these a number with decimals is a measure or a version and no price: XL 42.5, 净重 1.5, 蓝牙 5.3, iOS 17.5.
MEASURED = re.compile(
    r"(?:\d*x{0,4}[sml]|eu|us|uk|fr|it|cn|jp|sizes?|no|nr|v|ver|version|ios|macos|android|harmonyos|windows|python"
    r"|usb|hdmi|bluetooth|wi-?fi|pm)\.?|.*[码号长宽高重径围量寸度]|.*(?:蓝牙|鸿蒙|安卓|系统|版本)",
    re.IGNORECASE,
)


def joined(text: str) -> str:
    """Return a text with every figure in one piece and with its word: 大衣直播价: 39 元 → 大衣 直播价39元."""
    for pattern, by in _APART:
        text = pattern.sub(by, text)
    return text


def amount(price: str | None) -> str | None:
    """Return the digits of a price, without its sign and words."""
    found = re.search(_DIGITS, price, re.IGNORECASE) if price else None
    return found[0] if found else price
