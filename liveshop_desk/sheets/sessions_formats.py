"""Header names of session lists (one row per livestream), by platform."""

from __future__ import annotations

from liveshop_desk.i18n import mark
from liveshop_desk.sheets.headers import Format
from liveshop_desk.sheets.wordlists import names, words

LABELS = {
    "started_at": mark("start time"),
    "title": mark("title"),
    "anchor": mark("anchor"),
    "views": mark("views"),
    "gmv": mark("GMV"),
}

# How each figure is read: count (whole), real (may have decimals), money (fen), seconds, rate (fraction).
COUNTS = words(
    """
        views viewers impressions impression_viewers online_max comments commenters interacters
        new_followers lost_followers fan_joins shares likes likers gifts tippers products
        exposed_viewers exposures clickers clicks orders units buyers cart_adders cart_units
        refund_orders refund_buyers refund_units refund_orders_1h pitches lucky_bags coupons new_buyers
        old_buyers negative_feedback entered left
        """
)
REALS = ("online_mean", "file_uv_value", "file_gpm", "file_roi")
MONEYS = (
    "gmv",
    "user_paid",
    "net_gmv",
    "refund_amount",
    "refund_amount_1h",
    "ad_spend",
    "tips",
    "file_aov",
    "commission",
)
# What may be below zero: figures with what went taken off, and refunds, which some write as what was lost.
SIGNED = words(
    """
        new_followers lost_followers fan_joins net_gmv
        refund_orders refund_buyers refund_units refund_amount refund_orders_1h refund_amount_1h
        """
)
LENGTHS = ("stay_seconds", "watch_seconds")
RATES = words(
    """
        file_enter_rate file_exposure_rate file_click_rate file_click_pay_rate file_view_pay_rate
        file_interact_rate file_follow_rate file_refund_rate file_cover_click_rate file_cart_rate
        """
)
FIGURES = (*sorted(COUNTS), *REALS, *MONEYS, *LENGTHS, *sorted(RATES))

# The file's own rate is kept only where the desk could not work it out from the row's base counts.
RATE_BASES = names(
    """
    file_uv_value: gmv | viewers
    file_gpm: gmv | views
    file_roi: gmv | ad_spend
    file_aov: gmv | buyers
    file_enter_rate: viewers | impression_viewers
    file_exposure_rate: exposed_viewers | viewers
    file_click_rate: clickers | exposed_viewers
    file_click_pay_rate: buyers | clickers
    file_view_pay_rate: buyers | viewers
    file_interact_rate: interacters | viewers
    file_follow_rate: new_followers | viewers
    file_refund_rate: refund_orders | orders
    file_cart_rate: cart_adders | clickers
    """
)

