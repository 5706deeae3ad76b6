// A house on a long past: events and checkouts come in, a cockpit watches; then as many events as it takes.
import { createPrivateKey, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { collection } from '@tongshang/contract';
import { createStaff } from '../../apps/server/src/base/identity/index.ts';
import { system } from '../../apps/server/src/platform/ctx.ts';
import { inTx } from '../../apps/server/src/platform/db.ts';
import { type NatsCluster, startNatsCluster } from '../../apps/server/test/nats-cluster.ts';
import { clickhouseCeiling } from '../ceilings.ts';
import { type BenchHouse, openHouse } from '../house.ts';
import { buy } from '../intake.ts';
import { createCaller, expectStatus, type Outcome } from '../load.ts';
import { openLoop, quantiles } from '../open-loop.ts';
import { openWire, type Wire } from '../wire.ts';
import { events } from '../workloads.ts';
import type { Past } from './generate.ts';
import { memoryOf } from './memory.ts';

const eventsInBatch = 100;
const staff = { email: 'analyst@guyu.example', password: 'guyu-demo-2026', name: 'Bench', role: 'analyst' } as const;
const tile = { kind: 'metrics', question: { metrics: ['visitors', 'conversion', 'net_sales'], period: 'today' } };

export interface Live {
  /** From an event's departure to the first cockpit that holds it. */
  fresh: Outcome;
  checkouts: Outcome;
  /** Readings of the cockpit meanwhile. */
  cockpit: Outcome;
  memoryMb: Readonly<Record<string, number>>;
  intake: Outcome;
  /** Events acknowledged by three nats-servers on the same machine; absent where there is no nats-server. */
  jetstream: Outcome | undefined;
  rawInsert: Outcome;
}

/** 2,000 events/s beside 100 checkouts/s for so long, then 16 callers who send without pause. */
export async function measureLive(past: Past, seconds: number): Promise<Live> {
  const cluster = await startNatsCluster().catch((error: unknown) => console.log(`  no JetStream: ${String(error)}`));
  const natsUrl = cluster?.url ?? '';
  const house = await openHouse({ isDemo: false, clickhouseDir: past.dir, more: { NATS_URL: natsUrl } });
  try {
    const plain = await beginPlain(house);
    await inTx(house.db, { actor: system('bench'), now: new Date() }, (ctx) => createStaff(ctx, staff));
    const beside = await watchBeside(plain, seconds);
    const intake = await events(plain, 16, seconds);
    const jetstream = cluster === undefined ? undefined : await events(house, 16, seconds);
    return { ...beside, intake, jetstream, rawInsert: await clickhouseCeiling(house.clickhouseUrl, Math.min(5, seconds)) };
  } finally {
    await house.stop();
    await (cluster as NatsCluster | undefined)?.stop();
  }
}

/** A second api whose events go to PostgreSQL, as in a house without NATS_URL; the worker reads both. */
async function beginPlain(house: BenchHouse): Promise<BenchHouse> {
  const plain = await house.begin('api', { CONSOLE_PORT: '4801', SHOP_PORT: '4811', NATS_URL: '' });
  const { api: _, bench: __, ...others } = house.pids;
  return { ...house, shop: 'http://127.0.0.1:4811', console: 'http://127.0.0.1:4801', pids: { ...others, api: plain } };
}

async function watchBeside(
  house: BenchHouse,
  seconds: number,
): Promise<Pick<Live, 'fresh' | 'checkouts' | 'cockpit' | 'memoryMb'>> {
  const seen: { at: number; asOf: number }[] = [];
  const readMs: number[] = [];
  let isOver = false;
  let memoryMb: Record<string, number> = {};
  const watch = async () => {
    const ask = await openCockpit(house);
    for (; !isOver; await sleep(50)) {
      const begun = performance.now();
      const asOf = await ask();
      readMs.push(performance.now() - begun);
      seen.push({ at: Date.now(), asOf });
      if (readMs.length % 50 === 0) memoryMb = larger(memoryMb, await memoryOf(house.pids));
    }
  };
  const sent: { left: number; acknowledged: number }[] = [];
  const call = createCaller(house.shop);
  const send = async () => {
    const left = Date.now();
    expectStatus(await call('POST', '/v1/batch', { body: aBatch(house.skus) }), 200);
    sent.push({ left, acknowledged: Date.now() });
  };

  const watching = watch();
  const [, checkouts] = await Promise.all([openLoop(2_000 / eventsInBatch, seconds, send), buyWhile(house, seconds)]);
  const last = Math.max(...sent.map(({ acknowledged }) => acknowledged));
  for (let tries = 0; tries < 200 && !seen.some(({ asOf }) => asOf >= last); tries += 1) await sleep(50);
  isOver = true;
  await watching;
  const times = sent.map(({ left, acknowledged }) => (seen.find(({ asOf }) => asOf >= acknowledged)?.at ?? Infinity) - left);
  const perSecond = (sent.length * eventsInBatch) / seconds;
  return {
    fresh: { ...quantiles(times.filter(Number.isFinite)), perSecond, errors: times.filter((ms) => !Number.isFinite(ms)).length },
    checkouts,
    cockpit: { ...quantiles(readMs), perSecond: readMs.length / seconds, errors: 0 },
    memoryMb,
  };
}

function buyWhile(house: BenchHouse, seconds: number): Promise<Outcome> {
  const idle: Wire[] = Array.from({ length: 32 }, () => openWire(house.shop));
  const wires = new Set(idle);
  const reading = readFile(join(house.dataDir, 'sandbox-pay/provider-private.pem')).then(createPrivateKey);
  return openLoop(100, seconds, async () => {
    const wire = idle.pop() ?? openWire(house.shop);
    wires.add(wire);
    await buy(wire, house.skus, await reading);
    idle.push(wire);
  }).finally(() => {
    for (const wire of wires) wire.close();
  });
}

/** Asks for the cockpit's figures as a screen does; answers as of when they are. */
async function openCockpit(house: BenchHouse): Promise<() => Promise<number>> {
  const call = createCaller(house.console);
  const { email, password } = staff;
  const { cookies } = expectStatus(
    await call('POST', '/api/auth/staff/sign-in/email', { body: JSON.stringify({ email, password }) }),
    200,
  );
  const headers = { cookie: cookies.join('; '), origin: house.console };
  const body = JSON.stringify({ question: tile });
  return async () => {
    const answer = expectStatus(await call('POST', '/api/boards/answers', { body, headers }), 200);
    return Date.parse((JSON.parse(answer.body) as { asOf: string }).asOf);
  };
}

function aBatch(skus: readonly string[]): string {
  const timestamp = new Date().toISOString();
  const visitors = Array.from({ length: 20 }, () => randomUUID());
  const batch = Array.from({ length: eventsInBatch }, (_, index) => {
    const sku = skus[Math.floor(skus.length ** Math.random()) % skus.length];
    const anonymousId = visitors[index % visitors.length];
    return {
      type: 'track',
      event: 'Product Viewed',
      messageId: randomUUID(),
      anonymousId,
      timestamp,
      properties: { sku, price: 89 },
    };
  });
  return JSON.stringify({ writeKey: collection.shopWriteKey, batch, sentAt: timestamp });
}

const larger = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.keys(b).map((name) => [name, Math.max(a[name] ?? 0, b[name] ?? 0)]));
