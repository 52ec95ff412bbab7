"""The sample shop's plain files: products, a queue, scripts and past sessions anybody can read and change."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from liveshop_desk.model.money import Fen, parse_money
from liveshop_desk.paths import resource


@dataclass(frozen=True, slots=True)
class SampleSku:
    """One row of ``products.csv``: a SKU with its product's facts. Prices in fen; links are the shelf's numbers."""

    code: str
    title: str
    role: str
    category: str
    spec: str
    list_price: Fen
    live_price: Fen
    floor_price: Fen
    cost: Fen
    stock: int
    offer: str
    selling_points: str
    douyin: str
    taobao: str


@dataclass(frozen=True, slots=True)
class SampleSegment:
    """One row of ``queue.csv``; ``code`` is empty where there is no product."""

    kind: str
    title: str
    code: str
    seconds: int
    expected_units: int | None
    offer: str
    note: str


@dataclass(frozen=True, slots=True)
class SamplePast:
    """One row of ``history.csv``: a session ``days_ago`` with its final figures (money in fen)."""

    days_ago: int
    minutes: int
    theme: str
    anchor: str
    goal_gmv: Fen
    figures: dict[str, int]


MONEY_FIGURES = ("gmv", "refund_amount")


def skus() -> list[SampleSku]:
    """Read the products, a SKU a row, those of one product together."""
    return [
        SampleSku(
            row["code"], row["title"], row["role"], row["category"], row["spec"],
            parse_money(row["list_price"]), parse_money(row["live_price"]), parse_money(row["floor_price"]),
            parse_money(row["cost"]), int(row["stock"]), row["offer"], row["selling_points"],
            row["douyin"], row["taobao"],
        )
        for row in _rows("products.csv")
    ]  # fmt: skip


def queue() -> list[SampleSegment]:
    """Read the queue in order."""
    return [
        SampleSegment(
            row["kind"], row["title"], row["code"], int(row["minutes"]) * 60,
            int(row["expected_units"]) if row["expected_units"] else None, row["offer"], row["note"],
        )
        for row in _rows("queue.csv")
    ]  # fmt: skip


def history() -> list[SamplePast]:
    """Read the past sessions, newest first."""
    return [
        SamplePast(
            int(row.pop("days_ago")), int(row.pop("minutes")), row.pop("theme"), row.pop("anchor"),
            parse_money(row.pop("goal_gmv")),
            {key: parse_money(value) if key in MONEY_FIGURES else int(value) for key, value in row.items()},
        )
        for row in _rows("history.csv")
    ]  # fmt: skip


def scripts() -> dict[str, str]:
    """Read the scripts by product code or segment title: ``## name`` and the lines below it."""
    texts: dict[str, str] = {}
    for part in resource("samples", "scripts.txt").read_text("utf-8").split("## ")[1:]:
        name, _end, text = part.partition("\n")
        texts[name.strip()] = text.strip()
    return texts


def _rows(name: str) -> list[dict[str, str]]:
    with resource("samples", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
