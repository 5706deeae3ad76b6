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

export const orderStates = {
  placed: status('attention', '待付款', 'Awaiting payment'),
  paid: status('active', '待放行', 'Awaiting release'),
  released: status('active', '待发货', 'Awaiting shipment'),
  shipped: status('good', '已发货', 'Shipped'),
  delivered: status('done', '已签收', 'Delivered'),
  cancelled: status('neutral', '已取消', 'Cancelled'),
} as const;

export const paymentStates = {
  pending: status('attention', '待付款', 'Pending'),
  captured: status('good', '已收款', 'Captured'),
  failed: status('bad', '失败', 'Failed'),
  closed: status('neutral', '已关闭', 'Closed'),
} as const;

export const refundStates = {
  requested: status('attention', '待退款', 'Requested'),
  sent: status('active', '退款中', 'Sent'),
  done: status('done', '已退款', 'Refunded'),
  failed: status('bad', '失败', 'Failed'),
} as const;

export const productStates = {
  draft: status('neutral', '草稿', 'Draft'),
  active: status('good', '在售', 'On sale'),
  retired: status('done', '已下架', 'Retired'),
} as const;

export const purchaseStates = {
  requested: status('attention', '已申请', 'Requested'),
  ordered: status('active', '已下单', 'Ordered'),
  partly_received: status('active', '部分到货', 'Partly received'),
  received: status('done', '已到货', 'Received'),
  cancelled: status('neutral', '已取消', 'Cancelled'),
} as const;

export const importStates = {
  uploaded: status('attention', '待对应列', 'Columns to map'),
  mapped: status('attention', '待运行', 'Ready to run'),
  running: status('active', '导入中', 'Running'),
  done: status('done', '完成', 'Done'),
  failed: status('bad', '失败', 'Failed'),
  cancelled: status('neutral', '已取消', 'Cancelled'),
} as const;

export const importKinds = {
  products: { zh: '商品', en: 'Products' },
  stock: { zh: '库存', en: 'Stock' },
  customers: { zh: '顾客', en: 'Customers' },
  orders: { zh: '订单历史', en: 'Order history' },
} as const;

export const warningStates = {
  inactive: status('neutral', '正常', 'Inactive'),
  pending: status('attention', '观察中', 'Pending'),
  firing: status('bad', '已触发', 'Firing'),
  resolved: status('done', '已解除', 'Resolved'),
} as const;

export const decisionStates = {
  proposed: status('attention', '待审批', 'Awaiting approval'),
  approved: status('active', '已批准', 'Approved'),
  rejected: status('neutral', '已否决', 'Rejected'),
  carried_out: status('good', '已执行', 'Carried out'),
  measuring: status('active', '测量中', 'Measuring'),
  measured: status('done', '已测量', 'Measured'),
  expired: status('neutral', '已过期', 'Expired'),
  failed: status('bad', '失败', 'Failed'),
} as const;

export const decisionStages = {
  signal: { zh: '信号', en: 'Signal' },
  cause: { zh: '原因', en: 'Cause' },
  proposal: { zh: '提案', en: 'Proposal' },
  approval: { zh: '审批', en: 'Approval' },
  execution: { zh: '执行', en: 'Execution' },
  effect: { zh: '效果', en: 'Effect' },
} as const;

export const playbookKinds = {
  cover: { zh: '补货', en: 'Replenishment' },
  slow_mover: { zh: '滞销降价', en: 'Slow-mover mark-down' },
} as const;

export const movementKinds = {
  receipt: { zh: '收货', en: 'Receipt' },
  shipment: { zh: '发货', en: 'Shipment' },
  return: { zh: '退货', en: 'Return' },
  adjustment: { zh: '调整', en: 'Adjustment' },
  opening: { zh: '期初', en: 'Opening' },
  import: { zh: '导入', en: 'Import' },
} as const;

export const adjustReasons = {
  count: { zh: '盘点', en: 'Count' },
  damage: { zh: '破损', en: 'Damage' },
  found: { zh: '找到', en: 'Found' },
  lost: { zh: '丢失', en: 'Lost' },
  expired: { zh: '过期', en: 'Expired' },
} as const;

export const locationKinds = {
  warehouse: { zh: '仓库', en: 'Warehouse' },
  store: { zh: '门店', en: 'Store' },
} as const;

export const channels = {
  shop: { zh: '自营网店', en: 'Online shop' },
  store: { zh: '门店', en: 'Stores' },
  wholesale: { zh: '批发', en: 'Wholesale' },
  marketplace: { zh: '第三方平台', en: 'Marketplaces' },
} as const;

export const productLines = {
  apparel: { zh: '服饰', en: 'Apparel' },
  food: { zh: '食品', en: 'Food' },
  appliance: { zh: '小家电', en: 'Small appliances' },
  general: { zh: '其他', en: 'Other' },
} as const;

export const priceKinds = {
  list: { zh: '标价', en: 'List price' },
  channel: { zh: '渠道价', en: 'Channel price' },
  markdown: { zh: '降价', en: 'Mark-down' },
} as const;

export const actorKinds = {
  staff: { zh: '员工', en: 'Staff' },
  shopper: { zh: '顾客', en: 'Shopper' },
  system: { zh: '系统', en: 'System' },
} as const;