# Headers that several platforms share; a platform's own table below adds to or replaces them.
SHARED = names(
    """
    title: 直播标题 | 直播间标题 | 场次标题 | 场次名称 | 直播名称 | 直播主题 | 主题 | 场次信息 | 场次 |
        标题 | 直播间名称 | 直播间 | title | theme | session
    source_id: 场次ID | 直播ID | 直播间ID | 直播场次ID | room id | live id | session id
    anchor: 主播昵称 | 主播 | 主播名称 | 主播姓名 | 达人昵称 | 达人 | 账号昵称 | 账号 | 账号名称 |
        直播账号 | anchor | host | streamer | creator | nickname
    started_at: 直播开始时间 | 直播开播时间 | 开播时间 | 开始时间 | 开播日期 | 直播时间 | 直播日期 |
        场次时间 | 日期 | 时间 | start time | started at | start | live time | date | launched time |
        Start_time
    ended_at: 直播结束时间 | 结束时间 | 下播时间 | 关播时间 | 直播下播时间 | end time | ended at | end
    duration: 直播时长 | 开播时长 | 直播总时长 | 时长 | 直播时长(分钟) | duration | live duration
    views: 直播间观看次数 | 观看次数 | 场观 | 累计观看次数 | 观看PV | PV | 总场观 | 观看量 | 浏览量 |
        直播间浏览量 | views | total views | view count
    viewers: 直播间观看人数 | 观看人数 | 累计观看人数 | 观看UV | 总观看人数 | 访客数 | 直播间访客数 |
        累计观众 | viewers | unique viewers | total viewers | audience
    impressions: 直播间曝光次数 | 曝光次数 | 曝光量 | 曝光PV | 直播曝光次数 | impressions |
        live impressions
    impression_viewers: 直播间曝光人数 | 曝光人数 | 曝光UV | 直播曝光人数 | reach
    online_max: 最高在线人数 | 最高在线 | 在线峰值 | 峰值在线人数 | 人气峰值 | 最高同时在线人数 |
        在线人数峰值 | PCU | peak viewers | peak online | max online | Peak_viewers |
        peak concurrent viewers
    online_mean: 平均在线人数 | 平均在线 | 人均在线 | 平均同时在线人数 | 在线均值 | ACU | average online |
        average viewers | average concurrent viewers | Average_number_of_online_viewers |
        Average online viewers
    stay_seconds: 人均观看时长 | 人均停留时长 | 平均停留时长 | 平均观看时长 | 人均停留 | 平均停留 |
        人均观看时长(分钟) | 人均观看时长(秒) | average stay | average watch time |
        average view duration | avg. viewing duration | Average_length_of_stay | average length of stay
    watch_seconds: 观看总时长 | 累计观看时长 | 总观看时长 | 观看总时长(秒) | total watch time |
        watch time
    comments: 评论次数 | 评论数 | 评论量 | 弹幕数 | 互动次数 | comments | number of comments
    commenters: 评论人数 | 弹幕人数 | commenters
    interacters: 互动人数 | interacting viewers
    new_followers: 新增粉丝数 | 新增粉丝 | 涨粉 | 涨粉数 | 涨粉量 | 新增关注 | 新增关注数 | 关注人数 |
        新增关注人数 | new followers | Number_of_new_followers | followers gained
    lost_followers: 取关粉丝数 | 取关人数 | 取关数 | 掉粉数 | lost followers
    fan_joins: 新加直播团人数 | 新增粉丝团 | 新增粉丝团人数 | 加团人数 | 新加团人数 | 加粉丝团人数 |
        Number_of_new_fans | new fans | fan club joins
    shares: 分享次数 | 分享数 | 转发次数 | 转发数 | shares
    likes: 点赞次数 | 点赞数 | 点赞 | 点赞量 | likes | Number_of_likes
    gifts: 礼物 | 音浪 | 收获音浪 | 音浪收入 | 打赏音浪 | gifts | gifts from viewers |
        Gifts_from_viewers
    tippers: 打赏人数 | 送礼人数
    products: 带货商品数 | 商品数 | 上架商品数 | 在架商品数 | 直播商品数 | number of products |
        Number_of_products | products
    exposed_viewers: 直播间商品曝光人数 | 商品曝光人数
    exposures: 直播间商品曝光次数 | 商品曝光次数 | 商品曝光量 | product impressions
    clickers: 直播间商品点击人数 | 商品点击人数
    clicks: 直播间商品点击次数 | 商品点击次数 | 商品点击量 | product clicks
    orders: 直播间成交订单数 | 成交订单数 | 成交笔数 | 支付订单数 | 订单数 | 订单量 | 成交订单量 |
        成交单量 | 成交订单 | orders | paid orders | order count | orders paid for
    gmv: 直播间成交金额 | 成交金额 | GMV | 成交额 | 支付金额 | 销售额 | 直播销售额 | 直播间GMV |
        成交总额 | 销售金额 | 总销售额 | Total_sales_amount | total sales amount | sales amount |
        gross merchandise value | revenue | sales | gross revenue
    user_paid: 直播间用户支付金额 | 用户支付金额 | 用户实付金额 | 实付金额
    net_gmv: 净成交金额 | 直播间净成交金额 | 净销售额 | net sales | net GMV
    units: 直播间成交件数 | 成交件数 | 支付件数 | 销量 | 直播销量 | 成交销量 | 件数 | units sold | units |
        items sold | Number_of_goods_sold | number of goods sold | product sold
    buyers: 直播间成交人数 | 成交人数 | 支付人数 | 支付买家数 | 成交买家数 | 购买人数 | 下单人数 |
        buyers | customers | unique customers
    refund_orders: 直播间退款订单数 | 退款订单数 | 退款笔数 | refund orders | refunded orders
    refund_buyers: 退款人数 | 直播间退款人数
    refund_units: 退款件数 | 直播间退款件数
    refund_amount: 直播间退款金额 | 退款金额 | 退款额 | refund amount | refunds
    refund_orders_1h: 1小时退款订单数 | 直播间1小时退款订单数
    refund_amount_1h: 1小时退款金额 | 直播间1小时退款金额
    ad_spend: 投放消耗(店铺绑定) | 投放消耗 | 广告消耗 | 千川消耗 | 投流消耗 | 投流金额 | 投放金额 |
        广告费 | 消耗 | ad spend | ad cost
    cart_adders: 加购人数 | add-to-cart users
    cart_units: 加购件数 | 加购数
    pitches: 讲解次数 | 讲解商品数
    negative_feedback: 负反馈次数 | 负反馈数 | 负向反馈次数
    file_uv_value: UV价值 | uv value
    file_gpm: 千次观看成交金额 | GPM | 千次观看用户支付金额
    file_roi: ROI | 支付ROI | 投产比
    file_aov: 客单价 | Per_customer_transaction | average order value | per customer transaction
    file_enter_rate: 曝光-观看率(人数) | 曝光-观看率 | 直播间曝光-观看率 | 进入率 | 曝光进入率
    file_exposure_rate: 观看-商品曝光率(人数) | 观看-商品曝光率 | 观看-曝光率
    file_click_rate: 商品曝光-点击率(人数) | 商品曝光-点击率 | 商品点击率 | 商品点击率(人数)
    file_click_pay_rate: 商品点击-成交率(人数) | 点击-成交率(人数) | 点击-成交率 | 商品点击-成交率 |
        点击成交转化率 | 点击转化率
    file_view_pay_rate: 观看-成交率(人数) | 观看-成交率 | 成交转化率 | 带货转化率 | 转化率 | 支付转化率 |
        Sales_conversion_value_ratio | sales conversion value ratio | conversion rate
    file_interact_rate: 互动率 | interaction rate
    file_follow_rate: 转粉率 | 关注率 | 涨粉率 | Fan Conversion Ratio | follow rate
    file_refund_rate: 退款率 | refund rate
    file_cover_click_rate: 封面图点击率 | 封面点击率
    file_cart_rate: 加购率
    """
)

