import { boards as contract } from '@tongshang/contract';
import type * as z from 'zod';

type Metrics = z.input<typeof contract.TileQuestion> & { kind: 'metrics' };
type MetricQuestion = Metrics['question'];

interface Sketch {
  zh: string;
  en: string;
  question: z.input<typeof contract.TileQuestion>;
  chart: contract.Chart;
  w: number;
  h: number;
  isOnWall?: boolean;
}

const lately = { period: 'last_28_days' } as const;

/** One headline figure: today so far unless another period is said, beside the same weekday before, or the period before. */
const figure = (metric: string, over: Partial<MetricQuestion> = {}, w = 2): Sketch => ({
  zh: '',
  en: '',
  question: {
    kind: 'metrics',
    question: { metrics: [metric], period: 'today', compare: over.period === undefined ? 'same_weekday' : 'previous', ...over },
  },
  chart: 'figure',
  w,
  h: 2,
});

/** Something along the days or hours, or by parts. */
const split = (zh: string, en: string, question: MetricQuestion, over: Partial<Sketch> = {}): Sketch => ({
  zh,
  en,
  question: { kind: 'metrics', question },
  chart: 'auto',
  w: 6,
  h: 4,
  ...over,
});

const step = (event: string) => ({ type: 'track' as const, event });
const toOrder = ['Product Viewed', 'Product Added', 'Checkout Started', 'Order Completed'].map(step);
const funnel: Sketch = {
  zh: '从浏览到下单',
  en: 'From a look to an order',
  question: { kind: 'funnel', question: { ...lately, steps: toOrder } },
  chart: 'auto',
  w: 6,
  h: 5,
};

const executive: Sketch[] = [
  figure('net_sales', {}, 3),
  figure('gross_margin', {}, 3),
  figure('orders', {}, 3),
  figure('conversion', {}, 3),
  split('净销售额，近 28 天', 'Net sales, last 28 days', { metrics: ['net_sales'], ...lately, by: ['day'], compare: 'previous' }, { w: 8 }),
  split('各渠道净销售额', 'Net sales by channel', { metrics: ['net_sales'], ...lately, by: ['channel'], compare: 'previous' }, { w: 4 }),
  split('各类目净销售额和毛利率', 'Net sales and margin by category', { metrics: ['net_sales', 'gross_margin'], ...lately, by: ['category'], limit: 12 }, { chart: 'table' }),
  split('净销售额，按月对农历同期', 'Net sales by month, lunar year before', { metrics: ['net_sales'], period: 'last_365_days', by: ['month'], compare: 'lunar_year' }),
  // The rest of the scorecard: finance and operations, customers, brand.
  figure('marketing_roi', lately),
  figure('cash_conversion_days', lately),
  figure('cost_to_serve', lately),
  figure('aov', lately),
  figure('stock_turnover', lately),
  figure('order_handling_time', lately),
  figure('on_time_delivery', lately),
  figure('new_customer_growth', lately),
  figure('repurchase_90d', lately),
  figure('retention', lately),
  figure('satisfaction', lately),
  figure('complaint_rate', lately),
  figure('brand_search_index', lately),
  figure('social_mentions', lately),
  figure('share_of_voice', lately),
  figure('review_score', lately),
  figure('exposure', lately),
  figure('return_rate', lately),
]; // prettier-ignore

const operations: Sketch[] = [
  figure('orders'),
  figure('net_sales'),
  figure('aov'),
  figure('conversion'),
  figure('cancelled_orders'),
  figure('orders_untouched'),
  split('今天每小时的订单', 'Orders by hour today', { metrics: ['orders'], period: 'today', by: ['hour'], compare: 'same_weekday' }),
  split('各渠道订单，近 28 天', 'Orders by channel, last 28 days', { metrics: ['orders'], ...lately, by: ['day', 'channel'] }, { chart: 'stacked' }),
  funnel,
  split('卖得最多的商品', 'Best sellers', { metrics: ['units_sold', 'net_sales', 'return_rate'], period: 'last_7_days', by: ['sku'], limit: 10 }, { chart: 'table', h: 5 }),
  split('门店净销售额', 'Net sales by store', { metrics: ['net_sales'], period: 'last_7_days', by: ['store'], compare: 'previous', limit: 15 }),
  split('库存可卖天数最短的类目', 'Days of cover by category', { metrics: ['days_of_cover', 'stock_units'], period: 'last_28_days', by: ['category'], limit: 15 }, { chart: 'table' }),
]; // prettier-ignore

const marketing: Sketch[] = [
  figure('visitors'),
  figure('conversion'),
  figure('new_customers'),
  figure('returning_customers'),
  figure('net_sales'),
  figure('marketing_roi', lately),
  figure('new_customer_growth', lately),
  figure('brand_search_index', lately),
  figure('social_mentions', lately),
  figure('share_of_voice', lately),
  figure('review_score', lately),
  figure('exposure', lately),
  split('访客，近 28 天', 'Visitors, last 28 days', { metrics: ['visitors'], ...lately, by: ['day'], compare: 'previous' }),
  split('各活动带来的访客和转化', 'Visitors and conversion by campaign', { metrics: ['visitors', 'conversion'], ...lately, by: ['campaign'], limit: 12 }, { chart: 'table' }),
  funnel,
  {
    zh: '首购后每月回来买的顾客', en: 'Customers who buy again, by month', chart: 'auto', w: 6, h: 5, isOnWall: false,
    question: { kind: 'cohorts', question: { period: 'last_365_days', months: 6 } },
  },
  {
    zh: '顾客分层（RFM）', en: 'Customers by recency, frequency, money', chart: 'auto', w: 6, h: 6, isOnWall: false,
    question: { kind: 'rfm', question: { period: 'last_365_days' } },
  },
  split('新客与老客，近 90 天', 'New and returning customers, last 90 days', { metrics: ['new_customers', 'returning_customers'], period: 'last_90_days', by: ['week'] }, { h: 6 }),
]; // prettier-ignore

