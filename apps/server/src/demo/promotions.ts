// What the demo sells by: promotions that run, one that comes, one that waits for approval, groups, coupons; written and approved by its staff.
import { promotions as contract, type Role } from '@tongshang/contract';
import type * as z from 'zod';
import { customersIn } from '../base/customers/index.ts';
import type { Ctx, StaffActor } from '../platform/ctx.ts';
import { addDays, dayOf, inBusinessZone, startOfDay } from '../platform/time.ts';
import {
  approvePromotion,
  createBatch,
  createGroup,
  createPromotion,
  giveCoupons,
  submitPromotion,
} from '../sell/promotions/index.ts';
import { demoSkus } from './catalogue.ts';

type Draft = z.input<typeof contract.PromotionDraft>;
type Rule = Omit<Draft, 'startsAt' | 'endsAt'> & { from?: number; days?: number };

const shops = { is: 'channel' as const, in: ['shop', 'store'] };
const allOf = (...all: object[]) => ({ all: [shops, ...all] });
const skusOf = (code: string): string[] => demoSkus.filter(({ item }) => item.code === code).map(({ sku }) => sku);
const pricesOf = (times: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(times).flatMap(([code, fen]) => skusOf(code).map((sku) => [sku, fen])));

/** Lays promotions, groups and coupons as of today. Amounts leave every SKU above its margin floor. */
export async function openPromotions(ctx: Ctx, staff: (role: Role) => StaffActor): Promise<void> {
  const marketer = { ...ctx, actor: staff('marketer') };
  const executive = { ...ctx, actor: staff('executive') };
  const today = dayOf(ctx.now);
  const write = ({ from = 0, days, ...rule }: Rule): Promise<string> => {
    const window = {
      startsAt: inBusinessZone(startOfDay(addDays(today, from))),
      endsAt: days === undefined ? null : inBusinessZone(startOfDay(addDays(today, from + days))),
    };
    return createPromotion(marketer, contract.PromotionDraft.parse({ ...rule, ...window }));
  };
  /** Submitted by marketing; what may cost more than the limit is approved by the management. */
  const start = async (rule: Rule, mayCostMuch = false): Promise<string> => {
    const id = await write(rule);
    await submitPromotion(marketer, { id, version: 1 });
    if (mayCostMuch) await approvePromotion(executive, { id, version: 2 });
    return id;
  };

  await openThresholds(marketer, start);
  await openFlashSales(start);
  await openForMembers(start);
  await openCoupons(marketer, start);
  const doubleTwelve = await write({
    name: '双12满500减80', nameEn: 'Double 12: ¥80 off ¥500', stage: 'threshold', when: allOf(), budgetFen: 20_000_000, expectedCostFen: 12_000_000,
    then: { gives: 'steps', of: { exceptCategories: ['appliances'] }, by: 'amount', steps: [{ from: 50_000, off: { fen: 8000 } }] }, from: 14, days: 3,
  }); // prettier-ignore
  await submitPromotion(marketer, { id: doubleTwelve, version: 1 }); // waits: the reader may approve it
  await write({
    name: '年货节零食买三免一', nameEn: 'New Year snacks: the cheapest of three is free', stage: 'threshold', when: allOf(), budgetFen: 3_000_000,
    then: { gives: 'cheapest_free', of: { categories: ['food/snacks'] }, buy: 3, free: 1, timesMax: 3 }, from: 40, days: 20,
  }); // prettier-ignore
}

type Start = (rule: Rule, mayCostMuch?: boolean) => Promise<string>;

/** Of 满减 and 第二件半价 the buyer gets the better one. */
async function openThresholds(marketer: Ctx, start: Start): Promise<void> {
  const group = {
    name: '店铺优惠择优',
    nameEn: 'The better store offer',
    stage: 'threshold',
    mode: 'best',
    parentId: null,
    priority: 10,
  } as const;
  const { id: groupId } = await createGroup(marketer, group);
  await start(
    {
      name: '满300减40，满600减100', nameEn: '¥40 off ¥300, ¥100 off ¥600', stage: 'threshold', groupId, when: allOf(), budgetFen: 6_000_000,
      expectedCostFen: 4_000_000, days: 45,
      then: { gives: 'steps', of: { exceptCategories: ['appliances'] }, by: 'amount', steps: [{ from: 30_000, off: { fen: 4000 } }, { from: 60_000, off: { fen: 10_000 } }] },
    },
    true,
  ); // prettier-ignore
  await start({
    name: '上装第二件半价', nameEn: 'Tops: the second at half price', stage: 'threshold', groupId, when: allOf(), budgetFen: 1_000_000, days: 30,
    expectedCostFen: 800_000,
    then: { gives: 'buy_x_get_y', buy: { categories: ['apparel/tops'] }, buyQuantity: 1, get: { categories: ['apparel/tops'] }, getQuantity: 1, bp: 5000 },
  }); // prettier-ignore
}

