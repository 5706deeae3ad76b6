import { one, ratio, ship } from './shipped.ts';

const gaps = (zh: string, en: string, freshnessGoalSeconds = 60) => ({ quality: { freshnessGoalSeconds, gaps: { zh, en } } });
const monthSeconds = 31 * 86_400;

/** The scorecard's indicators that the house counts by itself, or together with what somebody records. */
export const indicatorMetrics = [
  ship('marketing_roi', {
    title: ['营销投资回报率', 'Marketing ROI'],
    explanation: [
      '（活动带来的净销售额 − 其商品成本 − 活动花费）÷ 活动花费。订单归于访客付款前一天内最后经过的活动；花费由人录入。没有花费时无意义。',
      'Net sales that campaigns brought, less the cost of those goods, less what was spent, over what was spent. An order belongs to the last campaign its visitor came by within a day before paying; spend is recorded by people. Undefined without spend.',
    ],
    expression: ratio(['campaign_net_fen', '-campaign_cost_fen', '-campaign_spend_fen'], ['campaign_spend_fen']),
    unit: 'ratio',
    grain: 'campaign and day',
    polarity: 'more_is_better',
    owner: 'marketer',
    group: 'finance',
    isScorecard: true,
    ...gaps(
      '不含一天以后才付款、换设备付款和线下成交的订单；没有录入花费的活动，其销售仍计入合计。',
      'Leaves out orders paid more than a day later, on another device, or in a store; sales of campaigns whose spend nobody recorded are in the total.',
      86_400,
    ),
  }),
  ship('cash_conversion_days', {
    title: ['现金周转天数', 'Cash conversion days'],
    explanation: [
      '库存天数 + 应收天数 − 应付天数，按期末余额和此前 90 天计：库存和应付除以日均销售成本，应收除以日均净销售额。应收、应付余额由财务录入，任缺其一则不显示。',
      'Days of stock plus days of receivables minus days of payables: balances at the end of the period against the 90 days before it, stock and payables by the daily cost of sales, receivables by daily net sales. Receivables and payables are recorded from the books; without either nothing is shown.',
    ],
    expression: one('cash_cycle_days'),
    unit: 'days',
    grain: 'house',
    missing: 'gap',
    polarity: 'less_is_better',
    owner: 'executive',
    group: 'finance',
    isScorecard: true,
    ...gaps(
      '余额取 100 天内最近一次录入的数；应收含税而净销售额不含税。',
      'Balances are the last recorded within 100 days; receivables include VAT, net sales do not.',
      monthSeconds,
    ),
  }),
  ship('cost_to_serve', {
    title: ['单均履约成本', 'Cost to serve'],
    explanation: [
      '已知的履约成本 ÷ 付款订单数。包含：承运商按运价计的包裹费（交运时），以及录入的“其他履约费用”（如支付手续费、退货处理、包装、平台代发运费）。没有任何已知成本时不显示。',
      'Known cost of serving per order paid. In it: parcels by their carrier’s tariff when handed over, and what is recorded as other cost of serving (payment fees, handling of returns, packaging, freight billed by others). Where no cost is known nothing is shown.',
    ],
    expression: ratio(['serving_fen'], ['paid_orders']),
    unit: 'fen',
    grain: 'order',
    missing: 'gap',
    polarity: 'less_is_better',
    owner: 'operations',
    group: 'finance',
    isScorecard: true,
    ...gaps(
      '支付手续费、退货处理和人工不由系统计量，只有录入才包含；包裹费是运价，不是账单。',
      'Payment fees, handling of returns and labour are not measured by the house and are in it only where recorded; parcels are priced by tariff, not by bill.',
    ),
  }),
  ship('on_time_delivery', {
    title: ['准时送达率', 'On-time delivery'],
    explanation: [
      '送达的订单中，在承诺日期当天或之前送达的比例，按送达时间计。没有承诺日期的订单不计。',
      'Of the orders delivered, the share that was there by the day their buyer was told. By the time of delivery; orders without a promised day are left out.',
    ],
    expression: ratio(['deliveries_on_time'], ['deliveries_promised']),
    unit: 'ratio',
    grain: 'order',
    polarity: 'more_is_better',
    owner: 'operations',
    group: 'operations',
    isScorecard: true,
    ...gaps(
      '多个包裹的订单以最后一个为准；承诺日期改过的按改后的计。',
      'An order of several parcels is there with its last; a promise that was moved counts as moved.',
    ),
  }),
  ship('new_customer_growth', {
    title: ['新客增长率', 'New-customer growth'],
    explanation: [
      '期末前 28 天的新客比再前 28 天多出的比例。固定四周对四周，星期的起伏互相抵消。',
      'New customers of the 28 days up to the end of the period against those of the 28 days before: always four weeks beside four weeks, so that weekdays cancel out.',
    ],
    expression: ratio(['new_customers_gain_28d'], ['new_customers_before_28d']),
    unit: 'ratio',
    grain: 'customer',
    polarity: 'more_is_better',
    owner: 'marketer',
    group: 'customers',
    isScorecard: true,
  }),
  ship('retention', {
    title: ['顾客留存率', 'Retention'],
    explanation: [
      '期末前第 91 至 180 天付过款的顾客中，近 90 天又付过款的比例。不含未登记的散客。',
      'Of the customers who paid 91 to 180 days before the end of the period, the share who paid again in the 90 days since. Anonymous buyers are not counted.',
    ],
    expression: ratio(['kept_buyers'], ['former_buyers']),
    unit: 'ratio',
    grain: 'customer',
    polarity: 'more_is_better',
    owner: 'marketer',
    group: 'customers',
    isScorecard: true,
  }),
  ship('complaint_rate', {
    title: ['投诉率', 'Complaint rate'],
    explanation: [
      '因质量、破损、错发、迟到而退货的次数 ÷ 付款订单数。退货按收到时间计，不追溯到原订单。',
      'Returns because something was defective, damaged, wrong or late, per order paid. Returns count when received, not when sold.',
    ],
    expression: ratio(['complaints'], ['paid_orders']),
    unit: 'ratio',
    grain: 'return',
    polarity: 'less_is_better',
    owner: 'operations',
    group: 'customers',
    isScorecard: true,
    ...gaps(
      '只有退货登记了原因；没有退货的投诉（电话、在线客服）还没有来源。',
      'Only returns say why; complaints without a return (by phone or chat) have no source yet.',
    ),
  }),
];
