// Promotions and crowds: what journeys about selling begin with.
import { expect, request } from '@playwright/test';
import { askAs, shop } from './places.ts';

interface Promotion {
  id: string;
  version: number;
  state: string;
}

export interface Rule {
  name: string;
  nameEn: string;
  stage: 'exclusive' | 'threshold' | 'coupon';
  then: object;
  when?: object;
  needsCode?: boolean;
  startsAt?: string;
  endsAt?: string;
  budgetFen?: number;
  unitsMax?: number;
  unitsPerCustomer?: number;
  priority?: number;
}

/** A promotion that runs: written by the marketer, let go by somebody else when it must be. */
export async function aPromotion(rule: Rule): Promise<string> {
  const [writer, second] = await Promise.all([askAs('marketer'), askAs('executive')]);
  const draft = { when: { all: [] }, startsAt: new Date(Date.now() - 60_000).toISOString(), budgetFen: 100_000_00, ...rule };
  const made = await writer.post<Promotion>('/promotions', draft);
  const sent = await writer.post<Promotion>(`/promotions/${made.id}/submission`, { version: made.version });
  if (sent.state === 'waiting') await second.post(`/promotions/${made.id}/approval`, { version: sent.version });
  await Promise.all([writer.close(), second.close()]);
  return made.id;
}

/** A promotion ends with the journey that made it, so that no other one meets it. */
export async function endPromotion(id: string): Promise<void> {
  const writer = await askAs('marketer');
  await writer.post(`/promotions/${id}/ending`, {});
  await writer.close();
}

/** A code that works many times. */
export async function aCode(promotionId: string, code: string): Promise<void> {
  await aBatch(promotionId, { name: code, kind: 'multi', code });
}

/** Coupons that members may take in the shop. */
export const aPublicBatch = (promotionId: string): Promise<void> =>
  aBatch(promotionId, { name: '公开', kind: 'single', size: 20, isPublic: true, validDays: 7 });

async function aBatch(promotionId: string, batch: object): Promise<void> {
  const writer = await askAs('marketer');
  const validFrom = new Date(Date.now() - 60_000).toISOString();
  const { id } = await writer.post<{ id: string }>('/coupon-batches', { promotionId, validFrom, ...batch });
  await expect
    .poll(async () => (await writer.get<{ state: string }>(`/coupon-batches/${id}`)).state, { timeout: 20_000 })
    .toBe('ready');
  await writer.close();
}

export interface Bought {
  number: string;
  totalFen: number;
}

/** One guest of a crowd: one unit in a cart of their own, checked out at the price shown. Undefined when it is not to be had at that price. */
export async function buyOne(sku: string, phone: string, atMostFen: number): Promise<Bought | undefined> {
  const guest = await request.newContext({ extraHTTPHeaders: { origin: shop } });
  try {
    const added = await guest.post(`${shop}/api/cart/lines`, { data: { sku, quantity: 1 } });
    expect(added.ok(), `${added.status()} ${await added.text()}`).toBe(true);
    const cart = (await added.json()) as { version: number; totalFen: number; goodsFen: number; discountFen: number };
    if (cart.goodsFen - cart.discountFen > atMostFen) return undefined;
    const recipient = { name: '王小敏', phone, region: '浙江省 杭州市 西湖区', districtCode: '330106', address: '文三路 90 号' };
    const answer = await guest.post(`${shop}/api/cart/checkout`, {
      data: { version: cart.version, expectedTotalFen: cart.totalFen, recipient },
    });
    if (answer.ok()) return (await answer.json()) as Bought;
    const { code } = (await answer.json()) as { code: string };
    expect(['promotion.used_up', 'price.changed', 'stock.insufficient']).toContain(code);
    return undefined;
  } finally {
    await guest.dispose();
  }
}

/** So many at a time. */
export async function inCrowd<Result>(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
