"""Header names of product files, by platform; from real exports and the templates shops keep."""

from __future__ import annotations

from liveshop_desk.i18n import mark
from liveshop_desk.sheets.headers import Format
from liveshop_desk.sheets.wordlists import names, words

LABELS = {
    "product_id": mark("product id"),
    "product_code": mark("product code"),
    "title": mark("product name"),
    "handle": mark("Handle"),
    "sku_id": mark("SKU id"),
    "sku_code": mark("SKU code"),
    "spec": mark("spec"),
    "barcode": mark("barcode"),
    "list_price": mark("list price"),
    "live_price": mark("live price"),
    "floor_price": mark("7-day lowest price"),
    "cost": mark("cost"),
    "stock": mark("stock"),
    "role": mark("role"),
    "planned_seconds": mark("pitch length"),
    "expected_units": mark("expected units"),
    "counted": mark("counted quantity"),
}

OWN_NAMES = names(
    """
    product_id: 商品ID | 商品编号ID | 宝贝ID | 商品数字ID | 数字ID | 平台商品ID | 抖音商品ID |
        淘宝商品ID | product id | item id
    product_code: 商品编码 | 商家编码 | 货号 | 款号 | 商品货号 | 商品款号 | 产品编码 | 产品货号 |
        产品编号 | 商品编号 | 商品代码 | 款式编码 | 物料编码 | 货品编码 | 商品码 | 编码 | 编号 |
        product code | item code | item no | item number | style | style no | style code | article |
        article no | code | 款式编号 | SPU | SPU编码 | SPU code
    title: 品名 | 商品名称 | 商品名 | 商品标题 | 产品名称 | 产品名 | 产品 | 商品 | 宝贝名称 | 宝贝标题 |
        货品名称 | 货品 | 款名 | 款式名称 | 商品简称 | 标题 | 名称 | 单品 | 品名/款式 | 商品/品名 |
        品名款式 | product name | product title | product | item name | item title | item | title |
        goods name | goods title | goods | Name_of_the_product | Name_of_goods
    brand: 品牌 | 品牌名称 | brand | brand name | vendor | manufacturer
    category: 类目 | 品类 | 商品类目 | 商品品类 | 分类 | 商品分类 | 产品类别 | 类别 | 一级类目 |
        category | product category | goods category
    category2: 二级类目 | 二级分类 | subcategory
    category3: 三级类目 | 三级分类
    category4: 四级类目 | 四级分类
    role: 货品角色 | 商品角色 | 角色 | 类型 | 货品类型 | 商品类型 | 款型 | 商品定位 | 货品定位 | 定位 |
        品类型 | role | type
    seller: 供应商 | 商家 | 供货商 | 厂家 | 店铺 | 店铺名称 | 商家名称 | seller | supplier | merchant |
        shop
    sku_id: 规格ID(SKUID) | 规格ID | SKUID | SKU ID | sku_id | 平台SKUID
    sku_code: 商家SKU编码 | SKU编码 | SKU商家编码 | 规格编码 | 规格商家编码 | SKU货号 | SKU | 单品编码 |
        sku code | seller sku | variant sku | sku no
    spec: 商品规格 | 规格 | 规格名称 | 规格名 | SKU名称 | SKU规格 | 颜色尺码 | 颜色/尺码 | 颜色规格 |
        款式 | 属性 | 销售属性 | 规格型号 | 型号 | spec | specification | variant | variation | option |
        options | variation value
    color: 颜色 | 颜色分类 | color | colour
    size: 尺码 | 尺寸 | 码数 | size
    barcode: 条码 | 条形码 | 商品条码 | 国标码 | 69码 | barcode | ean | upc | gtin | bar code
    list_price: 吊牌价 | 划线价 | 日常价 | 原价 | 市场价 | 日常售价 | 平时价 | 专柜价 | 官方价 | 零售价 |
        标价 | 建议零售价 | list price | original price | regular price | compare at price | msrp | rrp |
        retail price | market price
    live_price: 直播价 | 直播间价格 | 直播间价 | 直播到手价 | 到手价 | 活动价 | 直播售价 | 专享价 |
        秒杀价 | 售价 | 销售价 | 现价 | 价格 | 商品价格 | 单价 | 一口价 | 宝贝价格 | SKU价格 | SKU售价 |
        live price | sale price | selling price | price | unit price | special price
    floor_price: 七天最低成交价 | 七日最低成交价 | 近七天最低成交价 | 近七日最低成交价 | 7天最低成交价 |
        7日最低成交价 | 近7天最低成交价 | 近7日最低成交价 | 七天最低价 | 七日最低价 | 近七天最低价 |
        近七日最低价 | 7天最低价 | 7日最低价 | 近7天最低价 | 近7日最低价 | 最低成交价 | floor price | floor |
        7 day lowest price | 7 day lowest deal price | 7 day low | lowest price in 7 days
    cost: 成本 | 成本价 | 进价 | 进货价 | 采购价 | 供货价 | 供价 | 结算价 | 底价 | cost | cost price |
        cost per item | unit cost
    stock: 库存 | 库存数 | 库存量 | 库存数量 | 现货库存 | 可售库存 | 可用库存 | SKU库存 | 商品库存 |
        直播库存 | 总库存 | 现有库存 | 备货 | 备货量 | 备货数 | 数量 | 宝贝数量 | stock | inventory |
        quantity | qty | available | inventory quantity | in stock | on hand
    offer: 机制 | 直播机制 | 优惠 | 优惠机制 | 活动机制 | 直播优惠 | 赠品 | 福利 | 机制(优惠) | 活动 |
        促销 | 优惠方式 | offer | promotion | deal | gift
    selling_points: 卖点 | 商品卖点 | 核心卖点 | 产品卖点 | 主要卖点 | 亮点 | selling points |
        selling point | highlights | key points
    planned_seconds: 讲解时长 | 计划时长 | 时长 | 预计时长 | 讲解时间 | 讲解分钟 | 讲解时长(分钟) |
        时长(分钟) | 时长(秒) | 分钟 | 分钟数 | 用时 | pitch length | minutes | duration | length |
        planned minutes | planned duration | mins
    expected_units: 预估销量 | 预计销量 | 目标销量 | 预估件数 | 预计件数 | 销量目标 | 预估 | 预期销量 |
        目标件数 | expected units | expected sales | target units | forecast | forecast units
    link_no: 链接号 | 链接 | 链接序号 | 上架序号 | 小黄车 | 小黄车序号 | 购物车序号 | 号链接 | 几号链接 |
        顺序/链接号 | 序号/链接号 | 链接号/顺序 | 商品序号 | 橱窗序号 | link | link no | link number
    """
)

