import { randomUUID } from 'node:crypto';
import { collection } from '@tongshang/contract';
import type { BenchHouse } from './house.ts';
import { type Caller, closedLoop, createCaller, expectStatus, type Outcome } from './load.ts';

const recipient = { name: '王测试', phone: '13800138000', region: '浙江省 杭州市 西湖区', address: '文一西路 100 号' };

/** A guest puts one SKU into the cart and checks out with address and freight: two requests, an order that holds its stock. */
export async function shortCheckouts(house: BenchHouse, callers: number, seconds: number): Promise<Outcome> {
  const call = createCaller(house.shop);
  return closedLoop(callers, seconds, async () => {
    const sku = house.skus[Math.floor(Math.random() * house.skus.length)] ?? '';
    const begun = expectStatus(await addLine(call, sku, {}), 200);
    const headers = { cookie: begun.cookies.find((cookie) => cookie.startsWith('ts_visitor=')) ?? '' };
    const cart = JSON.parse(begun.body) as { version: number; totalFen: number };
    const body = JSON.stringify({ version: cart.version, expectedTotalFen: cart.totalFen, recipient });
    expectStatus(
      await call('POST', '/api/cart/checkout', { body, headers: { ...headers, 'idempotency-key': randomUUID() } }),
      200,
    );
  });
}

const addLine = (call: Caller, sku: string, headers: Record<string, string>) =>
  call('POST', '/api/cart/lines', {
    body: JSON.stringify({ sku, quantity: 1 }),
    headers: { ...headers, 'idempotency-key': randomUUID() },
  });

/** Anonymous visitors read pages as they come from a browser without a cache. */
export async function pages(house: BenchHouse, paths: readonly string[], callers: number, seconds: number): Promise<Outcome> {
  const call = createCaller(house.shop);
  return closedLoop(callers, seconds, async () => {
    const path = paths[Math.floor(Math.random() * paths.length)] ?? '/';
    expectStatus(await call('GET', path), 200);
  });
}

/** Behaviour events in batches of 100; counted when the answer says that they are durable. */
export async function events(house: BenchHouse, callers: number, seconds: number): Promise<Outcome> {
  const call = createCaller(house.shop);
  const size = 100;
  const authorization = `Basic ${Buffer.from(`${collection.shopWriteKey}:`).toString('base64')}`;
  const outcome = await closedLoop(callers, seconds, async () => {
    const anonymousId = randomUUID();
    const timestamp = new Date().toISOString();
    const batch = Array.from({ length: size }, () => ({
      type: 'track', event: 'Product Viewed', messageId: randomUUID(), anonymousId, timestamp, properties: { sku: 'GY-TS01-WH-M', price: 89 },
    })); // prettier-ignore
    expectStatus(
      await call('POST', '/v1/batch', { body: JSON.stringify({ batch, sentAt: timestamp }), headers: { authorization } }),
      200,
    );
  });
  return { ...outcome, perSecond: outcome.perSecond * size, count: outcome.count * size };
}

/** An analyst's cockpit and drill-downs, signed in. */
export async function cockpit(house: BenchHouse, paths: readonly string[], callers: number, seconds: number): Promise<Outcome> {
  const call = createCaller(house.console);
  const body = JSON.stringify({ email: 'analyst@guyu.example', password: 'guyu-demo-2026' });
  const { cookies } = expectStatus(await call('POST', '/api/auth/staff/sign-in/email', { body }), 200);
  const headers = { cookie: cookies.join('; ') };
  return closedLoop(callers, seconds, async () => {
    const path = paths[Math.floor(Math.random() * paths.length)] ?? '';
    expectStatus(await call('GET', path, { headers }), 200);
  });
}