_NEEDS = (
    ("started_at",),
    ("views", "viewers", "gmv", "online_max", "online_mean", "orders", "units", "user_paid", "likes"),
)

COMPASS = Format(
    "compass",
    SHARED,
    _NEEDS,
    LABELS,
    words(
        """
        主播昵称 直播开始时间 直播结束时间 直播间曝光人数 直播间曝光次数 直播间观看次数 取关粉丝数
        带货商品数 直播间商品曝光人数 直播间商品曝光次数 直播间成交订单数 直播间成交金额
        直播间用户支付金额 投放消耗(店铺绑定) 净成交金额 1小时退款金额
        """
    ),
    6,
)
TAOBAO_LIVE = Format(
    "taobao_live",
    SHARED,
    _NEEDS,
    LABELS,
    words("场次信息 场次id 直播开播时间 开播时长 封面图点击率 观看总时长 加购件数 成交笔数 退款笔数"),
    4,
)
XIAOHONGSHU = Format(
    "xiaohongshu",
    SHARED,
    _NEEDS,
    LABELS,
    words("人均停留时长 互动人数 评论人数 支付人数 支付订单数 支付件数 支付金额 主播昵称"),
    5,
)
ANALYTICS = Format(
    "analytics",
    SHARED
    | {
        "title": (
            "Name_of_the_livestream",
            "livestream name",
            "name of livestream",
            "live title",
            "livestream title",
            *SHARED["title"],
        ),
        "anchor": ("Name", "Name_of_the_anchor", "anchor name", "KOL", "KOL name", "streamer name", *SHARED["anchor"]),
        "file_uv_value": ("UV", "UV value", "UV_value"),
        "viewers": ("unique viewers", "Number_of_viewers", "viewers", "total viewers"),
    },
    _NEEDS,
    LABELS,
    frozenset(
        {
            "Name_of_the_livestream",
            "Start_time",
            "Peak_viewers",
            "Number_of_goods_sold",
            "Total_sales_amount",
            "Average_number_of_online_viewers",
            "Number_of_new_followers",
            "Sales_conversion_value_ratio",
            "Average_length_of_stay",
            "Per_customer_transaction",
            "Number_of_likes",
        }
    ),
    4,
)
OWN = Format("own", SHARED, _NEEDS, LABELS)

FORMATS = (COMPASS, TAOBAO_LIVE, XIAOHONGSHU, ANALYTICS, OWN)
