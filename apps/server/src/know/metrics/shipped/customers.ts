import { one, ratio, ship, sum } from './shipped.ts';

const customer = { grain: 'customer', polarity: 'more_is_better', owner: 'marketer', group: 'customers' } as const;

export const customerMetrics = [
  ship('new_customers', {
    ...customer,
    title: ['新客数', 'New customers'],
    explanation: [
      '首次付款发生在所选时间内的顾客。补录更早的历史后会相应改变。不含未登记的散客。',
      'Customers whose first payment ever falls in the period. Importing older history moves it. Anonymous buyers are not counted.',
    ],
    expression: sum('new_customers'),
    unit: 'count',
  }),
  ship('returning_customers', {
    ...customer,
    title: ['回头客数', 'Returning customers'],
    explanation: [
      '在所选时间内付过非首单的顾客，每人计一次。',
      'Customers who paid an order that was not their first, each counted once in the period.',
    ],
    expression: one('returning_customers'),
    unit: 'count',
  }),
  ship('repurchase_90d', {
    ...customer,
    title: ['90 天复购率', '90-day repurchase'],
    explanation: [
      '截至期末 90 天内付过款的顾客中，付过两单及以上的比例。',
      'Of the customers who paid in the 90 days up to the end of the period, the share who paid two orders or more.',
    ],
    expression: ratio(['repeat_buyers_90d'], ['buyers_90d']),
    unit: 'ratio',
    isScorecard: true,
  }),
];
