import type { ConditionTree, Effect, LineFilter } from '@tongshang/contract';
import { groupModes } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { type PromotionNames, type PromotionRule, promotionSentence } from './promotion-sentence.ts';

const named = (table: Record<string, string>) => (code: string) => table[code];
const names = (language: 'zh-CN' | 'en'): PromotionNames => {
  const isChinese = language === 'zh-CN';
  return {
    category: named(isChinese ? { clothes: '服装', tea: '茶' } : { clothes: 'Apparel', tea: 'Tea' }),
    sku: named(isChinese ? { mug: '马克杯' } : { mug: 'Mug' }),
    tier: named(isChinese ? { gold: '金卡' } : { gold: 'Gold' }),
    paymentMethod: named(isChinese ? { alipay: '支付宝' } : { alipay: 'Alipay' }),
    promotion: named(isChinese ? { p: '新客券' } : { p: 'Welcome' }),
  };
};
const clothes: LineFilter = { categories: ['clothes'] };
const mug: LineFilter = { skus: ['mug'] };
const tell = (rule: Partial<PromotionRule> & { then: Effect }) =>
  (['zh-CN', 'en'] as const).map((language) =>
    promotionSentence({ stage: 'threshold', when: { all: [] }, ...rule }, language, names(language)),
  );

test('a whole rule is one plain sentence: who, where, what, how often, at most, and how it gets along', () => {
  const then: Effect = {
    gives: 'steps',
    of: clothes,
    by: 'amount',
    steps: [{ from: 30_000, off: { fen: 4000 } }],
    repeats: true,
    capFen: 12_000,
  };
  const when: ConditionTree = { all: [{ is: 'member' }, { is: 'channel', in: ['shop'] }] };
  expect(tell({ then, when, group: { mode: 'best' } })).toEqual([
    '会员在自营网店购买「服装」满 ¥300 减 ¥40，每满可重复，最多减 ¥120；与同组活动取最优惠',
    'Members in the online shop get ¥40 off from ¥300 of “Apparel”, again for every ¥300, at most ¥120; among its group, only the one that saves most counts',
  ]);
});

