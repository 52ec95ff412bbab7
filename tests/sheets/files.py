"""Small files of every kind, made in a test's own folder."""

# ruff: noqa: E501

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import openpyxl

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real"


def write_xlsx(path: Path, rows, sheet: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def write_csv(path: Path, rows, encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def edit_xml(path: Path, name: str, edit) -> Path:
    """Rewrite one part of a workbook's package."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts[name] = edit(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in parts.items():
            archive.writestr(entry, data)
    return path


def false_dimension(xml: str) -> str:
    return re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:A1"', xml)


DOUYIN = [
    [
        "商品ID",
        "商品名称",
        "一级类目",
        "二级类目",
        "三级类目",
        "四级类目",
        "商家SKU编码",
        "规格ID（SKUID）",
        "商品规格",
    ],
    ["3456789012345678901", "羊毛大衣", "女装", "外套", "大衣", "-", "Y9981-M", "1731234567890123456", "驼色;M"],
    ["3456789012345678901", "羊毛大衣", "女装", "外套", "大衣", "-", "Y9981-L", "1731234567890123457", "驼色;L"],
    ["3456789012345678902", "围巾", "配饰", "围巾", "", "", "W1", "1731234567890123458", "默认"],
]

TAOBAO = [
    ["version 1.00"],
    ["title", "cid", "seller_cids", "stuff_status", "price", "num", "outer_id", "num_id", "skuProps", "propAlias", "barcode"],
    ["宝贝名称", "宝贝类目", "店铺类目", "新旧程度", "宝贝价格", "宝贝数量", "商家编码", "数字ID", "销售属性组合", "销售属性别名", "商品条形码"],
    [
        "羊毛大衣", "50008899", "", "1", "369.00", "150", "Y9981", "521234567890",
        "369:100:Y9981-M:1627207:28320;20509:28314;399:50:Y9981-L:1627207:28320;20509:28315;",
        "1627207:28320:驼色;20509:28314:M;20509:28315:L", "6901234567892",
    ],
    ["围巾", "50008899", "", "1", "59.9", "20", "W1", "521234567891", "", "", ""],
]  # fmt: skip

TIKTOK = [
    ["product_id", "category", "product_name", "sku_id", "variation_value", "price", "quantity", "seller_sku"],
    ["V3", "metric", "", "", "", "", "", ""],
    ["Product ID", "Category", "Product Name", "SKU ID", "Variation", "Price", "Quantity", "Seller SKU"],
    ["Cannot be edited", "Cannot be edited", "Mandatory", "Cannot be edited", "Optional", "Mandatory", "Mandatory", ""],
    ["", "", "Enter the name of 25 to 255 characters", "", "", "Enter a price", "Enter stock", ""],
    ["1729382256910270464", "Coats", "Wool coat", "1729382256910336000", "Camel, M", "36.9", "12", "Y9981-M"],
    ["1729382256910270464", "Coats", "Wool coat", "1729382256910336001", "Camel, L", "36.9", "", "Y9981-L"],
]

SHOPIFY = [
    [
        "Handle",
        "Title",
        "Vendor",
        "Type",
        "Option1_Name",
        "Option1_Value",
        "Variant_SKU",
        "Variant_Inventory_Qty",
        "Variant_Price",
        "Variant_Compare_At_Price",
        "Variant_Barcode",
        "Image_Src",
        "Status",
    ],
    ["ring", "Gold ring", "Sterling", "Ring", "Size", "12", "", "3", "42.99", "44.99", "", "https://x/1.jpg", "active"],
    ["ring", "", "", "", "", "13", "", "0", "42.99", "", "", "", ""],
    ["ring", "", "", "", "", "", "", "", "", "", "", "https://x/2.jpg", ""],
    ["cap", "Cap", "Sterling", "Hat", "Title", "Default Title", "C-1", "5", "9.5", "", "'0012", "", "active"],
]
SHOPIFY[0] = [name.replace("_", " ") for name in SHOPIFY[0]]

QUEUE = [
    ["周六专场排品表", "", "", "", "", "", "", "", "", "", ""],
    ["顺序", "链接号", "品名", "SKU", "类型", "日常价", "直播价", "库存", "机制(优惠)", "讲解时长", "预估销量"],
    [1, "", "开场暖场", "", "", "", "", "", "", "10", ""],
    [2, "1", "羊毛大衣", "Y9981", "引流", "¥599", "369元", "1,200", "买一送一", "8分钟", "300"],
    [3, "2", "围巾", "W1", "利润", 129, 59.9, 80, "", "01:30", "-"],
    [4, "", "福袋", "", "互动", "", "", "", "福袋20个", 5, ""],
    [5, "1", "羊毛大衣", "Y9981", "返场", "", "369", "", "", "5", ""],
    ["", "", "合计", "", "", "", "", 1280, "", "", 300],
]

COMPASS = [
    ["主播昵称", "直播开始时间", "直播结束时间", "直播时长(分钟)", "直播间曝光人数", "直播间曝光次数", "直播间观看人数", "直播间观看次数",
     "最高在线人数", "平均在线人数", "人均观看时长(分钟)", "评论次数", "新增粉丝数", "取关粉丝数", "带货商品数", "直播间商品曝光人数",
     "直播间商品点击人数", "直播间商品曝光次数", "直播间商品点击次数", "直播间成交订单数", "直播间成交金额", "直播间用户支付金额",
     "直播间成交件数", "直播间成交人数", "直播间退款订单数", "直播间退款金额", "投放消耗（店铺绑定）", "净成交金额", "1小时退款金额",
     "1小时退款订单数", "商品曝光-点击率（人数）"],
    ["整体", "-", "-", "400", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9",
     "9", "9", "9", "9", "9", "0.5"],
    ["小店主播", "2026/09/07 08:55:37", "2026/09/07 12:55:37", "240", "60000", "1.2万", "15093", "21,254", "320", "88.5", "1.58",
     "812", "120", "4", "42", "12774", "6390", "90000", "9000", "1536", "61045.30", "58000.00", "1700", "1513", "265", "10532.40",
     "-", "50512.90", "10532.40", "265", "0.5002"],
]  # fmt: skip
