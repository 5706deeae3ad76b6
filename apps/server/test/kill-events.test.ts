import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { collection } from '@tongshang/contract';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, openAnalytics } from '../src/know/stream/index.ts';
import { type KillableHouse, makeKillableHouse } from './killable-house.ts';

const wanted = Number(process.env['KILLED_EVENTS'] ?? 20_000); // 100,000 for the long run
const kills = 5;
const callers = 8;
const batchSize = 100;

let house: KillableHouse;
let clickhouseUrl: string;
beforeAll(async () => {
  const clickhouse = new URL(inject('clickhouseUrl'));
  clickhouse.pathname = `/kill_${randomUUID().replaceAll('-', '')}`;
  clickhouseUrl = clickhouse.href;
  house = await makeKillableHouse(clickhouseUrl);
  await house.run('migrate');
  await house.open();
}, 120_000);
afterAll(() => house?.close(), 30_000);

const acknowledged = new Set<string>();
let unknown = 0;

/** Sends one batch until it is answered: no answer says nothing, and the same messages are sent again. */
async function sendUntilKnown(visitor: string): Promise<void> {
  const batch = Array.from({ length: batchSize }, () => ({
    type: 'track',
    event: 'Product Viewed',
    messageId: randomUUID(),
    anonymousId: visitor,
    properties: { sku: 'KILL-A', price: 12.5 },
  }));
  const body = JSON.stringify({ writeKey: collection.shopWriteKey, batch });
  const headers = { 'content-type': 'application/json' };
  for (;;) {
    const answer = await fetch(`${house.shop}/v1/batch`, { method: 'POST', body, headers }).catch(() => undefined);
    const reply = answer?.status === 200 ? ((await answer.json().catch(() => undefined)) as { accepted: number }) : undefined;
    if (reply?.accepted === batchSize) break;
    unknown += 1;
    await sleep(25);
  }
  for (const { messageId } of batch) acknowledged.add(messageId);
}

test('five random kills while events come in: each acknowledged event is in ClickHouse exactly once, and there is no other', async () => {
  let isKilling = true;
  const callersDone = Array.from({ length: callers }, async (_, caller) => {
    while (isKilling || acknowledged.size < wanted) {
      await sendUntilKnown(`kill-${caller}`);
      if (isKilling) await sleep((kills * 1_500 * batchSize * callers) / wanted); // spread over the kills, however fast the house is
    }
  });
  for (let kill = 0; kill < kills; kill += 1) {
    const before = acknowledged.size;
    await expect.poll(() => acknowledged.size, { timeout: 60_000, interval: 5 }).toBeGreaterThan(before + 2 * batchSize);
    await sleep(Math.random() * 300);
    await house.kill('api');
  }
  isKilling = false;
  await Promise.all(callersDone);
  expect(unknown, 'batches caught by a kill').toBeGreaterThan(0);

  const analytics = openAnalytics(clickhouseUrl);
  const count = async () =>
    (await ask<{ events: number }>(analytics, 'select count() as events from behaviour').catch(() => []))[0]?.events ?? 0;
  await expect.poll(count, { timeout: 90_000, interval: 100 }).toBeGreaterThanOrEqual(acknowledged.size);
  const rows = await ask<{ id: string }>(analytics, 'select message_id as id from behaviour');
  expect(rows.length, 'each once, also before rows melt').toBe(acknowledged.size);
  expect(rows.filter(({ id }) => !acknowledged.has(id))).toEqual([]);
}, 300_000);