const effects: [Effect, string, string][] = [
  [{ gives: 'percent', of: clothes, bp: 1500, capFen: 2000 }, '「服装」打 8.5 折，最多减 ¥20', 'Everybody gets 15% off “Apparel”, at most ¥20'],
  [{ gives: 'percent', of: {}, bp: 10_000 }, '全场免费', 'Everybody gets everything free'],
  [{ gives: 'percent', of: {}, bp: 5000 }, '全场半价', 'Everybody gets everything at half price'],
  [{ gives: 'amount', of: {}, fen: 4000 }, '立减 ¥40', 'Everybody gets ¥40 off the order'],
  [{ gives: 'amount', of: clothes, fen: 4990 }, '「服装」减 ¥49.90', 'Everybody gets ¥49.90 off “Apparel”'],
  [{ gives: 'fixed_price', of: mug, unitFen: 5900, unitsPerOrder: 2 }, '「马克杯」每件 ¥59，每单限 2 件', 'Everybody gets “Mug” at ¥59 each, at most 2 an order'],
  [{ gives: 'fixed_price', of: {}, prices: { a: 1, b: 2 } }, '全场 2 个规格另有专价', 'Everybody gets everything at a price of its own for 2 SKUs'],
  [{ gives: 'fixed_price', of: clothes, unitFen: 990, prices: { a: 1 } }, '「服装」每件 ¥9.90，其中 1 个规格另有专价', 'Everybody gets “Apparel” at ¥9.90 each, at a price of its own for 1 SKU'],
  [{ gives: 'steps', of: {}, by: 'amount', steps: [{ from: 50_000, off: { bp: 2000 } }, { from: 30_000, off: { bp: 1000 } }], repeats: false }, '购物满 ¥300 打 9 折，满 ¥500 打 8 折', 'Everybody gets 10% off from ¥300, 20% off from ¥500'],
  [{ gives: 'steps', of: clothes, by: 'quantity', steps: [{ from: 2, off: { bp: 10_000 } }, { from: 3, off: { fen: 500 } }], repeats: false }, '购买「服装」满 2 件免费，满 3 件减 ¥5', 'Everybody gets everything free from 2 units, ¥5 off from 3 units of “Apparel”'],
  [{ gives: 'cheapest_free', of: clothes, buy: 3, free: 1, timesMax: 2 }, '「服装」每买 3 件，最便宜的 1 件免费，最多 2 次', 'Everybody gets the cheapest one of every 3 of “Apparel” free, at most 2 times'],
  [{ gives: 'buy_x_get_y', buy: {}, buyQuantity: 1, get: {}, getQuantity: 1, bp: 5000 }, '全场第 2 件半价', 'Everybody gets every 2nd unit at half price'],
  [{ gives: 'buy_x_get_y', buy: clothes, buyQuantity: 2, get: mug, getQuantity: 1, bp: 10_000 }, '买「服装」2 件，送「马克杯」1 件', 'Everybody gets 1 × “Mug” free for every 2 × “Apparel” they buy'],
  [{ gives: 'buy_x_get_y', buy: {}, buyQuantity: 2, get: mug, getQuantity: 1, bp: 2000, timesMax: 1 }, '买任意商品 2 件，「马克杯」1 件打 8 折，最多 1 次', 'Everybody gets 20% off 1 × “Mug” for every 2 × any goods they buy, at most 1 time'],
  [{ gives: 'buy_x_get_y', buy: clothes, buyQuantity: 4, get: clothes, getQuantity: 2, bp: 10_000 }, '买「服装」4 件，送 2 件', 'Everybody gets 2 more free for every 4 × “Apparel” they buy'],
  [{ gives: 'gift', sku: 'mug', quantity: 1 }, '送「马克杯」1 件，送完为止', 'Everybody gets 1 × “Mug” as a gift while stock lasts'],
  [{ gives: 'gift', sku: 'mug', quantity: 2, repeats: true, timesMax: 3 }, '送「马克杯」2 件，送完为止，每满可重复，最多 3 次', 'Everybody gets 2 × “Mug” as a gift while stock lasts, once for every time the condition is reached, at most 3 times'],
  [{ gives: 'bundle_price', items: [{ of: clothes, quantity: 3 }], fen: 9900 }, '「服装」任选 3 件 ¥99', 'Everybody gets any 3 of “Apparel” for ¥99'],
  [{ gives: 'bundle_price', items: [{ of: clothes, quantity: 1 }, { of: {}, quantity: 2 }], fen: 19_900, timesMax: 2 }, '「服装」1 件 + 任意商品 2 件，一套 ¥199，最多 2 套', 'Everybody gets a set of 1 × “Apparel” + 2 × any goods for ¥199, at most 2 sets'],
  [{ gives: 'free_freight' }, '包邮', 'Everybody gets free delivery'],
  [{ gives: 'coupon', promotionId: 'p' }, '付款后送下次可用的「新客券」一张', 'Everybody gets a coupon “Welcome” for their next order once they have paid'],
  [{ gives: 'coupon', promotionId: 'unknown' }, '付款后送下次可用的优惠券一张', 'Everybody gets a coupon for their next order once they have paid'],
  [{ gives: 'points_price', of: mug, points: 500, unitFen: 1000, unitsPerOrder: 1 }, '「马克杯」每件 500 积分 + ¥10 换购，每单限 1 件', 'Everybody gets “Mug” for 500 points and ¥10 each, at most 1 an order'],
  [{ gives: 'points_price', of: {}, points: 1, unitFen: 0 }, '全场商品每件 1 积分换购', 'Everybody gets any goods for 1 point each'],
]; // prettier-ignore
test.each(effects)('the effect %j', (then, zh, en) => {
  expect(tell({ then })).toEqual([zh, en]);
});

test('in the stage freight it is the freight that is lowered', () => {
  expect(tell({ stage: 'freight', then: { gives: 'percent', of: {}, bp: 5000 } })).toEqual([
    '运费半价',
    'Everybody gets delivery at half price',
  ]);
  expect(tell({ stage: 'freight', then: { gives: 'amount', of: {}, fen: 500 } })).toEqual([
    '运费减 ¥5',
    'Everybody gets ¥5 off delivery',
  ]);
});

