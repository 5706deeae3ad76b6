// What the demo's firm knows from outside: what campaigns and parcels cost, what its books say, and what people think of it.
import type { observations as contract } from '@tongshang/contract';
import { recordObservations } from '../know/observations/index.ts';
import type { Ctx, StaffActor } from '../platform/ctx.ts';
import { addDays, dayOf, daysBetween } from '../platform/time.ts';
import { campaignOf, demoCampaigns } from './campaigns.ts';
import type { DemoDay, DemoOrder } from './history.ts';
import { createRandom, type Random } from './random.ts';

type Item = contract.ObservationInput;

/** Sums of the trade that what comes from outside hangs on; filled day by day, however often the telling was broken off. */
export interface TradeSums {
  /** Profit of what campaigns sold, fen, by `<Monday> <campaign>`. */
  campaigns: Map<string, number>;
  /** By `<month> <channel>`. */
  channels: Map<string, { orders: number; paidFen: number }>;
  /** Cost of what was sold, fen, by month. */
  costs: Map<string, number>;
}

export const noTrade = (): TradeSums => ({ campaigns: new Map(), channels: new Map(), costs: new Map() });

/** Adds a day of trade. */
export function addTrade(sums: TradeSums, { day, orders }: DemoDay): void {
  const month = day.slice(0, 7);
  for (const order of orders) {
    if (order.isCancelled) continue;
    const { paidFen, costFen, profitFen } = amountsOf(order);
    const name = campaignOf(order);
    if (name !== undefined) add(sums.campaigns, `${mondayOf(dayOf(order.placedAt))} ${name}`, profitFen);
    add(sums.costs, month, costFen);
    const key = `${month} ${order.channel}`;
    const before = sums.channels.get(key) ?? { orders: 0, paidFen: 0 };
    sums.channels.set(key, { orders: before.orders + 1, paidFen: before.paidFen + paidFen });
  }
}

const add = (sums: Map<string, number>, key: string, more: number): unknown => sums.set(key, (sums.get(key) ?? 0) + more);

function amountsOf({ lines }: DemoOrder) {
  let [paidFen, costFen, netFen] = [0, 0, 0];
  for (const { one, quantity, unitFen } of lines) {
    paidFen += quantity * unitFen;
    costFen += quantity * one.costFen;
    netFen += (quantity * unitFen) / (1 + one.taxRateBp / 10_000);
  }
  return { paidFen, costFen, profitFen: Math.round(netFen - costFen) };
}

const mondayOf = (day: string): string => addDays(day, -((daysBetween('2024-01-01', day) + 7_000) % 7)); // that was a Monday

/** Records all of it, up to yesterday: the marketer what people think and what campaigns cost, operations what the books say. */
export async function recordOutside(
  ctx: Ctx,
  told: {
    sums: TradeSums;
    seed: number;
    firstDay: string;
    today: string;
    staff: (role: 'marketer' | 'operations') => StaffActor;
  },
): Promise<void> {
  const random = createRandom(told.seed + 77);
  const yesterday = addDays(told.today, -1);
  const weeks = weeksBetween(told.firstDay, yesterday);
  const opinions = weeks.flatMap((week) => opinionsOf(week, weeks.length, random));
  const marketing = [...spendOf(told.sums, told.firstDay, yesterday), ...opinions];
  await recordObservations({ ...ctx, actor: told.staff('marketer') }, { items: marketing });
  await recordObservations(
    { ...ctx, actor: told.staff('operations') },
    { items: booksOf(told.sums, told.firstDay, yesterday, random) },
  );
}

interface Week {
  from: string;
  to: string;
  index: number;
}

function weeksBetween(first: string, last: string): Week[] {
  const weeks: Week[] = [];
  for (let from = mondayOf(first); from <= last; from = addDays(from, 7)) {
    const to = addDays(from, 6);
    weeks.push({ from, to: to < last ? to : last, index: weeks.length });
  }
  return weeks;
}

const item = (one: Omit<Item, 'channel' | 'campaign'> & Partial<Item>): Item => ({ channel: '', campaign: '', ...one });

/** Spend follows what a campaign sold, in round hundreds of yuan, a week a figure. */
function spendOf({ campaigns }: TradeSums, firstDay: string, yesterday: string): Item[] {
  return [...campaigns].flatMap(([key, profitFen]) => {
    const [monday = '', name = ''] = key.split(' ');
    const campaign = demoCampaigns.find((one) => one.name === name);
    const [from, to] = [monday > firstDay ? monday : firstDay, least(addDays(monday, 6), yesterday)];
    if (campaign === undefined || from > to) return [];
    const value = Math.max(1, Math.round((profitFen * campaign.spent) / 10_000)) * 10_000;
    return [
      item({ name: 'campaign_spend', from, to, campaign: name, channel: campaign.platform, value, source: '投放后台账单' }),
    ];
  });
}

