import type {
  catalog,
  customers,
  delivery,
  imports,
  metrics,
  orders,
  payments,
  playbooks,
  pricing,
  purchasing,
  returns,
  routing,
  targets,
  warnings,
} from '@tongshang/contract';
import type { Language } from '../format/language.ts';

/** One thing, one word, in both languages side by side. */
export interface Word {
  readonly zh: string;
  readonly en: string;
}

/** How a status feels, which decides its dot; the word beside it says what it is. */
export type Tone = 'neutral' | 'active' | 'good' | 'attention' | 'bad' | 'done';
export interface Status extends Word {
  readonly tone: Tone;
}

export const say = (word: Word, language: Language): string => (language === 'en' ? word.en : word.zh);

const status = (tone: Tone, zh: string, en: string): Status => ({ tone, zh, en });
const word = (zh: string, en: string): Word => ({ zh, en });

// Every table names each code of the contract's closed list: an untranslated one does not compile.
type Each<Codes extends readonly string[], Value> = Readonly<Record<Codes[number], Value>>;

export const orderStates: Each<typeof orders.orderStates, Status> = {
  placed: status('attention', '待付款', 'Awaiting payment'),
  paid: status('active', '待放行', 'Awaiting release'),
  released: status('active', '待发货', 'Awaiting shipment'),
  partly_shipped: status('active', '部分发货', 'Partly shipped'),
  shipped: status('good', '已发货', 'Shipped'),
  delivered: status('done', '已签收', 'Delivered'),
  cancelled: status('neutral', '已取消', 'Cancelled'),
};

export const orderAttentions: Each<typeof orders.attentions, Status> = {
  address_incomplete: status('bad', '地址不全', 'Incomplete address'),
  payment_wrong_amount: status('bad', '付款金额不符', 'Wrong amount paid'),
  payment_refunded: status('attention', '付款已退回', 'Payment given back'),
  refund_failed: status('bad', '退款失败', 'Refund failed'),
  remark: status('attention', '买家有留言', 'Remark by the buyer'),
  large_amount: status('attention', '金额较大', 'Large amount'),
  address_watch: status('attention', '地址需核对', 'Address to be checked'),
  risk_score: status('bad', '风险分偏高', 'High risk score'),
  back_order: status('neutral', '等到货', 'Waiting for stock'),
  no_capacity: status('neutral', '今日产能已满', 'No capacity today'),
  no_location: status('bad', '无仓可发', 'Nobody can send it'),
  customer_asked: status('attention', '等买家答复', 'Waiting for the buyer'),
  substitution: status('attention', '等买家同意换货', 'Substitution proposed'),
  staff: status('attention', '人工暂停', 'Held by hand'),
  parcel_late: status('bad', '包裹未按时送达', 'Parcel is late'),
};

export const orderSteps: Each<typeof orders.orderStepKinds, Word> = {
  release: word('放行', 'Release'),
  hold: word('暂停', 'Hold'),
  ask_customer: word('询问买家', 'Ask the buyer'),
  change_recipient: word('改收件人', 'Change recipient'),
  reroute: word('换地方发货', 'Send from elsewhere'),
  substitute: word('替换商品', 'Substitute'),
  cancel_lines: word('取消部分商品', 'Cancel part'),
  ship: word('发货', 'Ship'),
  deliver: word('签收', 'Deliver'),
  cancel: word('取消订单', 'Cancel'),
};

export const exceptionDecisions: Each<typeof orders.exceptionDecisions, Word> = {
  release_hold: word('解除暂停', 'Release the hold'),
  ask_customer: word('询问买家', 'Ask the buyer'),
  change_recipient: word('改收件人', 'Change recipient'),
  reroute: word('换地方发货', 'Send from elsewhere'),
  cancel: word('取消订单', 'Cancel'),
};

export const routingRuleKinds: Each<typeof routing.routingRuleKinds, Word> = {
  fewest_parcels: word('包裹最少', 'Fewest parcels'),
  distance: word('距离最近', 'Shortest distance'),
  cost: word('运费最低', 'Lowest freight'),
  capacity: word('产能最宽裕', 'Most capacity left'),
  stock_balance: word('库存均衡', 'Even stock'),
  promise_date: word('送达最早', 'Earliest promise'),
  priority: word('地点优先级', 'Priority of the location'),
  prefer: word('优先某些地点', 'Prefer locations'),
  avoid: word('尽量不用某些地点', 'Avoid locations'),
};