const needs: [ConditionTree, string, string][] = [
  [{ is: 'member' }, '会员享立减 ¥40', 'Members get ¥40 off the order'],
  [{ is: 'tier', in: ['gold'] }, '「金卡」会员享立减 ¥40', 'Members of tier “Gold” get ¥40 off the order'],
  [{ is: 'segment', in: ['vip'] }, '人群「vip」享立减 ¥40', 'Customers in “vip” get ¥40 off the order'],
  [{ is: 'customer', in: ['a', 'b'] }, '指定的 2 位顾客享立减 ¥40', '2 chosen customers get ¥40 off the order'],
  [{ is: 'first_order' }, '首单享立减 ¥40', 'Customers on their first order get ¥40 off the order'],
  [{ is: 'channel', in: ['shop', 'store'] }, '在自营网店、门店享立减 ¥40', 'Everybody in the online shop or stores gets ¥40 off the order'],
  [{ is: 'channel', in: ['live'] }, '在live享立减 ¥40', 'Everybody in live gets ¥40 off the order'],
  [{ is: 'time', weekdays: [7, 6], from: '20:00', to: '22:00' }, '每周六、日 20:00–22:00 享立减 ¥40', 'Everybody on Sat and Sun 20:00–22:00 gets ¥40 off the order'],
  [{ is: 'time', from: '20:00' }, '每天 20:00 起享立减 ¥40', 'Everybody every day from 20:00 gets ¥40 off the order'],
  [{ is: 'time', to: '09:00' }, '每天 09:00 前享立减 ¥40', 'Everybody every day before 09:00 gets ¥40 off the order'],
  [{ is: 'payment_method', in: ['alipay'] }, '用支付宝付款享立减 ¥40', 'Everybody paying by Alipay gets ¥40 off the order'],
  [{ is: 'amount', of: {}, minFen: 20_000 }, '购物满 ¥200，立减 ¥40', 'Everybody who buys for ¥200 or more gets ¥40 off the order'],
  [{ is: 'quantity', of: clothes, min: 2 }, '购买「服装」满 2 件，立减 ¥40', 'Everybody who buys 2 or more of “Apparel” gets ¥40 off the order'],
  [{ all: [{ is: 'member' }, { all: [{ is: 'amount', of: clothes, minFen: 100 }, { is: 'quantity', of: {}, min: 2 }] }] }, '会员购买「服装」满 ¥1，且购物满 2 件，立减 ¥40', 'Members who buy “Apparel” for ¥1 or more and 2 or more units get ¥40 off the order'],
  [{ any: [{ is: 'member' }, { all: [{ is: 'channel', in: ['store'] }, { not: { is: 'first_order' } }] }] }, '若是会员或（在门店购买且不是首单），立减 ¥40', 'When the buyer is a member or (the order is placed in stores and not (it is their first order)), everybody gets ¥40 off the order'],
  [{ not: { any: [{ is: 'tier', in: ['gold'] }, { is: 'segment', in: ['vip'] }] } }, '若不满足「是「金卡」会员或在人群「vip」中」，立减 ¥40', 'When not (the buyer’s tier is “Gold” or the buyer is in “vip”), everybody gets ¥40 off the order'],
  [{ any: [{ is: 'payment_method', in: ['alipay'] }, { is: 'time', weekdays: [1] }, { is: 'customer', in: ['a'] }, { is: 'amount', of: {}, minFen: 100 }, { is: 'quantity', of: mug, min: 1 }] }, '若用支付宝付款或在每周一或是指定的 1 位顾客或购物满 ¥1或购买「马克杯」满 1 件，立减 ¥40', 'When payment is by Alipay or it is bought on Mon or the buyer is one of 1 chosen customer or they buy for ¥1 or more or they buy 1 or more of “Mug”, everybody gets ¥40 off the order'],
]; // prettier-ignore
test.each(needs)('the condition %j', (when, zh, en) => {
  expect(tell({ when, then: { gives: 'amount', of: {}, fen: 4000 } })).toEqual([zh, en]);
});