OWN = Format("own", OWN_NAMES, (("title", "product_code", "product_id", "sku_code"),), LABELS, loose=True)

DOUYIN = Format(
    "douyin",
    OWN_NAMES
    | names(
        """
    product_code: 商家编码 | 商品商家编码 | 商品编码 | 货号 | 款号
    """
    ),
    (("product_id",), ("title",)),
    LABELS,
    words(
        """
        商品ID 商品名称 一级类目 二级类目 三级类目 四级类目 商家SKU编码 规格ID(SKUID) 规格ID 商品规格
        类目ID 商品状态 审核状态
        """
    ),
    4,
)

TAOBAO = Format(
    "taobao",
    names(
        """
    title: title | 宝贝名称 | 宝贝标题
    live_price: price | 宝贝价格 | 一口价
    stock: num | 宝贝数量
    product_code: outer_id | 商家编码
    product_id: num_id | 数字ID | 宝贝ID | 商品ID
    barcode: barcode | 商品条形码 | 条形码
    sku_props: skuProps | 销售属性组合
    sku_names: propAlias | 销售属性别名
    sku_barcodes: sku_barcode | sku 条形码 | SKU条形码
    selling_points: subtitle | 宝贝卖点 | 卖点
    brand: brand | 品牌
    list_price: list_price | 吊牌价 | 划线价
    """
    ),
    (("title", "product_code"),),
    LABELS,
    words(
        """
        title cid seller_cids stuff_status outer_id num_id skuProps propAlias cateProps postage_id
        picture 宝贝名称 宝贝类目 店铺类目 宝贝价格 宝贝数量 数字ID 销售属性组合 销售属性别名 宝贝属性
        新旧程度 宝贝描述
        """
    ),
    3,
)

TIKTOK = Format(
    "tiktok",
    names(
        """
    product_id: product_id | 商品ID
    category: category | 类目
    title: product_name | 商品名称
    brand: brand
    sku_id: sku_id | SKU ID
    spec: variation_value | variation | variations | 规格
    live_price: price | retail_price | local_price
    list_price: list_price | original_price
    stock: quantity | total_quantity | available_quantity | warehouse_quantity
    sku_code: seller_sku | 商家SKU
    barcode: gtin_code | gtin | identifier_code
    """
    ),
    (("product_id",), ("title", "sku_id")),
    LABELS,
    words("product_id product_name sku_id variation_value seller_sku"),
    3,
)

SHOPIFY = Format(
    "shopify",
    names(
        """
    handle: Handle | URL handle
    title: Title
    brand: Vendor
    category: Type | Product Type | Product Category
    option1: Option1 Value
    option2: Option2 Value
    option3: Option3 Value
    sku_code: Variant SKU | SKU
    stock: Variant Inventory Qty | Inventory quantity | Variant Inventory Quantity
    live_price: Variant Price | Price
    list_price: Variant Compare At Price | Compare-at price | Compare At Price
    barcode: Variant Barcode | Barcode
    cost: Cost per item | Variant Cost
    image: Image Src | Product image URL
    """
    ),
    (("handle",), ("title",)),
    LABELS,
    frozenset(
        {
            "Handle",
            "URL handle",
            "Vendor",
            "Option1 Name",
            "Option1 Value",
            "Variant SKU",
            "Variant Price",
            "Variant Inventory Qty",
        }
    ),
    4,
)

# A bare "Name" column is as often the seller's: it is taken for the product's only beside one of these.
OWN_BARE_NAME = Format(
    "own",
    OWN_NAMES | {"title": (*OWN_NAMES["title"], "Name")},
    (("title",), ("stock", "sku_code", "barcode", "cost", "product_code", "product_id")),
    LABELS,
    loose=True,
    fallback=True,
)

FORMATS = (SHOPIFY, TIKTOK, TAOBAO, DOUYIN, OWN, OWN_BARE_NAME)