export const routeOrigins: Each<typeof routing.routeOrigins, Word> = {
  first_location: word('首选仓有货', 'The first location had everything'),
  rules: word('按规则', 'By the rules'),
  person: word('人工指定', 'By a person'),
  rejection: word('被退回，改派', 'Rejected, sent from elsewhere'),
  capacity: word('产能已满，改派', 'No capacity, sent from elsewhere'),
  back_order: word('到货后分配', 'After stock came'),
};

export const reviewRuleKinds: Each<typeof routing.reviewRuleKinds, Word> = {
  address: word('地址完整', 'Complete address'),
  payment: word('货款还在', 'Money still there'),
  remark: word('买家留言', 'Remark by the buyer'),
  large_amount: word('金额上限', 'Amount'),
  address_watch: word('需核对的地址', 'Watched addresses'),
  risk_score: word('风险分', 'Risk score'),
};

export const storages: Each<typeof delivery.storages, Word> = {
  ambient: word('常温', 'Ambient'),
  chilled: word('冷藏', 'Chilled'),
  frozen: word('冷冻', 'Frozen'),
};

export const orderTimeline: Each<typeof orders.timelineKinds, Word> = {
  placed: word('下单', 'Order placed'),
  paid: word('收到付款', 'Payment received'),
  payment_started: word('开始付款', 'Payment started'),
  payment_declined: word('付款被拒', 'Payment declined'),
  payment_wrong_amount: word('付款金额不符', 'Wrong amount paid'),
  payment_late_refunded: word('付款来迟，自动退回', 'Late payment, refunded automatically'),
  payment_doubled_refunded: word('重复付款，自动退回', 'Double payment, refunded automatically'),
  held: word('暂停，等人处理', 'Held for a person'),
  released: word('放行，可以拣货', 'Released for picking'),
  shipped: word('发货', 'Shipped'),
  delivered: word('签收', 'Delivered'),
  cancelled: word('取消', 'Cancelled'),
  expired: word('超时未付，自动取消', 'Not paid in time, cancelled'),
  refund_requested: word('申请退款', 'Refund requested'),
  refund_done: word('退款到账', 'Refund done'),
  refund_failed: word('退款失败', 'Refund failed'),
  recipient_changed: word('修改收件人', 'Recipient changed'),
  return_recorded: word('登记退货', 'Return recorded'),
  imported: word('导入历史', 'Imported history'),
  revived: word('迟到的付款已收下，订单恢复', 'Late payment accepted, order revived'),
  lines_cancelled: word('取消部分商品', 'Part of the order cancelled'),
  points_returned: word('退回积分', 'Points returned'),
  coupon_given: word('赠送优惠券', 'Coupon given'),
  hold_released: word('解除暂停', 'Hold released'),
  partly_shipped: word('部分发货', 'Partly shipped'),
  routed: word('定下发货地', 'Location decided'),
  rerouted: word('改派发货地', 'Sent from elsewhere'),
  rejected: word('发货地退回', 'Rejected by the location'),
  merged: word('与同一买家的订单合并发货', 'Merged with another order of the buyer'),
  customer_asked: word('询问买家', 'Buyer asked'),
  customer_answered: word('买家答复', 'Buyer answered'),
  substitution_proposed: word('建议替换商品', 'Substitution proposed'),
  substituted: word('替换商品', 'Substituted'),
  substitution_declined: word('买家不同意替换', 'Substitution declined'),
  collected: word('到店取走', 'Collected'),
  lapsed: word('逾期未取', 'Not collected in time'),
  pickup_ready: word('已备好，凭取货码来取', 'Ready to collect with the code'),
};

export const paymentStates: Each<typeof payments.paymentStates, Status> = {
  pending: status('attention', '待付款', 'Pending'),
  captured: status('good', '已收款', 'Captured'),
  failed: status('bad', '失败', 'Failed'),
  closed: status('neutral', '已关闭', 'Closed'),
};

export const paymentProviders = {
  sandbox: word('沙箱支付', 'Sandbox pay'),
  till_card: word('门店刷卡', 'Card at the till'),
  till_cash: word('门店现金', 'Cash at the till'),
};

export const refundStates: Each<typeof payments.refundStates, Status> = {
  requested: status('attention', '待退款', 'Requested'),
  sent: status('active', '退款中', 'Sent'),
  done: status('done', '已退款', 'Refunded'),
  failed: status('bad', '失败', 'Failed'),
};

