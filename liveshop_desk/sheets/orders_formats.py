"""Header names of order lists, by platform. A buyer's name, telephone and address have no field: never read."""

from __future__ import annotations

from liveshop_desk.i18n import mark
from liveshop_desk.sheets.headers import Format
from liveshop_desk.sheets.wordlists import names, words

LABELS = {
    "order": mark("order number"),
    "paid_at": mark("time of payment"),
    "created_at": mark("time of the order"),
    "amount": mark("amount paid"),
    "order_amount": mark("amount of the whole order"),
    "quantity": mark("quantity"),
    "status": mark("order status"),
    "refund": mark("refunded amount"),
    "refunded_at": mark("time of the refund"),
    "currency": mark("currency"),
    "sku_code": mark("code"),
}

_DOUYIN = names(
    """
    order: 主订单编号
    line: 子订单编号
    sku_id: 规格ID | SKU ID | 规格ID（SKUID）
    sku_code: 商家编码 | 商家SKU编码
    product_id: 商品ID
    item_title: 选购商品 | 商品名称
    quantity: 商品数量 | 数量
    amount: 订单应付金额 | 订单实付金额 | 应付金额
    listed: 商品金额
    created_at: 订单提交时间
    paid_at: 支付完成时间 | 支付时间 | 付款时间
    status: 订单状态
    after_sale: 售后状态
    refund: 退款金额 | 实际退款金额 | 售后退款金额
    refunded_at: 退款完成时间 | 退款时间 | 售后完成时间
    anchor: 达人ID
    anchor_name: 达人昵称
    currency: 币种
    buyer: 买家ID | 用户ID
    """
)

_TIKTOK = names(
    """
    order: Order ID
    sku_id: SKU ID
    sku_code: Seller SKU
    item_title: Product Name
    quantity: Quantity
    amount: SKU Subtotal After Discount
    order_amount: Order Amount
    created_at: Created Time
    paid_at: Paid Time
    status: Order Status
    after_sale: Cancelation/Return Type | Cancellation/Return Type
    order_refund: Order Refund Amount
    refunded_at: Refund Time | Refunded Time
    currency: Currency
    buyer: Buyer User ID | Buyer ID
    """
)

_OWN = names(
    """
    order: 订单编号 | 订单号 | 主订单编号 | 主订单号 | 单号 | 平台订单号 | order id | order number | order no | order
    line: 子订单编号 | 子订单号
    sku_id: SKU ID | 规格ID | SKUID
    sku_code: 商家编码 | 货号 | SKU | SKU编码 | 编码 | 款号 | 商品编码 | seller sku | sku code | code
    product_id: 商品ID | 宝贝ID | 商品id | product id
    item_title: 商品名称 | 商品标题 | 宝贝标题 | 宝贝名称 | 商品 | 品名 | 选购商品 |
        product name | product | lineitem name | item | title
    quantity: 数量 | 商品数量 | 件数 | 购买数量 | 宝贝总数量 | 销售数量 | quantity | qty | units
    amount: 实付金额 | 订单应付金额 | 支付金额 | 实付 | 买家实际支付金额 | 订单金额 | 成交金额 | 付款金额 | 金额 |
        amount | paid amount | total
    listed: 商品金额
    created_at: 下单时间 | 订单提交时间 | 订单创建时间 | 创建时间 | created time | created at
    paid_at: 支付时间 | 付款时间 | 支付完成时间 | 订单付款时间 | 成交时间 | paid time | paid at
    status: 订单状态 | 状态 | order status | status
    after_sale: 售后状态 | 退款状态
    refund: 退款金额 | 实际退款金额 | refund amount | refund
    refunded_at: 退款时间 | 退款完成时间 | refund time | refunded at
    anchor: 达人ID | 主播ID
    anchor_name: 达人昵称 | 主播 | 主播昵称 | anchor
    currency: 币种 | 货币 | currency
    buyer: 买家ID | 用户ID | 会员ID | buyer id | user id
    order_amount: 整单金额 | order amount
    order_refund: 整单退款金额 | order refund amount
    """
)

_NEEDED = (("order",), ("amount", "order_amount"), ("paid_at", "created_at"))
FORMATS = (
    Format(
        "douyin_orders",
        _DOUYIN,
        _NEEDED,
        LABELS,
        words("主订单编号 子订单编号 选购商品 订单应付金额 订单提交时间"),
        3,
    ),
    Format(
        "tiktok_orders",
        _TIKTOK,
        _NEEDED,
        LABELS,
        frozenset({"Order ID", "Seller SKU", "SKU Subtotal After Discount", "Order Amount", "Paid Time"}),
        3,
    ),
    Format("own", _OWN, _NEEDED, LABELS, loose=True),
)
KINDS = tuple(each.kind for each in FORMATS)

# What the platforms say of an order nobody has paid, of one that was called off, of money given back.
UNPAID = ("待付款", "待支付", "未支付", "未付款", "等待买家付款", "unpaid", "awaiting payment", "pending payment")
CLOSED = ("关闭", "取消", "cancel", "closed")
PARTLY = ("部分", "partial")
REFUNDED = ("退款成功", "退款完成", "已退款", "退款退货成功", "refunded", "refund completed", "refund success")