const warehouse: Sketch[] = [
  figure('orders_untouched', {}, 3),
  figure('order_handling_time', {}, 3),
  figure('on_time_delivery', lately, 3),
  figure('stock_units', {}, 3),
  split('今天每小时的订单', 'Orders by hour today', { metrics: ['orders'], period: 'today', by: ['hour'], compare: 'same_weekday' }),
  split('处理时长，近 28 天', 'Handling time, last 28 days', { metrics: ['order_handling_time', 'order_handling_p90'], ...lately, by: ['day'] }),
  split('各仓各店库存', 'Stock by location', { metrics: ['stock_units', 'stock_value'], period: 'today', by: ['store'], limit: 30 }, { chart: 'table' }),
  split('各类目可卖天数', 'Days of cover by category', { metrics: ['days_of_cover', 'stock_turnover'], ...lately, by: ['category'], limit: 20 }, { chart: 'table' }),
]; // prettier-ignore

const service: Sketch[] = [
  figure('complaint_rate', lately),
  figure('satisfaction', lately),
  figure('review_score', lately),
  figure('return_rate', lately),
  figure('cancelled_orders'),
  figure('orders_untouched'),
  split('退货率，近 90 天', 'Return rate, last 90 days', { metrics: ['return_rate'], period: 'last_90_days', by: ['week'] }),
  split('取消的订单，近 28 天', 'Cancelled orders, last 28 days', { metrics: ['cancelled_orders'], ...lately, by: ['day'], compare: 'previous' }),
  split('退货率最高的类目', 'Return rate by category', { metrics: ['return_rate', 'units_sold'], ...lately, by: ['category'], limit: 15 }, { chart: 'table' }),
  split('退货率最高的商品', 'Return rate by SKU', { metrics: ['return_rate', 'units_sold'], ...lately, by: ['sku'], limit: 15 }, { chart: 'table' }),
]; // prettier-ignore

const finance: Sketch[] = [
  figure('net_sales', { period: 'this_month', compare: 'previous' }),
  figure('gross_profit', { period: 'this_month', compare: 'previous' }),
  figure('gross_margin', { period: 'this_month', compare: 'previous' }),
  figure('stock_value', { period: 'today' }),
  figure('stock_turnover', lately),
  figure('return_rate', { period: 'this_month' }),
  figure('cash_conversion_days', lately, 3),
  figure('cost_to_serve', lately, 3),
  figure('marketing_roi', lately, 3),
  figure('aov', lately, 3),
  split('净销售额和毛利，按月', 'Net sales and gross profit by month', { metrics: ['net_sales', 'gross_profit'], period: 'last_365_days', by: ['month'], compare: 'year' }, { w: 8 }),
  split('各渠道毛利率，本月', 'Margin by channel, this month', { metrics: ['net_sales', 'gross_margin'], period: 'this_month', by: ['channel'], compare: 'previous' }, { chart: 'table', w: 4 }),
  split('本月累计净销售额', 'Net sales, month to date', { metrics: ['net_sales'], period: 'this_month', by: ['day'], window: 'month_to_date', compare: 'previous' }),
  split('各类目库存金额', 'Stock value by category', { metrics: ['stock_value', 'stock_turnover'], ...lately, by: ['category'], limit: 15 }, { chart: 'table' }),
]; // prettier-ignore

const sketches: Readonly<Record<contract.Cockpit, { zh: string; en: string; tiles: Sketch[] }>> = {
  executive: { zh: '经营驾驶舱', en: 'Executive cockpit', tiles: executive },
  operations: { zh: '运营驾驶舱', en: 'Operations cockpit', tiles: operations },
  marketing: { zh: '营销驾驶舱', en: 'Marketing cockpit', tiles: marketing },
  warehouse: { zh: '仓储驾驶舱', en: 'Warehouse cockpit', tiles: warehouse },
  service: { zh: '客服驾驶舱', en: 'Service cockpit', tiles: service },
  finance: { zh: '财务驾驶舱', en: 'Finance cockpit', tiles: finance },
};

const columns = 12;

/** Tiles flow from left to right; a row is as high as its highest tile. */
function laidOut(tiles: readonly Sketch[], role: contract.Cockpit): contract.Tile[] {
  let [x, y, height] = [0, 0, 0];
  return tiles.map(({ zh, en, question, chart, w, h, isOnWall = true }, index) => {
    if (x + w > columns) [x, y, height] = [0, y + height, 0];
    const wide = { x, y, w, h };
    [x, height] = [x + w, Math.max(height, h)];
    return {
      id: `${role}-${index + 1}`,
      title: zh === '' ? null : { zh, en },
      savedId: null,
      savedName: null,
      question: contract.TileQuestion.parse(question),
      chart,
      wide,
      isOnWall,
    };
  });
}

/** The cockpits the house ships, one a role. They are code: a release changes them, staff copy them to change a copy. */
export const houseBoards: readonly contract.Board[] = contract.cockpits.map((role) => ({
  id: role,
  name: { zh: sketches[role].zh, en: sketches[role].en },
  isShared: true,
  isHouse: true,
  role,
  ownerName: null,
  isMine: false,
  mayChange: false,
  version: 1,
  changedByName: null,
  changedAt: null,
  bar: {},
  tiles: laidOut(sketches[role].tiles, role),
}));

export const findHouseBoard = (id: string): contract.Board | undefined => houseBoards.find((board) => board.id === id);
