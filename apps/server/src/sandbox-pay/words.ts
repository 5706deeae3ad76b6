import type { Act } from './provider.ts';

export type Language = 'zh-CN' | 'en';
export const languageOf = (text: unknown): Language => (text === 'en' ? 'en' : 'zh-CN');

interface Words {
  brand: string;
  notReal: string;
  title: string;
  merchant: string;
  payee: string;
  order: string;
  until: string;
  badDays: string;
  back: string;
  paid: string;
  declined: string;
  over: string;
  scheduled: string;
  already: string;
  missing: string;
  missingHint: string;
  other: { lang: Language; name: string };
  acts: Readonly<Record<Act, { label: string; hint: string }>>;
}

export const words: Readonly<Record<Language, Words>> = {
  'zh-CN': {
    brand: '沙箱支付',
    notReal: '演示环境，不会真的扣款',
    title: '确认付款',
    merchant: '谷雨良品',
    payee: '收款方',
    order: '订单号',
    until: '付款截止',
    badDays: '试试不顺利的情况',
    back: '返回商家',
    paid: '这笔款已付。',
    declined: '这笔付款被拒绝。请回到商家重新付款。',
    over: '这笔付款已过期。',
    scheduled: '已登记：订单过期后 90 秒会扣款，商家随后收到通知并应自动退款。',
    already: '这笔付款已经有结果了。',
    missing: '没有这笔付款',
    missingHint: '链接可能不完整。请回到商家重新付款。',
    other: { lang: 'en', name: 'English' },
    acts: {
      pay: { label: '付款', hint: '' },
      decline: { label: '拒绝付款', hint: '' },
      pay_twice_told: { label: '付款，通知发两次', hint: '同一条通知同时送达两次' },
      pay_told_late: { label: '付款，通知晚 20 秒', hint: '先回到商家，通知随后才到' },
      pay_after_expiry: { label: '订单过期后才付款', hint: '过期 90 秒后扣款，商家应自动退款' },
      pay_wrong_amount: { label: '少付 1 分', hint: '商家收到的金额不对' },
    },
  },
  en: {
    brand: 'Sandbox Pay',
    notReal: 'Demonstration: no money moves',
    title: 'Confirm payment',
    merchant: 'Guyu Goods',
    payee: 'Paid to',
    order: 'Order',
    until: 'Pay before',
    badDays: 'Try a bad day',
    back: 'Back to the merchant',
    paid: 'This payment is done.',
    declined: 'This payment was declined. Go back to the merchant to pay again.',
    over: 'This payment has expired.',
    scheduled: 'Noted: the money is taken 90 seconds after the order has expired. The merchant hears of it and should refund it.',
    already: 'This payment has its result already.',
    missing: 'There is no such payment',
    missingHint: 'The link may be cut off. Go back to the merchant to pay again.',
    other: { lang: 'zh-CN', name: '中文' },
    acts: {
      pay: { label: 'Pay', hint: '' },
      decline: { label: 'Decline', hint: '' },
      pay_twice_told: { label: 'Pay, notice sent twice', hint: 'The same notice arrives twice at once' },
      pay_told_late: { label: 'Pay, notice 20 seconds late', hint: 'You are back at the shop before the notice is' },
      pay_after_expiry: { label: 'Pay after the order has expired', hint: 'Taken 90 seconds after; the shop should refund it' },
      pay_wrong_amount: { label: 'Pay 1 fen too little', hint: 'The shop receives a wrong amount' },
    },
  },
};
