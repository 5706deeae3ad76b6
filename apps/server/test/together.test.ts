import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { endpoint } from '@tongshang/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { closeDb, type Db, openDb, run } from '../src/platform/db.ts';
import { Refusal } from '../src/platform/fail.ts';
import { type DecideTogether, openTogether, type Together } from '../src/platform/together.ts';
import { aShopper, useWorld } from './world.ts';

const world = useWorld();
const buy = endpoint({
  method: 'POST',
  path: '/test/marks',
  summary: 'Mark',
  access: 'shopper',
  body: z.object({ mark: z.string() }),
  reply: z.object({ mark: z.string(), number: z.int() }),
  errors: ['stock.insufficient'],
  idempotent: true,
});

let batches: number[] = [];
let second: Db;
/** Writes a mark for each request; `full` is refused, `bug` throws after it has written. */
const decide: DecideTogether<{ mark: string }, { mark: string; number: number }> = async (ctx, asked) => {
  batches.push(asked.length);
  const outcomes = [];
  for (const { input } of asked) {
    if (input.mark === 'full') {
      outcomes.push({ refusal: new Refusal('stock.insufficient', {}) });
      continue;
    }
    const [row] = await run(
      ctx.tx,
      sql<{ number: number }>`insert into public.mark (mark) values (${input.mark}) returning number`,
    );
    if (input.mark === 'bug') throw new Error('a bug');
    outcomes.push({ reply: { mark: input.mark, number: row?.number ?? 0 } });
  }
  return outcomes;
};
const queueOn = (db: Db): Together =>
  openTogether({ db, clock: world.clock.now }, buy, decide as unknown as DecideTogether<unknown, unknown>);
const buyer = aShopper();
const submit = (queue: Together, mark: string, key: string = randomUUID()) =>
  queue.submit({ actor: buyer, input: { mark } }, key);
const marks = async (): Promise<string[]> =>
  (await world.db.pool.query<{ mark: string }>('select mark from public.mark order by number')).rows.map((row) => row.mark);

beforeAll(async () => {
  await world.db.pool.query('create table public.mark (number int generated always as identity primary key, mark text not null)');
  second = openDb(world.db.url, { connectionsMax: 4 });
});
afterAll(() => closeDb(second));

test('requests that wait together are decided in one transaction, each answered with its own reply', async () => {
  batches = [];
  const queue = queueOn(world.db);
  const names = Array.from({ length: 40 }, (_, index) => `m${index}`);
  const replies = (await Promise.all(names.map((name) => submit(queue, name)))) as { mark: string }[];
  expect(replies.map(({ mark }) => mark)).toEqual(names);
  expect(batches.length).toBeLessThan(5);
  expect(await marks()).toEqual(names); // in the order in which they came
});

test('one that cannot be decided, or is refused, takes none of the others with it and leaves nothing', async () => {
  await world.db.pool.query('truncate public.mark');
  const queue = queueOn(world.db);
  const answers = await Promise.allSettled(['a', 'bug', 'full', 'b', 'c'].map((mark) => submit(queue, mark)));
  expect(answers.map((answer) => (answer.status === 'fulfilled' ? 'done' : (answer.reason as Error).message))).toEqual([
    'done',
    'a bug',
    'stock.insufficient {}',
    'done',
    'done',
  ]);
  expect((await marks()).toSorted()).toEqual(['a', 'b', 'c']);
});

test('the same key is decided once: twice at a time, again later, and from two processes at once', async () => {
  await world.db.pool.query('truncate public.mark');
  const [one, other] = [queueOn(world.db), queueOn(second)];
  for (let round = 0; round < 10; round += 1) {
    const key = `key-${round}-${randomUUID()}`;
    const replies = await Promise.all([one, one, other, other].map((queue) => submit(queue, `r${round}`, key)));
    replies.push(await submit(other, `r${round}`, key));
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
  }
  expect(await marks()).toEqual(Array.from({ length: 10 }, (_, round) => `r${round}`));
});

test('a key stands for one request only, and a refused one may be asked again', async () => {
  const queue = queueOn(world.db);
  const key = randomUUID();
  await submit(queue, 'first', key);
  await expect(submit(queue, 'second', key)).rejects.toMatchObject({ code: 'request.key_reused' });
  const again = randomUUID();
  await expect(submit(queue, 'full', again)).rejects.toMatchObject({ code: 'stock.insufficient' });
  await expect(submit(queue, 'full', again)).rejects.toMatchObject({ code: 'stock.insufficient' });
  expect(() => queue.submit({ actor: buyer, input: { mark: 'x' } }, undefined)).toThrow('request.key_missing');
});

test('a queue that is full says so at once, and answers everybody who is in it', async () => {
  await world.db.pool.query('truncate public.mark');
  const queue = queueOn(world.db);
  const inside = Array.from({ length: 4000 }, (_, index) => submit(queue, `q${index}`, `full-queue-${index}`));
  expect(() => submit(queue, 'one more')).toThrow('server.busy');
  await Promise.all(inside);
  expect(await marks()).toHaveLength(4000);
  await expect(submit(queue, 'afterwards')).resolves.toMatchObject({ mark: 'afterwards' });
});

test('operations take turns, and one that waits for somebody’s lock does not hold the others up', async () => {
  await world.db.pool.query('truncate public.mark');
  await world.db.pool.query(`insert into public.mark (mark) values ('locked')`);
  let [inFlight, most] = [0, 0];
  const counting = (work: (ctx: { tx: Parameters<typeof run>[0] }) => Promise<unknown>) =>
    openTogether({ db: second, clock: world.clock.now }, buy, async (ctx, asked) => {
      most = Math.max(most, (inFlight += 1));
      await work(ctx);
      inFlight -= 1;
      return asked.map(() => ({ reply: {} }));
    });
  const quick = counting((ctx) => run(ctx.tx, sql`select pg_sleep(0.01)`));
  const locking = counting((ctx) => run(ctx.tx, sql`select from public.mark where mark = 'locked' for update`));
  const coming = Array.from({ length: 30 }, async (_, index) => {
    await sleep(index * 3);
    await submit(index % 2 === 0 ? quick : locking, `t${index}`);
  });
  await Promise.all(coming);
  expect(most).toBe(1);

  const holder = await world.db.pool.connect();
  await holder.query('begin');
  await holder.query(`select from public.mark where mark = 'locked' for update`);
  const stuck = submit(locking, 'stuck');
  await expect.poll(() => inFlight).toBe(1);
  await submit(quick, 'passes by');
  expect(inFlight).toBe(1);
  await holder.query('commit');
  holder.release();
  await stuck;
});

test('statements that go out together are one transaction: when one of them fails, none stays', async () => {
  await world.db.pool.query('truncate public.mark');
  const mark = (ctx: { tx: Parameters<typeof run>[0] }, name: string | null) =>
    run(ctx.tx, sql`insert into public.mark (mark) values (${name})`);
  const failing = world.run((ctx) => Promise.all([mark(ctx, 'before'), mark(ctx, null), mark(ctx, 'after')]));
  await expect(failing).rejects.toMatchObject({ code: '23502' });
  const unheard = world.run(async (ctx) => void (await mark(ctx, null).catch(() => undefined)));
  await expect(unheard, 'a failure that nobody passed on is no commit').rejects.toThrow('nobody said so');
  await world.run((ctx) => Promise.all([mark(ctx, 'a'), mark(ctx, 'b')]));
  expect(await marks()).toEqual(['a', 'b']);
});
