// Callers who buy over HTTP from a house that is killed under them: they ask again until they know what became of each purchase.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KillableHouse } from './killable-house.ts';

/** One intent to buy. `ask` sends the very same request each time. */
export interface Purchase {
  ask: () => Promise<Known>;
  /** The order's number; undefined when the house refused. */
  number: string | undefined;
  /** The payment page's path, of an order of the shop. */
  payUrl: string | undefined;
  /** Money was handed to the provider for it. */
  isPaid: boolean;
  /** How often no answer came. */
  unknown: number;
}
interface Known {
  number?: string;
  payUrl?: string | null;
  unknown: number;
}

const recipient = { name: '王小敏', phone: '13800138000', region: '浙江省 杭州市西湖区', address: '文三路 90 号' };
const PATIENCE_MS = 30_000;

/** Puts one unit into a cart and checks it out, as a guest of the shop, again and again. */
export async function buyAsGuest(house: KillableHouse, pick: () => string, isOver: () => boolean): Promise<Purchase[]> {
  const send = browser(house.shop);
  const purchases: Purchase[] = [];
  while (!isOver()) {
    await known(() => send('POST', '/api/cart/lines', { sku: pick(), quantity: 1 }));
    const { body: cart } = await known(() => send('GET', '/api/cart'));
    const body = { version: cart['version'], expectedTotalFen: cart['totalFen'], recipient };
    const purchase = await decide(() => send('POST', '/api/cart/checkout', body));
    purchases.push(purchase);
    if (purchase.number === undefined) await emptyCart(send);
    else if (purchases.length % 2 === 0 && purchase.payUrl !== undefined) {
      await pay(house, purchase.payUrl, purchases.length);
      purchase.isPaid = true;
    }
  }
  return purchases;
}

/** Sells one unit at the till of a store, each sale under an Idempotency-Key of its own. */
export async function sellAtTill(
  house: KillableHouse,
  staff: { email: string; password: string },
  sku: string,
  isOver: () => boolean,
): Promise<Purchase[]> {
  const send = browser(house.console);
  await known(() => send('POST', '/api/auth/staff/sign-in/email', staff));
  const purchases: Purchase[] = [];
  while (!isOver()) {
    const key = randomUUID();
    const body = { store: 'S01', lines: [{ sku, quantity: 1 }], payment: 'cash' };
    purchases.push(await decide(() => send('POST', '/api/orders', body, { 'idempotency-key': key })));
  }
  return purchases;
}

async function decide(send: () => Promise<Answer>): Promise<Purchase> {
  const ask = async (): Promise<Known> => {
    const { body, unknown } = await known(send);
    return typeof body['number'] === 'string'
      ? { number: body['number'], payUrl: body['payUrl'] as string | null, unknown }
      : { unknown };
  };
  const { number, payUrl, unknown } = await ask();
  return { ask, number, payUrl: payUrl ?? undefined, isPaid: false, unknown };
}

/** Refused for want of stock: the line goes, or it would refuse for ever. */
async function emptyCart(send: Send): Promise<void> {
  const { body } = await known(() => send('GET', '/api/cart'));
  for (const { sku } of (body['lines'] ?? []) as { sku: string }[]) await known(() => send('DELETE', `/api/cart/lines/${sku}`));
}

/** Pays at the provider, every third time with a notice that comes twice; money moves there, the house hears of it later. */
async function pay({ shop }: KillableHouse, payUrl: string, turn: number): Promise<void> {
  const { status, location, body } = await known(() => answerOf(fetch(shop + payUrl, { redirect: 'manual' })));
  if (location === '') throw new Error(`${payUrl} leads nowhere: ${status} ${JSON.stringify(body)}`);
  const form = new URLSearchParams({ act: turn % 3 === 0 ? 'pay_twice_told' : 'pay' });
  const headers = { origin: new URL(location).origin };
  await known(() => answerOf(fetch(location, { method: 'POST', body: form, redirect: 'manual', headers })));
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
  location: string;
}
type Send = (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Answer>;

/** Keeps the cookies that it is given. */
function browser(origin: string): Send {
  const cookies = new Map<string, string>();
  return async (method, path, body, headers = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(origin + path, {
      method,
      headers: { origin, cookie, ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(8000),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return answerOf(Promise.resolve(response));
  };
}

async function answerOf(sent: Promise<Response>): Promise<Answer> {
  const response = await sent;
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    location: response.headers.get('location') ?? '',
  };
}

/** Asks until an answer says what happened: no answer and "something broke" say nothing. */
async function known(send: () => Promise<Answer>): Promise<Answer & { unknown: number }> {
  for (let unknown = 0, end = Date.now() + PATIENCE_MS; ; unknown += 1) {
    const answer = await send().catch(() => undefined);
    if (answer !== undefined && answer.status < 500) return { ...answer, unknown };
    if (Date.now() > end) throw new Error(`no answer for ${PATIENCE_MS} ms, the last was ${answer?.status ?? 'none'}`);
    await sleep(50);
  }
}
