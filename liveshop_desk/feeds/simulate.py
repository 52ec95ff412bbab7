"""A simulated audience for rehearsals: the same seed always plays the same evening. Every record says so.

Roughly a small shop's good night: a thousand people online, ¥80,000 in the first hour at ¥140 an order.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from liveshop_desk.feeds.crowd import COMMENTS, QUESTIONS
from liveshop_desk.model.bases import Number
from liveshop_desk.model.clock import Clock, Instant
from liveshop_desk.model.money import Fen
from liveshop_desk.model.record import SIMULATED, Record

SECOND = 1000
_CATCH_UP = 600  # seconds: after a longer sleep the audience was simply not there
_CROWD = 1_000.0  # people online when the room has filled
_ORDERS = 0.17  # orders a second at 1 000 online and ¥140
_FAIR_PRICE: Fen = 14_000
_SAMPLE_EVERY = 5


class Audience:
    """People who come, talk, like and buy. Ask ``due`` as often as you like: the evening goes by whole seconds.

    ``products`` are (SKU, price in fen, weight): what is on air sells most, the others by their weight.
    ``standing`` are the figures of a room it joins.
    """

    def __init__(
        self,
        seed: int,
        products: Sequence[tuple[str, Fen, float]],
        clock: Clock,
        *,
        standing: Mapping[str, Number] | None = None,
    ) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a play, not a secret
        self._prices = {sku: price for sku, price, _weight in products}
        self._skus = [sku for sku, _price, _weight in products]
        self._weights = [max(weight, 0.0) for _sku, _price, weight in products]
        self._seed = seed
        self._next: Instant = clock.now() + SECOND
        self._second = 0
        self._online = 0.0
        self._drift = 0.0
        self._number = 0
        self._totals: dict[str, float] = dict.fromkeys(
            (
                "views", "viewers", "impressions", "impression_viewers", "exposures", "exposed_viewers",
                "clickers", "buyers", "interacting_viewers", "cart_adders", "watch_seconds",
            ),
            0.0,
        )  # fmt: skip
        if standing:
            self._join(standing)

    def _join(self, standing: Mapping[str, Number]) -> None:
        """Come into a room that has figures already: totals go on from there, the crowd is as large as it was."""
        self._totals |= {metric: float(standing[metric]) for metric in self._totals if metric in standing}
        self._online = float(standing.get("online", 0))
        if self._online > _CROWD / 2:
            self._second = 30 * 60  # past the filling of the room

    def due(self, now: Instant, on_air_sku: str | None) -> list[Record]:
        """Return what happened since the last call, up to ``now``, oldest first."""
        if now - self._next > _CATCH_UP * SECOND:
            self._next = now - _CATCH_UP * SECOND
        elif self._next - now > SECOND:  # the clock was set back: nobody waits till it is as late again
            self._next = now + SECOND
        records: list[Record] = []
        while self._next <= now:
            records.extend(self._live_second(self._next, on_air_sku))
            self._next += SECOND
        return records

    def _live_second(self, at: Instant, sku: str | None) -> list[Record]:
        """Let one second go by."""
        self._second += 1
        came = self._move()
        records = [self._event(at, "enter") for _ in range(self._some(came))]
        records += self._talk(at)
        records += self._shop(at, sku)
        self._count(came)
        if self._second % _SAMPLE_EVERY == 1:
            records += self._samples(at)
        # Spread over the second just gone, in order: a real room has no bursts on the full second.
        times = sorted(at - SECOND + 1 + self._random.randrange(SECOND) for _ in records)
        return [replace(record, at=time) for record, time in zip(records, times, strict=True)]

    def _move(self) -> float:
        """Move the crowd and return how many came in this second: it fills in ten minutes, then swells and ebbs."""
        minute = self._second / 60
        filled = 1 - math.exp(-minute / 5)
        wave = 1 + 0.18 * math.sin(minute / 4 + self._seed % 7) + 0.1 * math.sin(minute / 1.7)
        self._drift = self._drift * 0.98 + self._random.gauss(0, 0.012)
        target = max(_CROWD * filled * wave * (1 + self._drift), 3.0)
        leaving = self._online / 95  # people stay a minute and a half on average
        came = max(target - self._online + leaving, 0.0) * 0.5 + leaving * 0.5
        self._online = max(self._online + came - leaving, 1.0)
        return came

    def _some(self, rate: float) -> int:
        """Return how many of something happened, ``rate`` expected (Poisson)."""
        limit, product, count = math.exp(-min(rate, 50.0)), self._random.random(), 0
        while product > limit:
            product *= self._random.random()
            count += 1
        return count

    def _viewer(self) -> str:
        """Return somebody, as a hash like the real ones."""
        return f"{self._random.getrandbits(64):016x}"

    def _event(self, at: Instant, kind: str, *, sku: str = "", text: str = "", count: int | None = None) -> Record:
        """Make one event."""
        self._number += 1
        viewer, number = self._viewer(), f"{self._seed}-{self._number}"
        return Record(at, kind, SIMULATED, sku=sku, viewer=viewer, text=text, count=count, id=number)

    def _talk(self, at: Instant) -> list[Record]:
        """Return this second's comments, likes, follows and shares."""
        crowd = self._online / 1000
        records = [self._event(at, "comment", text=self._comment()) for _ in range(self._some(0.9 * crowd))]
        likes = [self._random.randint(1, 12) for _ in range(self._some(1.2 * crowd))]
        records += [self._event(at, "like", count=count) for count in likes]
        records += [self._event(at, "follow") for _ in range(self._some(0.11 * crowd))]
        records += [self._event(at, "share") for _ in range(self._some(0.03 * crowd))]
        return records

    def _comment(self) -> str:
        """Return what somebody writes: a third are questions about the goods."""
        if self._random.random() < 0.35:
            return self._random.choice(QUESTIONS).format(
                height=self._random.randrange(150, 178), weight=self._random.randrange(85, 170, 5)
            )
        return self._random.choice(COMMENTS)

    def _shop(self, at: Instant, on_air: str | None) -> list[Record]:
        """Return this second's clicks, carts and orders."""
        if not self._skus or not any(self._weights):
            return []
        crowd = self._online / 1000
        rate = _ORDERS * crowd
        records = [self._event(at, "click", sku=self._pick(on_air)) for _ in range(self._some(rate * 12))]
        records += [self._event(at, "cart", sku=self._pick(on_air)) for _ in range(self._some(rate * 2.2))]
        for _ in range(self._some(rate * 1.6)):
            sku = self._pick(on_air)
            # Dear things sell less often: the chance falls with the price, so GMV stays plausible.
            if self._random.random() < min((_FAIR_PRICE / max(self._prices[sku], 100)) ** 0.8, 1.6) / 1.6:
                records.append(self._order(at, sku))
        return records

    def _pick(self, on_air: str | None) -> str:
        """Return the SKU somebody looks at: four in five at what is on air."""
        if on_air in self._prices and self._random.random() < 0.8:
            return on_air or ""
        return self._random.choices(self._skus, self._weights)[0]

    def _order(self, at: Instant, sku: str) -> Record:
        """Make an order of one piece, now and then of two."""
        quantity = 2 if self._random.random() < 0.06 else 1
        self._number += 1
        number = f"SIM{self._seed}-{self._number}"
        amount = self._prices[sku] * quantity
        self._totals["buyers"] += 0.985
        viewer = self._viewer()
        return Record(
            at, "order", SIMULATED, sku=sku, quantity=quantity, amount=amount, order=number, viewer=viewer, id=number
        )

    def _count(self, came: float) -> None:
        """Move the totals only the platform knows."""
        totals = self._totals
        totals["views"] += came
        totals["viewers"] += came * 0.72
        totals["impressions"] += came * 6.5
        totals["impression_viewers"] += came * 4.2
        totals["exposed_viewers"] += came * 0.61
        totals["exposures"] += came * 1.4
        totals["clickers"] += self._online / 1000 * _ORDERS * 7.5
        totals["cart_adders"] += self._online / 1000 * _ORDERS * 2.0
        totals["interacting_viewers"] += came * 0.06
        totals["watch_seconds"] += self._online

    def _samples(self, at: Instant) -> list[Record]:
        """Return the figures a platform's screen would show now."""
        figures: dict[str, Number] = {"online": round(self._online)}
        figures |= {metric: int(total) for metric, total in self._totals.items()}
        return [Record(at, "sample", SIMULATED, metric, value) for metric, value in figures.items()]