/** One flash sale runs for three days, the next begins when it ends. */
async function openFlashSales(start: Start): Promise<void> {
  const sale = (name: string, nameEn: string, prices: Record<string, number>): Rule => ({
    name, nameEn, stage: 'exclusive', when: { is: 'channel', in: ['shop'] }, unitsMax: 100, unitsPerCustomer: 2, budgetFen: 500_000,
    then: { gives: 'fixed_price', of: { skus: Object.keys(prices) }, prices },
  }); // prettier-ignore
  await start({
    ...sale('限时抢购：随行杯与T恤', 'Flash sale: travel cups and tees', pricesOf({ KT02: 9900, TS01: 5900 })),
    days: 3,
  });
  await start({ ...sale('限时抢购：养生壶', 'Flash sale: health kettles', pricesOf({ HP01: 13_900 })), from: 3, days: 2 });
}

/** Free freight for gold members, tea for the tea circle, a coupon for the next order. */
async function openForMembers(start: Start): Promise<void> {
  await start(
    {
      name: '金谷会员包邮', nameEn: 'Free delivery for gold members', stage: 'freight', then: { gives: 'free_freight' },
      when: { is: 'tier', in: ['gold', 'platinum'] }, expectedCostFen: 300_000,
    },
    true,
  ); // prettier-ignore
  await start({
    name: '茶友会九折', nameEn: 'Tea circle: 10 % off tea', stage: 'line', when: allOf({ is: 'segment', in: ['tea-circle'] }), budgetFen: 900_000,
    then: { gives: 'percent', of: { categories: ['food/tea'] }, bp: 1000 }, days: 60,
  }); // prettier-ignore
}

async function openCoupons(marketer: Ctx, start: Start): Promise<void> {
  const coupon = (name: string, nameEn: string, fen: number, from: number, more: object[] = []): Rule => ({
    name, nameEn, stage: 'coupon', needsCode: true, budgetFen: 900_000, days: 60, then: { gives: 'amount', of: {}, fen },
    when: allOf({ is: 'amount', of: {}, minFen: from }, ...more),
  }); // prettier-ignore
  const batch = (promotionId: string, name: string, over: object) =>
    createBatch(marketer, {
      promotionId, name, kind: 'single', size: 1, prefix: '', usesPerCode: null, usesPerCustomer: 1, validTo: null, validDays: null, isPublic: false,
      validFrom: inBusinessZone(startOfDay(dayOf(marketer.now))), ...over,
    }); // prettier-ignore

  const newcomer = await start({
    ...coupon('新人首单立减20', '¥20 off the first order', 2000, 5900, [{ is: 'first_order' }]),
    usesPerCustomer: 1,
  });
  await batch(newcomer, '新人券', { size: 450, prefix: 'NEW', isPublic: true, validDays: 30 });
  const word = await start(coupon('谷雨口令满129减15', 'GUYU2026: ¥15 off ¥129', 1500, 12_900));
  await batch(word, '公众号口令', { kind: 'multi', code: 'GUYU2026', usesPerCode: 600 });
  const regular = await start(coupon('老主顾满199减30', 'Regulars: ¥30 off ¥199', 3000, 19_900));
  const mailed = await batch(regular, '老主顾回馈', { size: 1000, prefix: 'LZG', validDays: 45 });
  const regulars = (await customersIn(marketer.tx, 'regulars')) ?? [];
  await giveCoupons(marketer, mailed, { customerIds: regulars.slice(0, 900) });
  const next = await start(coupon('下单回赠满99减10', '¥10 off ¥99, earned by the order before', 1000, 9900));
  await start({
    name: '满199送券', nameEn: 'A coupon for the next order from ¥199', stage: 'threshold', budgetFen: 900_000, days: 45,
    when: allOf({ is: 'member' }, { is: 'amount', of: {}, minFen: 19_900 }), then: { gives: 'coupon', promotionId: next },
  }); // prettier-ignore
}
