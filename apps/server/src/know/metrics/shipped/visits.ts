import { one, ratio, ship } from './shipped.ts';

const visitor = { grain: 'visitor', polarity: 'more_is_better', owner: 'marketer' } as const;

export const visitMetrics = [
  ship('visitors', {
    ...visitor,
    title: ['访客数', 'Visitors'],
    explanation: [
      '来过商城的不同访客；同一访客在所选时间内只计一次，认出是同一顾客的多台设备也只计一次，各天相加会大于合计。',
      'Different visitors of the shop; one visitor counts once in the period, and so do several devices known to be one customer’s, so days add up to more than the total.',
    ],
    expression: one('visitors'),
    unit: 'count',
    group: 'customers',
  }),
  ship('conversion', {
    ...visitor,
    title: ['转化率', 'Conversion'],
    explanation: [
      '访客中付过款的比例。没有访客时无意义。',
      'The share of visitors who paid an order. Undefined without visitors.',
    ],
    expression: ratio(['visitors_who_paid'], ['visitors']),
    unit: 'ratio',
    group: 'operations',
    isScorecard: true,
  }),
];