export const returnReasons: Each<typeof returns.returnReasons, Word> = {
  unwanted: word('不想要了', 'Unwanted'),
  too_small: word('尺码偏小', 'Too small'),
  too_large: word('尺码偏大', 'Too large'),
  defective: word('质量问题', 'Defective'),
  wrong_item: word('发错货', 'Wrong item'),
  damaged: word('运输破损', 'Damaged'),
  late: word('到得太晚', 'Too late'),
  other: word('其他', 'Other'),
};

export const productStates: Each<typeof catalog.productStates, Status> = {
  draft: status('neutral', '草稿', 'Draft'),
  active: status('good', '在售', 'On sale'),
  retired: status('done', '已下架', 'Retired'),
};

export const productLines: Each<typeof catalog.productLines, Word> = {
  apparel: word('服饰', 'Apparel'),
  food: word('食品', 'Food'),
  appliance: word('小家电', 'Small appliances'),
  general: word('其他', 'Other'),
};

export const priceKinds: Each<typeof pricing.priceKinds, Word> = {
  list: word('标价', 'List price'),
  channel: word('渠道价', 'Channel price'),
  group: word('客群价', 'Group price'),
  member: word('会员价', 'Member price'),
  markdown: word('降价', 'Mark-down'),
};

export const priceTurns: Each<readonly ['begins', 'ends'], Status> = {
  begins: status('attention', '开始', 'Begins'),
  ends: status('neutral', '结束', 'Ends'),
};

export const priceStates = {
  scheduled: status('attention', '待生效', 'Scheduled'),
  running: status('good', '生效中', 'Running'),
  ended: status('done', '已结束', 'Ended'),
};

export const customerSources: Each<typeof customers.customerSources, Word> = {
  shop: word('网店', 'Online shop'),
  import: word('导入', 'Import'),
  store: word('门店', 'Store'),
};

export const adjustReasons = {
  count: word('盘点', 'Count'),
  damage: word('破损', 'Damage'),
  found: word('找到', 'Found'),
  lost: word('丢失', 'Lost'),
  expired: word('过期', 'Expired'),
};

export const locationKinds = { warehouse: word('仓库', 'Warehouse'), store: word('门店', 'Store') };

export const purchaseStates: Each<typeof purchasing.purchaseStates, Status> = {
  requested: status('active', '已申请', 'Requested'),
  partly_received: status('attention', '部分到货', 'Partly received'),
  received: status('done', '已到货', 'Received'),
  closed: status('neutral', '已关闭', 'Closed'),
  cancelled: status('neutral', '已取消', 'Cancelled'),
};

export const channels = {
  shop: word('自营网店', 'Online shop'),
  store: word('门店', 'Stores'),
  wholesale: word('批发', 'Wholesale'),
  marketplace: word('第三方平台', 'Marketplaces'),
};

export const dimensions: Each<typeof metrics.dimensions, Word> = {
  day: word('日', 'Day'),
  hour: word('小时', 'Hour'),
  week: word('周', 'Week'),
  month: word('月', 'Month'),
  quarter: word('季度', 'Quarter'),
  year: word('年', 'Year'),
  channel: word('渠道', 'Channel'),
  category: word('分类', 'Category'),
  sku: word('SKU', 'SKU'),
  store: word('门店', 'Store'),
  campaign: word('营销活动', 'Campaign'),
};

export const importKinds: Each<typeof imports.importKinds, Word> = {
  products: word('商品', 'Products'),
  stock: word('库存', 'Stock'),
  customers: word('顾客', 'Customers'),
  orders: word('订单历史', 'Order history'),
};

export const importStates: Each<typeof imports.importStates, Status> = {
  uploaded: status('attention', '待对应列', 'Columns to map'),
  checking: status('active', '检查中', 'Checking'),
  checked: status('attention', '已检查，待导入', 'Checked, ready to run'),
  running: status('active', '导入中', 'Running'),
  paused: status('attention', '已暂停', 'Paused'),
  done: status('done', '完成', 'Done'),
  cancelled: status('neutral', '已取消', 'Cancelled'),
  failed: status('bad', '失败', 'Failed'),
};

