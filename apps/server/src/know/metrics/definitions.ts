import type { metrics as contract } from '@tongshang/contract';

type Definition = contract.MetricDefinition;
type Name = contract.MetricName;
type Dimension = contract.Dimension;

const sold: Dimension[] = ['day', 'hour', 'month', 'channel', 'category', 'sku', 'store'];
const perOrder: Dimension[] = ['day', 'hour', 'month', 'channel', 'store'];
const stocked: Dimension[] = ['day', 'month', 'category', 'sku', 'store'];
const orderEvents = ['orders.order_placed', 'orders.order_paid', 'orders.order_cancelled', 'orders.orders_imported'];
const returnEvents = ['returns.return_recorded', 'returns.returns_imported'];
const netLineage = ['order_line.net_fen', ...orderEvents, ...returnEvents];

/**
 * Every figure, once. Screens, exports, targets and warnings read these; the SQL beside the same names is in the family files.
 * Days are Asia/Shanghai days. A step counts on the day it happened: placed, paid, cancelled, returned.
 */
export const definitions: readonly Definition[] = [
  {
    name: 'gmv',
    title: { zh: '成交总额', en: 'GMV' },
    explanation: {
      zh: '下单商品金额，含税，不含运费；未付款和后来取消的也算。按下单时间计。',
      en: 'Goods ordered, VAT included, freight excluded; unpaid and later cancelled orders count. By the time of ordering.',
    },
    formula: 'sum(amount_fen) of lines placed',
    unit: 'fen', grain: 'order line', additivity: 'sum', dimensions: sold, polarity: 'more_is_better', owner: 'operations',
    lineage: ['order_line.placed_fen', ...orderEvents],
  },
  {
    name: 'net_sales',
    title: { zh: '净销售额', en: 'Net sales' },
    explanation: {
      zh: '已付款商品金额减去付款后取消和退货，不含增值税和运费。付款、取消、退货各按发生时间计。',
      en: 'Goods paid, minus what was cancelled after payment and what came back, without VAT and freight. Each on its own day.',
    },
    formula: 'sum(amount_fen − tax_fen) paid − cancelled − returned',
    unit: 'fen', grain: 'order line', additivity: 'sum', dimensions: sold, polarity: 'more_is_better', owner: 'executive',
    lineage: netLineage,
  },
  {
    name: 'gross_profit',
    title: { zh: '毛利', en: 'Gross profit' },
    explanation: {
      zh: '净销售额减去所售商品成本。退回且可再售的商品冲减成本，不可再售的不冲减。',
      en: 'Net sales minus the cost of what was sold. Goods that came back to the shelf give their cost back; spoiled ones do not.',
    },
    formula: 'net_sales − sum(cost_fen) paid − cancelled − returned to shelf',
    unit: 'fen', grain: 'order line', additivity: 'sum', dimensions: sold, polarity: 'more_is_better', owner: 'executive',
    lineage: ['order_line.net_cost_fen', ...netLineage],
  },
  {
    name: 'gross_margin',
    title: { zh: '毛利率', en: 'Gross margin' },
    explanation: { zh: '毛利占净销售额的比例。', en: 'Gross profit as a share of net sales.' },
    formula: 'gross_profit ÷ net_sales',
    unit: 'ratio', grain: 'order line', additivity: 'ratio', dimensions: sold, polarity: 'more_is_better', owner: 'executive',
    lineage: ['order_line.net_cost_fen', ...netLineage],
  },
  {
    name: 'orders',
    title: { zh: '订单数', en: 'Orders' },
    explanation: {
      zh: '已付款订单数，按付款时间计。按类目或商品看时，一张订单在其中每个类目、商品各计一次，相加会大于合计。',
      en: 'Orders paid, by the time of payment. By category or SKU an order counts once in each it contains, so parts exceed the total.',
    },
    formula: 'count of orders paid',
    unit: 'count', grain: 'order', additivity: 'sum', dimensions: sold, polarity: 'more_is_better', owner: 'operations',
    lineage: ['order_line.is_order_first', ...orderEvents],
  },
  {
    name: 'aov',
    title: { zh: '客单价', en: 'Average order value' },
    explanation: { zh: '已付款商品金额（含税）除以已付款订单数。', en: 'Goods paid, VAT included, per order paid.' },
    formula: 'sum(amount_fen) of lines paid ÷ orders',
    unit: 'fen', grain: 'order', additivity: 'ratio', dimensions: sold, polarity: 'more_is_better', owner: 'marketer',
    lineage: ['order_line.paid_fen', ...orderEvents],
  },
  {
    name: 'units_sold',
    title: { zh: '销售件数', en: 'Units sold' },
    explanation: { zh: '已付款件数减去付款后取消和退货的件数。', en: 'Units paid, minus those cancelled after payment and returned.' },
    formula: 'sum(quantity) paid − cancelled − returned',
    unit: 'units', grain: 'order line', additivity: 'sum', dimensions: sold, polarity: 'more_is_better', owner: 'operations',
    lineage: ['order_line.net_units', ...orderEvents, ...returnEvents],
  },
  {
    name: 'visitors',
    title: { zh: '访客数', en: 'Visitors' },
    explanation: {
      zh: '来过商城的不同访客；同一访客在所选时间内只计一次，各天相加会大于合计。',
      en: 'Different visitors of the shop; one visitor counts once in the period, so days add up to more than the total.',
    },
    formula: 'distinct visitor_id with an event or a paid order',
    unit: 'count', grain: 'visitor', additivity: 'distinct', dimensions: ['day', 'hour', 'month', 'channel'],
    polarity: 'more_is_better', owner: 'marketer', lineage: ['visit.visitor_id', 'collection.batch', 'orders.order_paid'],
  },
  {
    name: 'conversion',
    title: { zh: '转化率', en: 'Conversion' },
    explanation: { zh: '访客中付过款的比例。没有访客时无意义。', en: 'The share of visitors who paid an order. Undefined without visitors.' },
    formula: 'distinct visitors who paid ÷ distinct visitors',
    unit: 'ratio', grain: 'visitor', additivity: 'ratio', dimensions: ['day', 'hour', 'month', 'channel'],
    polarity: 'more_is_better', owner: 'marketer', lineage: ['visit.paid_at', 'collection.batch', 'orders.order_paid'],
  },
  {
    name: 'new_customers',
    title: { zh: '新客数', en: 'New customers' },
    explanation: {
      zh: '首次付款发生在所选时间内的顾客。补录更早的历史后会相应改变。不含未登记的散客。',
      en: 'Customers whose first payment ever falls in the period. Importing older history moves it. Anonymous buyers are not counted.',
    },
    formula: 'distinct customer_id whose first paid order is in the period',
    unit: 'count', grain: 'customer', additivity: 'sum', dimensions: perOrder, polarity: 'more_is_better', owner: 'marketer',
    lineage: ['customer_first.first_at', 'order_step.customer_id', ...orderEvents],
  },
  {
    name: 'returning_customers',
    title: { zh: '回头客数', en: 'Returning customers' },
    explanation: {
      zh: '在所选时间内付过非首单的顾客，每人计一次。',
      en: 'Customers who paid an order that was not their first, each counted once in the period.',
    },
    formula: 'distinct customer_id with a paid order after their first',
    unit: 'count', grain: 'customer', additivity: 'distinct', dimensions: perOrder, polarity: 'more_is_better', owner: 'marketer',
    lineage: ['customer_first.first_at', 'order_step.customer_id', ...orderEvents],
  },
  {
    name: 'repurchase_90d',
    title: { zh: '90 天复购率', en: '90-day repurchase' },
    explanation: {
      zh: '截至期末 90 天内付过款的顾客中，付过两单及以上的比例。',
      en: 'Of the customers who paid in the 90 days up to the end of the period, the share who paid two orders or more.',
    },
    formula: 'customers with ≥ 2 paid orders in 90 days ÷ customers with ≥ 1',
    unit: 'ratio', grain: 'customer', additivity: 'level', dimensions: ['day', 'month', 'channel', 'store'],
    polarity: 'more_is_better', owner: 'marketer', lineage: ['order_step.customer_id', ...orderEvents],
  },
  {
    name: 'return_rate',
    title: { zh: '退货率', en: 'Return rate' },
    explanation: {
      zh: '所选时间内退货金额除以付款金额（均含税）。退货按收到时间计，不追溯到原订单。',
      en: 'Amount returned over amount paid in the period, VAT included. Returns count when received, not when sold.',
    },
    formula: 'sum(amount_fen) returned ÷ sum(amount_fen) paid',
    unit: 'ratio', grain: 'order line', additivity: 'ratio', dimensions: sold, polarity: 'less_is_better', owner: 'operations',
    lineage: ['order_line.returned_fen', 'order_line.paid_fen', ...orderEvents, ...returnEvents],
  },
  {
    name: 'cancelled_orders',
    title: { zh: '付款后取消', en: 'Cancelled after payment' },
    explanation: { zh: '付款后又取消的订单数，按取消时间计。', en: 'Orders cancelled after they were paid, by the time of cancelling.' },
    formula: 'count of paid orders cancelled',
    unit: 'count', grain: 'order', additivity: 'sum', dimensions: perOrder, polarity: 'less_is_better', owner: 'operations',
    lineage: ['order_line.cancelled_orders', 'orders.order_cancelled'],
  },
  {
    name: 'stock_value',
    title: { zh: '库存金额', en: 'Stock value' },
    explanation: {
      zh: '期末在库商品的成本金额，不含税。按门店看时指所在地点，含仓库。',
      en: 'Cost of the goods on hand at the end of the period, without VAT. By store means by location, warehouse included.',
    },
    formula: 'sum(quantity × unit cost) of all movements up to the end',
    unit: 'fen', grain: 'SKU and location', additivity: 'level', dimensions: stocked, polarity: 'neutral', owner: 'operations',
    lineage: ['stock_day.value_fen', 'inventory.stock_moved'],
  },
  {
    name: 'stock_units',
    title: { zh: '库存件数', en: 'Stock units' },
    explanation: { zh: '期末在库件数。', en: 'Units on hand at the end of the period.' },
    formula: 'sum(quantity) of all movements up to the end',
    unit: 'units', grain: 'SKU and location', additivity: 'level', dimensions: stocked, polarity: 'neutral', owner: 'operations',
    lineage: ['stock_day.quantity', 'inventory.stock_moved'],
  },
  {
    name: 'stock_turnover',
    title: { zh: '库存周转（年化）', en: 'Stock turnover (a year)' },
    explanation: {
      zh: '所售商品成本除以平均每日库存金额，折算为一年的次数。没有库存时无意义。',
      en: 'Cost of what was sold over the average daily stock value, scaled to a year. Undefined without stock.',
    },
    formula: 'sum(cost_fen) sold net × 365 ÷ days ÷ average day-end stock_value',
    unit: 'times', grain: 'SKU and location', additivity: 'ratio', dimensions: stocked, polarity: 'more_is_better', owner: 'operations',
    lineage: ['order_line.net_cost_fen', 'stock_day.value_fen', ...orderEvents, 'inventory.stock_moved'],
  },
  {
    name: 'days_of_cover',
    title: { zh: '库存可售天数', en: 'Days of cover' },
    explanation: {
      zh: '期末在库件数按最近 28 天的日均付款件数还能卖几天。28 天没有销售时无意义。',
      en: 'How many days the units on hand last at the daily average paid over the 28 days before. Undefined without sales.',
    },
    formula: 'stock_units ÷ (units paid in 28 days ÷ 28)',
    unit: 'days', grain: 'SKU and location', additivity: 'level', dimensions: stocked, polarity: 'neutral', owner: 'operations',
    lineage: ['stock_day.quantity', 'order_line.paid_units', 'inventory.stock_moved', ...orderEvents],
  },
  {
    name: 'order_handling_time',
    title: { zh: '订单处理时长（中位数）', en: 'Order handling time (median)' },
    explanation: { zh: '从付款到放行拣货的时长，按放行时间计。', en: 'From paid to released for picking, by the time of release.' },
    formula: 'median(released_at − paid_at)',
    unit: 'seconds', grain: 'order', additivity: 'percentile', dimensions: perOrder, polarity: 'less_is_better', owner: 'operations',
    lineage: ['order_step.seconds', 'orders.order_released'],
  },
  {
    name: 'order_handling_p90',
    title: { zh: '订单处理时长（90 分位）', en: 'Order handling time (p90)' },
    explanation: {
      zh: '十单中有九单不超过这个处理时长。',
      en: 'Nine orders of ten are released within this time after payment.',
    },
    formula: '90th percentile(released_at − paid_at)',
    unit: 'seconds', grain: 'order', additivity: 'percentile', dimensions: perOrder, polarity: 'less_is_better', owner: 'operations',
    lineage: ['order_step.seconds', 'orders.order_released'],
  },
  {
    name: 'orders_untouched',
    title: { zh: '无人工干预订单占比', en: 'Orders untouched by hand' },
    explanation: {
      zh: '放行的订单里，付款后到放行前没有人动过的占比。',
      en: 'Of the orders released, the share that nobody had to touch before.',
    },
    formula: 'released orders that nobody touched ÷ released orders',
    unit: 'ratio', grain: 'order', additivity: 'ratio', dimensions: perOrder, polarity: 'more_is_better', owner: 'operations',
    lineage: ['order_step.is_touched', 'orders.order_released'],
  },
]; // prettier-ignore

const byName = new Map(definitions.map((definition) => [definition.name, definition]));

export const findDefinition = (name: string): Definition | undefined => byName.get(name as Name);
