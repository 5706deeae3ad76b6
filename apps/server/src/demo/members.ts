// What the demo gives its members: tiers and the points of their purchases, named lists, an address book; and kits to sell them.
import { saveKit, upsertProducts } from '../base/catalog/index.ts';
import { addAddress, addInvoiceProfile, addToSegment, createSegment } from '../base/customers/index.ts';
import { earnPoints, pointsForFen, saveTier } from '../base/membership/index.ts';
import type { Ctx } from '../platform/ctx.ts';
import { addDays, addMs, startOfDay } from '../platform/time.ts';
import { setPrices } from '../sell/pricing/index.ts';
import { demoSkus, products } from './catalogue.ts';
import type { DemoDay, DemoOrder } from './history.ts';
import type { DemoCustomer } from './people.ts';
import { isDelivered, type Names } from './write-history.ts';

const tiers = [
  { code: 'basic', name: '谷友', nameEn: 'Friend', fromFen: 0 },
  { code: 'silver', name: '银谷会员', nameEn: 'Silver', fromFen: 100_000 },
  { code: 'gold', name: '金谷会员', nameEn: 'Gold', fromFen: 250_000 },
  { code: 'platinum', name: '黑谷会员', nameEn: 'Platinum', fromFen: 500_000 },
];

const segments = [
  { code: 'regulars', name: '老主顾', nameEn: 'Regulars', has: ({ loyalty }: DemoCustomer) => loyalty > 2.6 },
  {
    code: 'tea-circle',
    name: '茶友会',
    nameEn: 'Tea circle',
    has: ({ phone }: DemoCustomer) => Number(phone.slice(-4)) % 40 === 0,
  },
];

interface DemoKit {
  code: string;
  name: string;
  nameEn: string;
  summary: string;
  summaryEn: string;
  category: string;
  priceFen: number;
  components: { sku: string; quantity: number }[];
}

export const kits: readonly DemoKit[] = [
  {
    code: 'GY-KIT1',
    name: '秋日双茶组合',
    nameEn: 'Two teas of autumn',
    summary: '武夷肉桂岩茶一份，桂花乌龙袋泡茶一份，比单买省 39 元',
    summaryEn: 'One Wuyi Rougui, one osmanthus oolong; ¥39 less than apart',
    category: 'food/tea',
    priceFen: 21_900,
    components: [
      { sku: 'GY-FT02-P1', quantity: 1 },
      { sku: 'GY-FT06-P1', quantity: 1 },
    ],
  },
  {
    code: 'GY-KIT2',
    name: '山野早餐组合',
    nameEn: 'Breakfast from the hills',
    summary: '高山荞麦挂面两份，土蜂蜜一份，比单买省 18 元',
    summaryEn: 'Two packs of buckwheat noodles, one jar of honey; ¥18 less than apart',
    category: 'food/staples',
    priceFen: 12_900,
    components: [
      { sku: 'GY-FR02-P1', quantity: 2 },
      { sku: 'GY-FR05-P1', quantity: 1 },
    ],
  },
];

/** Tiers and kits, before anything is sold. */
export async function layMembership(ctx: Ctx, firstDay: string): Promise<void> {
  for (const tier of tiers) await saveTier(ctx, tier);
  await upsertProducts(ctx, kits.map(productOf));
  const validFrom = startOfDay(firstDay);
  await setPrices(
    ctx,
    kits.map(({ code, priceFen }) => ({ sku: code, amountFen: priceFen, validFrom })),
    'demo',
  );
  for (const { code, components } of kits) await saveKit(ctx, { sku: code, components });
}

function productOf({ code, name, nameEn, summary, summaryEn, category, components }: DemoKit) {
  const parts = components.map(({ sku, quantity }) => ({ one: demoSkus.find((known) => known.sku === sku), quantity }));
  const images = products().find((product) => product.code === `GY-${parts[0]?.one?.item.code ?? ''}`)?.images ?? [];
  return {
    code,
    name,
    nameEn,
    summary,
    summaryEn,
    category,
    brand: '谷雨良品',
    line: 'food' as const,
    state: 'active' as const,
    variants: [
      {
        sku: code,
        costFen: parts.reduce((sum, { one, quantity }) => sum + (one?.costFen ?? 0) * quantity, 0),
        taxRateBp: parts[0]?.one?.taxRateBp ?? 900,
        weightGrams: 500 * parts.reduce((sum, { quantity }) => sum + quantity, 0),
      },
    ],
    images: images.map((image) => ({ ...image, alt: name, altEn: nameEn })),
  };
}

/** Points for what was delivered in these days and not brought back, a sum a customer; told again, nothing more. */
export async function rewardMembers(ctx: Ctx, days: readonly DemoDay[], { customerIds, now }: Names): Promise<void> {
  const last = days.at(-1)?.day;
  if (last === undefined) return;
  const goods = new Map<string, number>();
  const count = ({ customer }: DemoOrder, fen: number) => {
    const customerId = customer && customerIds.get(customer.externalId);
    if (customerId !== undefined) goods.set(customerId, (goods.get(customerId) ?? 0) + fen);
  };
  for (const { orders, returns } of days) {
    for (const order of orders)
      if (isDelivered(order, now)) for (const line of order.lines) count(order, line.quantity * line.unitFen);
    for (const { order, lineIndex, quantity } of returns) count(order, -quantity * (order.lines[lineIndex]?.unitFen ?? 0));
  }
  const at = new Date(Math.min(addMs(startOfDay(addDays(last, 1)), -1000).getTime(), now.getTime()));
  await earnPoints(
    { ...ctx, now: at },
    [...goods].map(([customerId, goodsFen]) => ({
      customerId,
      cause: `purchases up to ${last}`,
      points: pointsForFen(goodsFen),
      goodsFen,
    })),
  );
}

const addressed = 60;
/** 方建, who has bought most: whoever signs in to the shop with this phone sees a full account. */
const regular = '19900000031';

/** Named lists of customers, and what some of them keep in their address book and on invoices. */
export async function knowMembers(
  ctx: Ctx,
  customers: readonly DemoCustomer[],
  customerIds: ReadonlyMap<string, string>,
): Promise<void> {
  const idsOf = (some: readonly DemoCustomer[]) => some.flatMap(({ externalId }) => customerIds.get(externalId) ?? []);
  for (const { has, ...segment } of segments) {
    await createSegment(ctx, segment);
    await addToSegment(ctx, { code: segment.code, customerIds: idsOf(customers.filter(has)) });
  }
  for (const customer of customers.slice(0, addressed)) {
    const { name, phone, region, address: detail } = customer;
    for (const id of idsOf([customer])) await addAddress(ctx, id, { name, phone, region, detail, isDefault: true });
  }
  for (const one of customers.filter(({ phone }) => phone === regular))
    for (const id of idsOf([one])) await fillAccount(ctx, id, one);
}

async function fillAccount(ctx: Ctx, customerId: string, { name, phone }: DemoCustomer): Promise<void> {
  const parents = { name, phone, districtCode: '330402', detail: '中环南路88号2幢301室', isDefault: false };
  await addAddress(ctx, customerId, parents);
  await addInvoiceProfile(ctx, customerId, { data: { kind: 'personal', title: name }, isDefault: true });
  const firm = { kind: 'company' as const, title: '嘉兴南湖知味商行', taxNumber: '91330402MA2CWH8P36' };
  await addInvoiceProfile(ctx, customerId, { data: firm, isDefault: false });
}
