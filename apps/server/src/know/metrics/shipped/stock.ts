import { one, ratio, ship } from './shipped.ts';

const stock = { grain: 'SKU and location', polarity: 'neutral', owner: 'operations', group: 'operations' } as const;

export const stockMetrics = [
  ship('stock_value', {
    ...stock,
    title: ['库存金额', 'Stock value'],
    explanation: [
      '期末在库商品的成本金额，不含税。按门店看时指所在地点，含仓库。',
      'Cost of the goods on hand at the end of the period, without VAT. By store means by location, warehouse included.',
    ],
    expression: one('stock_fen'),
    unit: 'fen',
  }),
  ship('stock_units', {
    ...stock,
    title: ['库存件数', 'Stock units'],
    explanation: ['期末在库件数。', 'Units on hand at the end of the period.'],
    expression: one('stock_units'),
    unit: 'units',
  }),
  ship('stock_turnover', {
    ...stock,
    title: ['库存周转（年化）', 'Stock turnover (a year)'],
    explanation: [
      '所售商品成本除以平均每日库存金额，折算为一年的次数。没有库存时无意义。',
      'Cost of what was sold over the average daily stock value, scaled to a year. Undefined without stock.',
    ],
    expression: ratio(['stock_cost_sold_fen'], ['stock_fen_days'], 365),
    unit: 'times',
    polarity: 'more_is_better',
    isScorecard: true,
  }),
  ship('days_of_cover', {
    ...stock,
    title: ['库存可售天数', 'Days of cover'],
    explanation: [
      '期末在库件数按最近 28 天的日均付款件数还能卖几天。28 天没有销售时无意义。',
      'How many days the units on hand last at the daily average paid over the 28 days before. Undefined without sales.',
    ],
    expression: ratio(['sellable_units'], ['paid_units_28d'], 28),
    unit: 'days',
  }),
];