const least = (a: string, b: string): string => (a < b ? a : b);
const twoDecimals = (value: number): number => Math.round(value * 100) / 100;

/** A week of what people think and say: slowly better, with ups and downs, and louder around the festivals of trade. */
function opinionsOf({ from, to, index }: Week, weeks: number, random: Random): Item[] {
  const grown = index / Math.max(1, weeks - 1);
  const wave = (size: number): number => (random.next() - 0.5) * 2 * size;
  const loud = isLoud(from) ? 1.7 : 1;
  const count = (mean: number): number =>
    Math.max(1, Math.round(mean * (0.85 + 0.3 * random.next()) * (0.75 + 0.5 * grown) * loud));
  const over = { from, to };
  const market = count(52_000);
  return [
    item({ name: 'satisfaction', ...over, value: twoDecimals(4.28 + 0.2 * grown + wave(0.09)), cases: count(160), source: '签收后满意度问卷' }),
    item({ name: 'review_score', ...over, channel: 'tmall', value: twoDecimals(4.62 + 0.12 * grown + wave(0.05)), cases: count(320), source: '平台评价' }),
    item({ name: 'review_score', ...over, channel: 'jd', value: twoDecimals(4.55 + 0.15 * grown + wave(0.06)), cases: count(140), source: '平台评价' }),
    item({ name: 'brand_search_index', ...over, channel: 'baidu', value: count(1_150), source: '搜索指数' }),
    item({ name: 'brand_search_index', ...over, channel: 'weixin', value: count(2_300), source: '搜索指数' }),
    item({ name: 'social_mentions', ...over, channel: 'weibo', value: count(420), source: '舆情工具' }),
    item({ name: 'social_mentions', ...over, channel: 'xiaohongshu', value: count(610), source: '舆情工具' }),
    item({ name: 'share_of_voice', ...over, value: Math.round((0.052 + 0.021 * grown + wave(0.006)) * 10_000) / 10_000, cases: market, source: '舆情工具' }),
    item({ name: 'exposure', ...over, channel: 'weibo', value: count(310_000), source: '投放后台' }),
    item({ name: 'exposure', ...over, channel: 'xiaohongshu', value: count(240_000), source: '投放后台' }),
  ]; // prettier-ignore
}

const isLoud = (day: string): boolean =>
  ['06', '11', '12'].includes(day.slice(5, 7)) || (day.slice(5) >= '01-10' && day.slice(5) <= '02-15');

const perOrderFen = { shop: 690, marketplace: 640, store: 90 };
const feeShare = { shop: 0.006, marketplace: 0.031, store: 0.0038 };

/** What the books say of each month, the running one as far as it is accrued. */
function booksOf({ channels, costs }: TradeSums, firstDay: string, yesterday: string, random: Random): Item[] {
  const bounds = (month: string) => ({
    from: month === firstDay.slice(0, 7) ? firstDay : `${month}-01`,
    to: least(addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1), yesterday),
  });
  const service = [...channels].flatMap(([key, { orders, paidFen }]) => {
    const [month = '', channel = 'shop'] = key.split(' ');
    const over = bounds(month);
    if (over.from > over.to) return [];
    const name = channel as keyof typeof perOrderFen;
    const value = Math.round(orders * perOrderFen[name] * (0.96 + 0.08 * random.next()) + paidFen * feeShare[name]);
    return [
      item({ name: 'service_cost', ...over, channel, value, source: '财务月结', note: '快递账单、支付手续费、退货处理、包装' }),
    ];
  });
  const balances = [...costs].flatMap(([month, costFen]) => {
    const { to } = bounds(month);
    if (to.slice(0, 7) !== month) return [];
    const settled = (channels.get(`${month} marketplace`)?.paidFen ?? 0) * (0.3 + 0.1 * random.next());
    const owing = costFen * (1.1 + 0.3 * random.next());
    const round = (fen: number): number => Math.round(fen / 10_000) * 10_000;
    return [
      item({ name: 'receivables', from: to, value: round(settled), source: '财务月结', note: '平台待结算货款' }),
      item({ name: 'payables', from: to, value: round(owing), source: '财务月结', note: '供应商货款' }),
    ];
  });
  return [...service, ...balances];
}