export const warningStates: Each<typeof warnings.warningStates, Status> = {
  inactive: status('neutral', '正常', 'Inactive'),
  pending: status('attention', '观察中', 'Pending'),
  firing: status('bad', '已触发', 'Firing'),
  resolved: status('done', '已解除', 'Resolved'),
};

export const warningEntities: Each<typeof warnings.entityKinds, Word> = {
  total: word('全公司', 'Whole enterprise'),
  sku: word('每个 SKU', 'Each SKU'),
  store: word('每家门店', 'Each store'),
  channel: word('每个渠道', 'Each channel'),
  category: word('每个分类', 'Each category'),
};

export const targetStates: Each<typeof targets.progressStates, Status> = {
  ahead: status('good', '超前', 'Ahead'),
  on_track: status('active', '正常', 'On track'),
  behind: status('bad', '落后', 'Behind'),
  unknown: status('neutral', '没有数据', 'No figure'),
};

export const playbookKinds: Each<typeof playbooks.playbookKinds, Word> = {
  cover: word('补货', 'Replenishment'),
  slow_mover: word('滞销降价', 'Slow-mover mark-down'),
};

export const decisionStates: Each<typeof playbooks.decisionStates, Status> = {
  proposed: status('attention', '待审批', 'Awaiting approval'),
  change_requested: status('attention', '待修改', 'Change requested'),
  approved: status('active', '已批准', 'Approved'),
  carried_out: status('active', '已执行', 'Carried out'),
  measured: status('done', '已测量', 'Measured'),
  rejected: status('neutral', '已否决', 'Rejected'),
  expired: status('neutral', '已过期', 'Expired'),
  superseded: status('neutral', '已被取代', 'Superseded'),
  failed: status('bad', '执行失败', 'Failed'),
  rolled_back: status('neutral', '已撤回', 'Rolled back'),
};

export const decisionStages: Each<typeof playbooks.stages, Word> = {
  signal: word('信号', 'Signal'),
  cause: word('原因', 'Cause'),
  proposal: word('提案', 'Proposal'),
  approval: word('审批', 'Approval'),
  execution: word('执行', 'Execution'),
  effect: word('效果', 'Effect'),
};

export const decisionSteps: Each<typeof playbooks.stepKinds, Word> = {
  signal_fired: word('信号触发', 'Signal fired'),
  signal_joined: word('又有信号并入', 'Another signal joined'),
  signal_resolved: word('信号解除', 'Signal resolved'),
  cause_found: word('找到原因', 'Cause found'),
  proposed: word('提出方案', 'Proposed'),
  proposal_changed: word('修改方案', 'Proposal changed'),
  change_requested: word('要求修改', 'Change requested'),
  approved_by_rule: word('规则自动批准', 'Approved by rule'),
  approved_by_person: word('批准', 'Approved'),
  rejected: word('否决', 'Rejected'),
  expired: word('过期', 'Expired'),
  superseded: word('被新决策取代', 'Superseded'),
  purchase_requested: word('已申请采购', 'Purchase requested'),
  purchase_received: word('采购到货', 'Purchase received'),
  markdown_scheduled: word('已排定降价', 'Mark-down scheduled'),
  markdown_started: word('降价开始', 'Mark-down started'),
  markdown_ended: word('降价结束', 'Mark-down ended'),
  execution_failed: word('执行失败', 'Execution failed'),
  rolled_back: word('撤回', 'Rolled back'),
  measured: word('测得效果', 'Effect measured'),
  measure_postponed: word('测量推迟', 'Measurement postponed'),
};

export const decisionExclusions: Each<typeof playbooks.exclusions, Word> = {
  below_floor: word('降不动：已到最低价', 'No room above the floor'),
  no_price: word('没有价格', 'No price'),
  already_marked_down: word('已在降价', 'Marked down already'),
  in_other_decision: word('在另一个决策中', 'In another decision'),
  no_stock: word('没有库存', 'No stock'),
  no_cost: word('没有成本', 'No cost'),
  dropped: word('审批时去掉', 'Dropped at approval'),
};

export const actorKinds = { staff: word('员工', 'Staff'), shopper: word('顾客', 'Shopper'), system: word('规则', 'Rule') };

/** Each language by its own name. */
export const languageNames: Readonly<Record<Language, string>> = { 'zh-CN': '中文', en: 'EN' };

/** Who carries parcels; the name is what is stored. */
export const carriers = ['顺丰速运', '中通快递', '圆通速递', '京东物流', '邮政EMS'] as const;
