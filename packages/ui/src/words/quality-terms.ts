import type { stream } from '@tongshang/contract';
import type { Status, Tone, Word } from './terms.ts';

// Quality of the figures in both languages: one word a code, an untranslated one does not compile.
type Each<Codes extends readonly string[], Value> = Readonly<Record<Codes[number], Value>>;
const status = (tone: Tone, zh: string, en: string): Status => ({ tone, zh, en });
const word = (zh: string, en: string): Word => ({ zh, en });

export const lateStates: Each<typeof stream.lateStates, Status> = {
  open: status('attention', '待决定', 'To decide'),
  taken: status('done', '已计入', 'Taken in'),
  left: status('neutral', '不计入', 'Left out'),
};

export const reconciliationOutcomes: Each<typeof stream.reconciliationOutcomes, Status> = {
  running: status('active', '进行中', 'Under way'),
  equal: status('good', '一致', 'The same'),
  repaired: status('done', '有差异，已修复', 'Differed, repaired'),
  unrepaired: status('bad', '有差异，未修复', 'Differs, not repaired'),
  postponed: status('attention', '数据还在途中，下次再对', 'Data on its way, next time'),
};

export const checkNames: Each<typeof stream.checkNames, Word> = {
  orders: word('已付订单', 'Paid orders'),
  order_lines: word('订单行', 'Order lines'),
  stock_moves: word('库存变动', 'Stock movements'),
  behaviour: word('访客事件', 'Visitor events'),
  sales_sums: word('销售汇总', 'Sums of sales'),
  event_sums: word('事件汇总', 'Sums of events'),
  stock_sums: word('库存汇总', 'Sums of stock'),
};

/** What is compared; a column of a table of sums goes by its own name. */
export const checkMeasures: Readonly<Record<string, Word>> = {
  count: word('条数', 'Rows'),
  distinct: word('不重复条数', 'Distinct'),
  amount_fen: word('金额', 'Amount'),
  units: word('件数', 'Units'),
};

export const differenceRepairs: Each<typeof stream.repairs, Word> = {
  sent_again: word('重新送达', 'Sent again'),
  rebuilt: word('重算汇总', 'Summed anew'),
  removed: word('去掉多余', 'Removed'),
  none: word('未处理', 'Nothing done'),
};

export const bucketGrains: Each<typeof stream.grains, Word> = {
  minute: word('分钟', 'Minute'),
  hour: word('小时', 'Hour'),
  day: word('营业日', 'Business day'),
};

export const bucketSources: Each<typeof stream.bucketSources, Word> = {
  sales: word('销售', 'Sales'),
  events: word('访客事件', 'Visitor events'),
};

export const streamFeeds: Each<typeof stream.feeds, Word> = {
  events: word('业务事件', 'Events of the house'),
  behaviour: word('访客行为', 'Visitor behaviour'),
};

/** What a late entry tells. */
export const lateThings: Readonly<Record<string, Word>> = {
  behaviour: word('访客事件', 'Visitor events'),
  'orders.order_placed': word('下单', 'Order placed'),
  'orders.order_paid': word('付款', 'Order paid'),
  'orders.order_released': word('放行', 'Order released'),
  'orders.order_shipped': word('发货', 'Order shipped'),
  'orders.order_delivered': word('送达', 'Order delivered'),
  'orders.order_cancelled': word('取消', 'Order cancelled'),
  'returns.return_recorded': word('退货', 'Return'),
};

/** The figures of a bucket. */
export const bucketAmounts: Readonly<Record<string, Word>> = {
  paidFen: word('实付', 'Paid'),
  netFen: word('净销售额', 'Net sales'),
  netUnits: word('件数', 'Units'),
  orders: word('订单', 'Orders'),
  events: word('事件', 'Events'),
};
