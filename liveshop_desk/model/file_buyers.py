"""The buyers an order file names: they are the session's only where its lines are all that was sold."""

from __future__ import annotations

from dataclasses import dataclass

from liveshop_desk.model.bases import Figures, Number
from liveshop_desk.model.coverage import ROUNDED
from liveshop_desk.model.money import Fen


@dataclass(frozen=True, slots=True)
class FileBuyers:
    """``people`` of an order file, the ``orders`` and money ``paid`` (fen) of its lines, and the GMV that stands."""

    people: int
    orders: int
    paid: Fen
    gmv: Number | None

    def are_all(self, figures: Figures) -> bool:
        """Tell whether they are all the buyers: the session's file, or what stands, tells of no more than the lines."""
        orders, gmv = figures.get("orders"), figures.get("gmv")
        gmv = self.gmv if gmv is None else gmv
        if orders is not None and orders > self.orders:
            return False
        return gmv is None or gmv - self.paid <= ROUNDED * gmv
