// What visitors of the demo's shop did: they came, searched, looked, and some bought.
import { askForProduct } from '../know/insight/index.ts';
import { storeBatches } from '../know/collection/index.ts';
import type { Ctx } from '../platform/ctx.ts';
import { addMs, startOfDay } from '../platform/time.ts';
import { campaignOf, campaignSeen } from './campaigns.ts';
import type { DemoDay } from './history.ts';
import type { Random } from './random.ts';

/** What visitors of the shop did on a day: buyers came by, and some thirty others for each who bought. */
export async function writeVisits(ctx: Ctx, { day, orders }: DemoDay, random: Random, skus: readonly string[]): Promise<void> {
  const buyers = orders.filter((order) => order.channel === 'shop');
  const visits = buyers.map((order) => {
    const at = addMs(order.placedAt, -random.between(120, 1500) * 1000);
    return visit(`v-${order.externalId}`, at, 'bought', { sku: order.lines[0]?.one.sku, campaign: campaignOf(order) });
  });
  const others = Math.round(buyers.length * (26 + random.next() * 10));
  for (let index = 0; index < others; index += 1) {
    const hour = random.weighted(visitHours.map((weight, item) => ({ item, weight })));
    const usual = addMs(startOfDay(day), (hour * 3600 + random.between(0, 3599)) * 1000);
    const sinceMidnight = ctx.now.getTime() - startOfDay(day).getTime();
    const at = usual <= ctx.now ? usual : addMs(startOfDay(day), Math.floor(random.next() * sinceMidnight)); // today is not over
    const what = random.next() < 0.09 ? 'added' : 'looked';
    const seen = { sku: random.pick(skus), campaign: campaignSeen(day, index), search: searchOf(day, index) };
    visits.push(visit(`v-${day}-${index}`, at, what, seen));
  }
  // a browser sends what it saw within seconds: told later, history would come too late for its own figures
  const batches = visits.map((events) => ({ source: 'shop', channel: 'shop', events, receivedAt: sentAt(events, ctx.now) }));
  for (let start = 0; start < batches.length; start += 500) await storeBatches(ctx, batches.slice(start, start + 500));
}

function sentAt(events: ReturnType<typeof visit>, now: Date): Date {
  const last = new Date(Math.max(...events.map(({ at }) => Date.parse(at))) + 1000);
  return last < now ? last : now;
}

const visitHours = [3, 1, 1, 0, 0, 0, 1, 2, 4, 6, 7, 7, 8, 7, 6, 6, 6, 6, 7, 9, 11, 12, 10, 6];

interface Seen {
  sku?: string | undefined;
  campaign: string | undefined;
  search?: { query: string; results: number } | undefined;
}

function visit(visitorId: string, at: Date, what: 'looked' | 'added' | 'bought', { sku, campaign, search }: Seen) {
  const product = sku === undefined ? {} : { sku };
  const steps = [
    { type: 'page' as const, event: '/', properties: {} },
    ...(search === undefined ? [] : [{ type: 'track' as const, event: 'Products Searched', properties: search }]),
    { type: 'track' as const, event: 'Product Viewed', properties: product },
    ...(what === 'looked' ? [] : [{ type: 'track' as const, event: 'Product Added', properties: product }]),
    ...(what === 'bought' ? [{ type: 'track' as const, event: 'Checkout Started', properties: {} }] : []),
  ];
  return steps.map(({ type, event, properties }, index) => ({
    messageId: `demo-${visitorId}-${index}`,
    type,
    event,
    visitorId,
    customerId: undefined,
    at: addMs(at, index * 25_000).toISOString(),
    clientAt: undefined,
    sentAt: undefined,
    path: type === 'page' ? event : undefined,
    language: 'zh-CN',
    campaign: index === 0 ? campaign : undefined,
    properties,
  }));
}

/** What is searched for and there, and what is searched for and not: by the day and the visitor's number, so that nothing else is drawn anew. */
const found = ['龙井', 'T恤', '电饭煲', '羽绒服', '坚果', '吹风机', '衬衫', '茶'];
const missing = ['羊绒围巾', '空气炸锅', '无糖月饼', '防晒衣', '宠物零食', '儿童雨衣', '筋膜枪', '螺蛳粉'];

function searchOf(day: string, index: number): { query: string; results: number } | undefined {
  if (index % 4 !== 0) return undefined;
  const turn = index / 4 + Number(day.slice(8));
  const query = turn % 9 === 0 ? missing[(turn * turn) % missing.length] : undefined;
  if (query !== undefined) return { query, results: 0 };
  return { query: found[turn % found.length] ?? '', results: 3 + (turn % 20) };
}

/** What visitors asked for where a search found nothing. */
export async function leaveWishes(ctx: Ctx): Promise<void> {
  const wishes = [['羊绒围巾', '要灰色的'], ['羊绒围巾', undefined], ['空气炸锅', '4 升以上'], ['无糖月饼', '给长辈'], ['无糖月饼', undefined], ['筋膜枪', undefined]] as const; // prettier-ignore
  for (const [index, [text, note]] of wishes.entries())
    await askForProduct(
      { ...ctx, now: addMs(ctx.now, -(index * 31 + 5) * 3_600_000) },
      { text, note, language: 'zh-CN', visitorId: `v-wish-${index}`, customerId: undefined },
    );
}
