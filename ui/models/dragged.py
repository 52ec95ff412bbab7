"""What the catalogue gives to a drag and the queue takes from it."""

from __future__ import annotations

PRODUCTS_MIME = "application/x-liveshop-products"  # product ids, one a line
