import { one, ratio, ship } from './shipped.ts';

const released = { grain: 'order', polarity: 'less_is_better', owner: 'operations', group: 'operations' } as const;

export const handlingMetrics = [
  ship('order_handling_time', {
    ...released,
    title: ['订单处理时长（中位数）', 'Order handling time (median)'],
    explanation: ['从付款到放行拣货的时长，按放行时间计。', 'From paid to released for picking, by the time of release.'],
    expression: one('handling_median'),
    unit: 'seconds',
    isScorecard: true,
  }),
  ship('order_handling_p90', {
    ...released,
    title: ['订单处理时长（90 分位）', 'Order handling time (p90)'],
    explanation: ['十单中有九单不超过这个处理时长。', 'Nine orders of ten are released within this time after payment.'],
    expression: one('handling_p90'),
    unit: 'seconds',
  }),
  ship('orders_untouched', {
    ...released,
    title: ['无人工干预订单占比', 'Orders untouched by hand'],
    explanation: [
      '放行的订单里，付款后到放行前没有人动过的占比。',
      'Of the orders released, the share that nobody had to touch before.',
    ],
    expression: ratio(['released_untouched'], ['released_orders']),
    unit: 'ratio',
    polarity: 'more_is_better',
  }),
];
