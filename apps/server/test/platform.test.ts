import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpoint } from '@tongshang/contract';
import { sql } from 'kysely';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { type Ctx, system } from '../src/platform/ctx.ts';
import { inTx, run } from '../src/platform/db.ts';
import { emit, emitMany, eventType, on, onMany, reactOnce, registerReactions } from '../src/platform/events.ts';
import { refuse } from '../src/platform/fail.ts';
import { enqueue, job, jobType } from '../src/platform/jobs.ts';
import { migrate } from '../src/platform/migrate.ts';
import { gatherReactions } from '../src/platform/react-together.ts';
import { handle, perform } from '../src/platform/route.ts';
import { drainQueue } from '../src/platform/worker.ts';
import { aStaff, useWorld } from './world.ts';

const world = useWorld();
const counted = eventType('test.counted', z.object({ number: z.int() }));
const write = (ctx: Ctx, text: string) => run(ctx.tx, sql`insert into test_note (text) values (${text})`);
const notes = async () =>
  (await world.db.pool.query<{ text: string }>('select text from test_note order by text')).rows.map((row) => row.text);
const logger = pino({ level: 'silent' });

async function emptyNotes(): Promise<void> {
  await world.db.pool.query('create table if not exists test_note (text text); truncate test_note');
}

test('a reaction takes effect once, however often its event is delivered, and in parallel', async () => {
  await emptyNotes();
  const reaction = on(counted, 'test.write-down', (ctx, { number }) => write(ctx, `saw ${number}`).then(() => undefined));
  await world.inTx((tx) => registerReactions(tx, [reaction]));
  await world.run((ctx) => emit(ctx, counted, { number: 7 }));
  const { rows } = await world.db.pool.query<{ id: string }>(`select id from platform.event where name = 'test.counted'`);

  await Promise.all(Array.from({ length: 12 }, () => world.run((ctx) => reactOnce(ctx, reaction, [rows[0]!.id]))));
  await drainQueue({ db: world.db, jobs: [], reactions: [reaction], schedules: [], clock: world.clock.now, logger });

  expect(await notes()).toEqual(['saw 7']);
});

test('a reaction that dies half-way leaves nothing behind and is done whole the next time', async () => {
  await emptyNotes();
  let isFirst = true;
  const reaction = on(counted, 'test.die-once', async (ctx, { number }) => {
    await write(ctx, `first half ${number}`);
    if (isFirst) {
      isFirst = false;
      throw new Error('killed half-way');
    }
    await write(ctx, `second half ${number}`);
  });
  await world.inTx((tx) => registerReactions(tx, [reaction]));
  await world.run((ctx) => emit(ctx, counted, { number: 1 }));
  const parts = { db: world.db, jobs: [], reactions: [reaction], schedules: [], clock: world.clock.now, logger };

  await drainQueue(parts);
  expect(await notes()).toEqual([]);
  await world.db.pool.query(`update graphile_worker._private_jobs set run_at = now() - interval '1 minute'`);
  await drainQueue(parts);
  expect(await notes()).toEqual(['first half 1', 'second half 1']);
});

