/** Flash sales: a price for few units and a short time. */
export const flash = {
  title: { zh: '限时抢购', en: 'Flash sales' },
  description: {
    zh: '限时限量的价格，剩余件数和结束时间如实显示。',
    en: 'Limited prices with the real number left and the real end.',
  },
  lead: {
    zh: '剩余件数每几秒更新一次。别人取消的订单，件数会回来。',
    en: 'What is left is refreshed every few seconds. Units of cancelled orders come back.',
  },
  none: { zh: '现在没有限时抢购', en: 'No flash sale at present' },
  noneText: {
    zh: '未来 7 天也还没有安排。可以先看看正在降价的。',
    en: 'None is planned within 7 days either. See what is reduced now.',
  },
  running: { zh: '正在进行', en: 'Running now' },
  next: { zh: '即将开始', en: 'Coming next' },
  startsIn: { zh: '距开始', en: 'Starts in' },
  endsAt: { zh: '{at} 结束（北京时间）', en: 'Ends {at} (Beijing time)' },
  startsAt: { zh: '{at} 开始（北京时间）', en: 'Starts {at} (Beijing time)' },
  whileStockLasts: { zh: '售完为止', en: 'While stock lasts' },
  total: { zh: '共 {total} 件', en: '{total} in all' },
  leftOf: { zh: '还剩 {left} / {total} 件', en: '{left} of {total} left' },
  soldOut: { zh: '已抢光', en: 'All gone' },
  soldOutText: { zh: '限时价已抢光，仍可按平时价购买', en: 'The flash price is gone; the usual price still holds' },
  points: { zh: '另需 {points} 分', en: 'plus {points} points' },
  buy: { zh: '抢购', en: 'Buy now' },
  buyItem: { zh: '抢购：{item}', en: 'Buy now: {item}' },
  see: { zh: '先看看', en: 'Have a look' },
  all: { zh: '全部限时抢购', en: 'All flash sales' },
  reduced: { zh: '看正在降价', en: 'See what is reduced' },
} as const;
