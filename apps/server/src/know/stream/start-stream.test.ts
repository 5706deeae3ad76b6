import { createServer, type Server, type Socket, connect } from 'node:net';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { someSkus } from '../../base/catalog/testing.ts';
import { inTx } from '../../platform/db.ts';
import { system } from '../../platform/ctx.ts';
import { machineClock } from '../../platform/time.ts';
import { importOrders } from '../../sell/orders/index.ts';
import { type Analytics, ask, openAnalytics } from './analytics.ts';
import { readFreshness } from './freshness.ts';
import { startStream } from './start-stream.ts';

const world = useWorld();
const logger = pino({ level: 'silent' });
const partsOf = (analytics: Analytics) => ({ db: world.db, analytics, clock: machineClock, logger });
const until = async (isTrue: () => Promise<boolean>, ms = 25_000): Promise<void> => {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((done) => setTimeout(done, 20)))
    if (await isTrue()) return;
  throw new Error('it never came true');
};
let made = 0;
async function sell(): Promise<string> {
  const externalId = `L${(made += 1)}`;
  const placedAt = machineClock();
  return inTx(world.db, { actor: system('test'), now: placedAt }, async (ctx) => {
    await someSkus(ctx, ['A']);
    const order = { channel: 'shop', externalId, placedAt, paidAt: placedAt, lines: [{ sku: 'A', quantity: 1, unitFen: 1000 }] };
    return (await importOrders(ctx, { importId: externalId, orders: [order] }))[0]!.orderId;
  });
}
const paidOrders = async (analytics: Analytics): Promise<number> =>
  (await ask<{ orders: number }>(analytics, 'select sum(orders) as orders from sales_day'))[0]?.orders ?? 0;
const lag = () => inTx(world.db, { actor: system('test'), now: machineClock() }, ({ tx, now }) => readFreshness(tx, now));

test('of two processes one carries the log; when it goes the other takes over, and nothing is carried twice', async () => {
  const analytics = openAnalytics(world.config.clickhouseUrl);
  const first = startStream(partsOf(analytics));
  await sell();
  await until(async () => (await lag()).version !== '1.0.0' && (await paidOrders(analytics)) === 1);
  const second = startStream(partsOf(analytics));
  await sell();
  await until(async () => (await paidOrders(analytics)) === 2);
  await first.stop();
  await sell();
  await until(async () => (await paidOrders(analytics)) === 3);
  await second.stop();
  expect((await lag()).lagMs).toBe(0);
}, 60_000);

test('while ClickHouse is away orders go on and the lag is told; when it is back everything arrives once', async () => {
  const wire = await aCuttableWire(new URL(world.config.clickhouseUrl));
  const url = new URL(world.config.clickhouseUrl);
  url.host = wire.host;
  const direct = openAnalytics(world.config.clickhouseUrl);
  const before = await paidOrders(direct);
  const stream = startStream(partsOf(openAnalytics(url.href)));
  await sell();
  await until(async () => (await paidOrders(direct)) === before + 1);
  wire.cut();
  for (let index = 0; index < 5; index += 1) await sell();
  await until(async () => (await lag()).lagMs > 200);
  expect(await paidOrders(direct)).toBe(before + 1);
  wire.mend();
  await until(async () => (await paidOrders(direct)) === before + 6);
  await stream.stop();
  wire.close();
}, 60_000);

/** A TCP wire to ClickHouse that can be cut and mended. */
async function aCuttableWire(to: URL): Promise<{ host: string; cut: () => void; mend: () => void; close: () => void }> {
  const open = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((socket) => {
    if (isCut) return void socket.destroy();
    const other = connect(Number(to.port), to.hostname);
    for (const end of [socket, other]) {
      open.add(end);
      end.on('error', () => end.destroy());
      end.on('close', () => open.delete(end));
    }
    socket.pipe(other).pipe(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const drop = () => open.forEach((socket) => socket.destroy());
  return {
    host: `127.0.0.1:${address.port}`,
    cut: () => {
      isCut = true;
      drop();
    },
    mend: () => {
      isCut = false;
    },
    close: () => {
      drop();
      server.close();
    },
  };
}
