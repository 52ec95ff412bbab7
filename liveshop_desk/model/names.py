"""What the shop's fixed words are called on the screen: kinds, roles and platforms, in the language in use."""

from __future__ import annotations

from liveshop_desk.i18n import _, mark
from liveshop_desk.model.product import Role
from liveshop_desk.model.session import Kind

KINDS: dict[Kind, str] = {
    Kind.OPENING: mark("Opening"),
    Kind.PITCH: mark("Pitch"),
    Kind.INTERACTION: mark("Interaction"),
    Kind.FLASH_SALE: mark("Flash sale"),
    Kind.LUCKY_BAG: mark("Lucky bag"),
    Kind.QA: mark("Q&A"),
    Kind.CLOSING: mark("Closing"),
}

ROLES: dict[Role, str] = {
    Role.HIT: mark("Hit"),
    Role.NEW: mark("New"),
    Role.CLEARANCE: mark("Clearance"),
    Role.REGULAR: mark("Regular"),
    Role.PROFIT: mark("Profit"),
    Role.TRAFFIC: mark("Traffic"),
}

PLATFORM_NAMES: dict[str, str] = {
    "douyin": mark("Douyin"),
    "taobao": mark("Taobao"),
    "kuaishou": mark("Kuaishou"),
    "channels": mark("WeChat Channels"),
    "xiaohongshu": mark("Xiaohongshu"),
    "pinduoduo": mark("Pinduoduo"),
    "tiktok": mark("TikTok"),
}


def kind_name(kind: Kind) -> str:
    """Return what a kind of segment is called."""
    return _(KINDS[kind])


def role_name(role: Role) -> str:
    """Return what a product's role is called."""
    return _(ROLES[role])


def platform_name(platform: str) -> str:
    """Return what a platform is called; one we do not know is its own name."""
    return _(PLATFORM_NAMES[platform]) if platform in PLATFORM_NAMES else platform
