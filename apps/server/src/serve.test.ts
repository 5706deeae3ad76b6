import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collection } from '@tongshang/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useWorld } from '../test/world.ts';
import { findFreePort } from './platform/embedded/processes.ts';
import { serveApi } from './serve.ts';
import { readSettings } from './settings.ts';

const world = useWorld();
let shop: string;
let dataDir: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tongshang-serve-'));
  const [shopPort, consolePort] = [await findFreePort(), await findFreePort()];
  const settings = readSettings({
    DATABASE_URL: world.db.url,
    CLICKHOUSE_URL: world.config.clickhouseUrl,
    TONGSHANG_DATA_DIR: dataDir,
    SHOP_PORT: String(shopPort),
    CONSOLE_PORT: String(consolePort),
  });
  await serveApi(settings, pino({ enabled: false }), (end) => void (stop = end));
  shop = settings.shopOrigin;
});
afterAll(async () => {
  await stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Reports an event as a page does, and answers the cookie that came back. */
async function report(messageId: string, pageId: string, cookie?: string): Promise<string | undefined> {
  const batch = [{ type: 'track', event: 'Product Viewed', messageId, anonymousId: pageId, properties: {} }];
  const answer = await fetch(`${shop}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie !== undefined && { cookie }) },
    body: JSON.stringify({ writeKey: collection.shopWriteKey, batch }),
  });
  expect(await answer.json()).toMatchObject({ accepted: 1 });
  const set = answer.headers.getSetCookie().find((one) => one.startsWith('ts_visitor='));
  return set?.split(';')[0];
}

test('what a browser reports carries the visitor that its orders will carry, from its first page on', async () => {
  const [cookie, again] = await Promise.all([report('first', 'page-1'), report('beside', 'page-1')]); // two reports of one page
  expect(again).toBe(cookie);
  expect(await report('signed', 'another-1', cookie)).toBeUndefined();
  const forged = `ts_visitor=${randomUUID()}.AAAA`;
  await report('forged', 'page-1', forged);
  await report('other', 'page-2');

  const { rows } = await world.db.pool.query<{ events: string }>('select events from collection.batch');
  const events = rows.flatMap((row) => JSON.parse(row.events) as { messageId: string; visitorId: string }[]);
  const visitors = Object.fromEntries(events.map(({ messageId, visitorId }) => [messageId, visitorId]));
  const visitor = cookie?.slice('ts_visitor='.length).split('.')[0];
  expect(visitor).toMatch(/^[\da-f]{8}-[\da-f]{4}-8/);
  expect(visitors).toEqual({ first: visitor, beside: visitor, signed: visitor, forged: visitor, other: expect.any(String) });
  expect(visitors['other']).not.toBe(visitor);
  const cart = await fetch(`${shop}/api/cart`, { headers: { cookie: cookie ?? '' } }); // who orders is who looked
  expect(cart.status).toBe(200);
  expect(cart.headers.getSetCookie()).toEqual([]);
});