test('jobs that bring events to one reaction are done together, and one event that cannot be takes no other job with it', async () => {
  await emptyNotes();
  const batches: number[] = [];
  const reaction = onMany(counted, 'test.together', async (ctx, told) => {
    batches.push(told.length);
    for (const { payload } of told) await write(ctx, `together ${payload.number}`);
    if (told.some(({ payload }) => payload.number === 3)) throw new Error('not three');
  });
  await world.inTx((tx) => registerReactions(tx, []));
  const numbers = Array.from({ length: 8 }, (_, index) => ({ number: index }));
  await world.run((ctx) => emitMany(ctx, counted, numbers));
  const { rows } = await world.db.pool.query<{ id: string }>(
    `select id from platform.event where name = 'test.counted' order by seq desc limit 8`,
  );
  const ids = rows.map(({ id }) => id).toReversed();
  const react = gatherReactions({ db: world.db, clock: world.clock.now, logger }, 20);

  await react(reaction, [ids[0]!]); // an event by itself waits for nothing
  const jobs = await Promise.allSettled([ids.slice(1, 3), ids.slice(3, 5), ids.slice(5)].map((own) => react(reaction, own)));

  expect(jobs.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(batches.slice(0, 2)).toEqual([1, 7]);
  expect(await notes()).toEqual([0, 1, 2, 4, 5, 6, 7].map((number) => `together ${number}`));
});

test('what is rolled back was never announced and queues nothing', async () => {
  const before = await world.db.pool.query('select count(*) from platform.event');
  await expect(
    world.run(async (ctx) => {
      await emitMany(ctx, counted, [{ number: 1 }, { number: 2 }]);
      refuse('order.wrong_state');
    }),
  ).rejects.toMatchObject({ code: 'order.wrong_state' });
  expect((await world.db.pool.query('select count(*) from platform.event')).rows).toEqual(before.rows);
});

test('jobs with one key fold into one', async () => {
  await emptyNotes();
  const push = jobType('test/push', z.object({ sku: z.string() }));
  const pushJob = job(push, async ({ inTx: open }, { sku }) => void (await open((ctx) => write(ctx, sku))));
  for (const _ of [1, 2, 3, 4, 5]) await world.inTx((tx) => enqueue(tx, push, { sku: 'mug' }, { key: 'push:mug' }));
  await drainQueue({ db: world.db, jobs: [pushJob], reactions: [], schedules: [], clock: world.clock.now, logger });
  expect(await notes()).toEqual(['mug']);
});

const place = endpoint({
  method: 'POST',
  path: '/test/notes',
  summary: 'Writes a note',
  access: { permission: 'orders.place' },
  body: z.object({ text: z.string() }),
  reply: z.object({ id: z.uuid() }),
  errors: [],
  idempotent: true,
});
const route = handle(place, async (ctx, { body }) => {
  await write(ctx, body.text);
  return { id: randomUUID() };
});
const send = (text: string, idempotencyKey: string | undefined, actor = aStaff('operations')) =>
  perform({ db: world.db, clock: world.clock.now }, route, { actor, params: {}, query: {}, body: { text }, idempotencyKey });

test('the same request sent fifteen times at once is done once and answered alike', async () => {
  await emptyNotes();
  const key = randomUUID();
  const replies = await Promise.all(Array.from({ length: 15 }, () => send('once', key)));
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
  expect(await notes()).toEqual(['once']);
});

test('a key belongs to one request and one caller', async () => {
  await emptyNotes();
  const key = randomUUID();
  await send('mine', key);
  await expect(send('another', key)).rejects.toMatchObject({ code: 'request.key_reused' });
  await expect(send('no key', undefined)).rejects.toMatchObject({ code: 'request.key_missing' });
  await send('mine', key, aStaff('operations', { id: 'somebody else' }));
  expect(await notes()).toEqual(['mine', 'mine']);
});

test('a refusal that the contract does not name is a failing test', async () => {
  const leaky = handle(place, () => refuse('stock.insufficient'));
  const asked = { actor: aStaff('operations'), params: {}, query: {}, body: { text: '' }, idempotencyKey: randomUUID() };
  await expect(perform({ db: world.db, clock: world.clock.now }, leaky, asked)).rejects.toThrow('does not name');
});

test('a migration that was edited after it ran is refused', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'migrations-'));
  const file = join(dir, '209901010000_test_one.sql');
  await writeFile(file, 'create table test_one (id int);');
  expect(await migrate(world.db, dir)).toEqual(['209901010000_test_one.sql']);
  expect(await migrate(world.db, dir)).toEqual([]);
  await writeFile(file, 'create table test_two (id int);');
  await expect(migrate(world.db, dir)).rejects.toThrow('was edited after it was applied');
  await rm(dir, { recursive: true });
});

test('two processes that migrate at once apply each file once', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'migrations-'));
  await writeFile(join(dir, '209901010001_test_three.sql'), 'create table test_three (id int);');
  const applied = await Promise.all([migrate(world.db, dir), migrate(world.db, dir)]);
  expect(applied.flat()).toEqual(['209901010001_test_three.sql']);
  await rm(dir, { recursive: true });
});

test('a read cannot write: GET runs in a read-only transaction', async () => {
  await emptyNotes();
  const actor = system('test');
  await expect(inTx(world.db, { actor, now: world.clock.now(), isReadOnly: true }, (ctx) => write(ctx, 'no'))).rejects.toThrow(
    'read-only',
  );
});
