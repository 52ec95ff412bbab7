"""The files an evening begins with, made in the shape of real ones."""

import csv
import json
from datetime import datetime, timedelta

from openpyxl import Workbook

# The header of a real Shopify export, as far as the desk or anybody reads it.
SHOPIFY = [
    "Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Option1 Name", "Option1 Value",
    "Option2 Name", "Option2 Value", "Variant SKU", "Variant Grams", "Variant Inventory Tracker",
    "Variant Inventory Qty", "Variant Inventory Policy", "Variant Price", "Variant Compare At Price",
    "Variant Requires Shipping", "Variant Barcode", "Image Src", "Gift Card", "Cost per item", "Status",
]  # fmt: skip
LONG_ID = "0012345678901234567"  # a spreadsheet would make 1.23E+16 of it
EVIL = '=HYPERLINK("http://x","包邮")<b>粗</b>'  # a name that would be a formula in a sheet and bold on a screen
DOWN, VEST, SCARF, BAG = "长款鹅绒羽绒服", "轻薄羽绒马甲", "羊毛围巾", "真皮小包"


def shopify(path):
    """Write five products with seven SKUs: one with sizes and no codes, one whose code is a long number."""
    rows = [
        _variant("down-coat", DOWN, "M", "", 30, "369.00", "599.00", "240"),
        _variant("down-coat", "", "L", "", 12, "369.00", "599.00", "240"),
        _variant("down-coat", "", "XL", "", 5, "369.00", "599.00", "240"),
        _variant("vest", VEST, "", LONG_ID, 300, "59.00", "129.00", "35"),
        _variant("scarf", SCARF, "", "S207", 120, "129.00", "199.00", "60"),
        _variant("bag", BAG, "", "B301", 40, "899.00", "1299.00", "520"),
        _variant("evil", EVIL, "", "E1", 3, "9.90", "", ""),
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, SHOPIFY, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _variant(handle, title, size, sku, stock, price, compare, cost):
    option = {"Option1 Name": "Size" if title else "", "Option1 Value": size} if size else {}
    if not size:
        option = {"Option1 Name": "Title", "Option1 Value": "Default Title"}
    about = {"Title": title, "Vendor": "本店", "Type": "女装", "Status": "active"} if title else {}
    return option | about | {
        "Handle": handle, "Variant SKU": sku, "Variant Inventory Qty": stock, "Variant Price": price,
        "Variant Compare At Price": compare, "Cost per item": cost,
    }  # fmt: skip


def running_order(path):
    """Write a 排品表: the scarf at a price of tonight, a lucky bag, a product nobody has."""
    book = Workbook()
    sheet = book.active
    sheet.append(["顺序", "品名", "SKU", "类型", "日常价", "直播价", "库存", "机制", "讲解时长", "预估销量"])
    sheet.append([1, SCARF, "S207", "利润", 199, 119, None, "买一送一", "4分钟", 60])
    sheet.append([2, "福袋", None, "福袋", None, None, None, None, "3分钟", None])
    book.save(path)
    return path


def recording(path, codes):
    """Write a minute of an evening: viewers rising, orders of some SKUs, clicks, one comment."""
    begin = datetime.fromisoformat("2026-11-21T20:00:00+08:00")

    def line(second, **fields):
        return {
            "t": (begin + timedelta(seconds=second)).isoformat(timespec="milliseconds"),
            "source": "douyin",
        } | fields

    lines = [line(second, kind="sample", metric="online", value=300 + 10 * second) for second in range(0, 60, 5)]
    lines += [
        line(50, kind="sample", metric="viewers", value=2000),
        line(51, kind="sample", metric="views", value=2600),
    ]
    lines += [
        line(20 + n, kind="order", sku=code, quantity=1, amount=amount, order=f"A{n}", id=f"o{n}")
        for n, (code, amount) in enumerate(codes)
    ]
    lines += [line(55, kind="comment", viewer="a3f9", text="<b>多高穿L?</b>", id="c1")]
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in lines) + "\n", encoding="utf-8")
    return path