test('goods are told by name up to three, more and ids without a name are counted', () => {
  const off = (of: LineFilter) => tell({ then: { gives: 'amount', of, fen: 100 } });
  expect(off({ categories: ['clothes', 'tea'] })).toEqual(['「服装、茶」减 ¥1', 'Everybody gets ¥1 off “Apparel” and “Tea”']);
  expect(off({ skus: ['mug', 'b', 'c', 'd', 'e'] })).toEqual([
    '「马克杯、b、c」等 5 个规格减 ¥1',
    'Everybody gets ¥1 off “Mug”, “b”, “c” and 2 more',
  ]);
  expect(off({ productIds: ['x', 'y'] })).toEqual(['指定的 2 个商品减 ¥1', 'Everybody gets ¥1 off 2 chosen products']);
  expect(off({ brands: ['A'] })).toEqual(['「A」品牌减 ¥1', 'Everybody gets ¥1 off goods of “A”']);
  expect(off({ brands: ['A'], categories: ['tea'], exceptSkus: ['mug'], exceptCategories: ['clothes'] })).toEqual([
    '「A」品牌的「茶」（不含「服装」和「马克杯」）减 ¥1',
    'Everybody gets ¥1 off “Tea” of “A” (without “Apparel” and “Mug”)',
  ]);
  expect(off({ exceptSkus: ['mug'] })).toEqual(['商品（不含「马克杯」）减 ¥1', 'Everybody gets ¥1 off goods (without “Mug”)']);
});

test('every mode of a group is told, by the group’s name when it has one', () => {
  const modes = groupModes.map((mode) => tell({ then: { gives: 'free_freight' }, group: { mode, name: 'A' } }));
  expect(modes).toEqual([
    ['包邮；与「A」组活动依次叠加', 'Everybody gets free delivery; among “A”, applied one after another'],
    ['包邮；与「A」组活动各自计算再相加', 'Everybody gets free delivery; among “A”, each reckoned by itself and added up'],
    ['包邮；与「A」组活动取最优惠', 'Everybody gets free delivery; among “A”, only the one that saves most counts'],
    ['包邮；与「A」组活动按优先级取第一个有优惠的', 'Everybody gets free delivery; among “A”, the first by priority that gives anything counts'],
    ['包邮；与「A」组活动只用最优惠的一个，用过的商品不再参加后面的活动', 'Everybody gets free delivery; among “A”, only the one that saves most counts, and its goods join nothing later'],
  ]); // prettier-ignore
});

test('code, limits, budget and window follow; the window is told on the business clock, its end not included', () => {
  const limits = { usesPerCustomer: 1, unitsPerCustomer: 2, unitsMax: 100, usesMax: 1000, budgetFen: 500_000 };
  const rule = { then: { gives: 'free_freight' as const }, needsCode: true, joinsExclusive: true, ...limits };
  expect(tell({ ...rule, startsAt: '2026-11-10T16:00:00Z', endsAt: '2026-11-12T00:00:00+08:00' })).toEqual([
    '包邮；凭券码使用；专享价商品也参加；每人限 1 次，每人限 2 件，共 100 件，共 1000 单，预算 ¥5,000；2026-11-11 00:00 起至 2026-11-12 00:00 前',
    'Everybody gets free delivery; with a coupon code; goods at an exclusive price join too; 1 order a customer, 2 units a customer, 100 units in all, 1000 orders in all, budget ¥5,000; from 2026-11-11 00:00 until just before 2026-11-12 00:00',
  ]);
  expect(tell({ then: { gives: 'free_freight' }, startsAt: '2026-11-11T00:00:00+08:00', endsAt: null })).toEqual([
    '包邮；2026-11-11 00:00 起',
    'Everybody gets free delivery; from 2026-11-11 00:00',
  ]);
  expect(tell({ then: { gives: 'free_freight' }, endsAt: '2026-11-11T00:00:00+08:00' })[0]).toBe('包邮；至 2026-11-11 00:00 前');
});

test('amounts are told in the currency of the rule', () => {
  expect(tell({ then: { gives: 'amount', of: {}, fen: 500 }, currency: 'JPY' })[0]).toBe('立减 JP¥500');
});
