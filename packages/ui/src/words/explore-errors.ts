/** Refusals of questions beyond one figure. */
export const exploreErrors = {
  'metric.not_drillable': {
    zh: '这个指标不是由订单相加得来的，没有可以列出的订单[：{metric}]',
    en: 'This metric is not made of orders, so there are none to list[: {metric}]',
  },
} as const;
