"""One livestream (场次), its queue (流程单) and what happened on air."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from liveshop_desk.model.clock import Instant
from liveshop_desk.model.money import Fen
from liveshop_desk.model.product import Role


class State(StrEnum):
    """Where a session stands."""

    DRAFT = "draft"  # 备播
    LIVE = "live"  # 直播中
    ENDED = "ended"  # 已下播


class Kind(StrEnum):
    """What a segment (环节) is."""

    OPENING = "opening"  # 开场
    PITCH = "pitch"  # 讲解
    INTERACTION = "interaction"  # 互动
    FLASH_SALE = "flash_sale"  # 秒杀
    LUCKY_BAG = "lucky_bag"  # 福袋
    QA = "qa"  # 问答
    CLOSING = "closing"  # 收尾


PLATFORMS = ("douyin", "taobao", "kuaishou", "channels", "xiaohongshu", "pinduoduo", "tiktok")


@dataclass(frozen=True, slots=True)
class Session:
    """One livestream. Planned and real times are instants (ms UTC); ``goal_gmv`` in fen."""

    id: str
    theme: str
    state: State = State.DRAFT
    rehearsal: bool = False
    anchor: str = ""
    operator: str = ""
    platforms: tuple[str, ...] = ()
    planned_start: Instant | None = None
    planned_end: Instant | None = None
    started_at: Instant | None = None
    ended_at: Instant | None = None
    goal_gmv: Fen | None = None
    source: str = "desk"  # desk, or the file kind a history row came from
    note: str = ""

    @property
    def begin(self) -> Instant | None:
        """Return when it began, else when it is planned to."""
        return self.started_at if self.started_at is not None else self.planned_start


@dataclass(frozen=True, slots=True)
class Segment:
    """One row of the queue. ``number`` is its place, from 1; ``planned_seconds`` its length."""

    id: str
    session_id: str
    number: int
    kind: Kind
    title: str
    product_id: str | None = None
    role: Role | None = None
    planned_seconds: int = 300
    shift_seconds: int = 0  # this segment and all behind it were pushed by so much
    offer: str = ""
    expected_units: int | None = None
    skipped: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pitch:
    """One time on air of one segment (讲解): a segment may come back (返场). ``ended_at`` None = on air now."""

    id: str
    session_id: str
    segment_id: str
    started_at: Instant
    ended_at: Instant | None = None
    online_in: int | None = None
    online_out: int | None = None


@dataclass(frozen=True, slots=True)
class ShelfLink:
    """A product's place on one platform's shelf tonight: link number and whether the act there is done."""

    id: str
    session_id: str
    product_id: str
    platform: str
    link_no: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A short message to the anchor (喊话): the operator's, or where ``auto`` says what it was for, the desk's own."""

    id: str
    session_id: str
    at: Instant
    text: str
    acknowledged_at: Instant | None = None
    auto: str = ""  # model/auto_cues.py: what it must not say twice
    withdrawn_at: Instant | None = None  # the desk took it back before she saw it

    @property
    def stands(self) -> bool:
        """Tell whether she is still to see it."""
        return self.acknowledged_at is None and self.withdrawn_at is None
