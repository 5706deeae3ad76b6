// Random sequences of every stock operation against a plain model: whatever is done, in whatever order, together or killed half-way,
// balances are what the model says and what their ledgers sum to.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useWorld } from '../../../../test/world.ts';
import { type Actor, system } from '../../../platform/ctx.ts';
import { closeDb, type Db, inTx, openDb, run } from '../../../platform/db.ts';
import { Refusal } from '../../../platform/fail.ts';
import { setChannelRule } from '../channel/set-channel-rule.ts';
import { moveCondition } from '../condition/move-condition.ts';
import { findDrift } from '../drift/find-drift.ts';
import { stockLevelsOf } from '../queries.ts';
import { aStock, lotsOf } from '../testing.ts';
import { anyOperation, operations } from './promise-operations.ts';
import { committed, type StockChild, startStockChild } from './stock-child.ts';
import { locations, lotCodes, lotDays, type Model, type Place, place } from './stock-model.ts';
import type { Plan, Real, Step } from './stock-operations.ts';
import type { Call } from './stock-use-cases.ts';

const world = useWorld();
const runs = Number(process.env['MODEL_RUNS'] ?? 8);

async function aModel(): Promise<{ model: Model; real: Real }> {
  const skus = ['a', 'b', 'c'].map((letter) => `${letter}-${randomUUID()}`);
  await world.run(async (ctx) => {
    for (const location of locations) {
      for (const code of skus.slice(0, 2)) await aStock(ctx, code, 10, location);
      await lotsOf(ctx, skus[2]!, lotCodes.map((code, index) => [code, lotDays[code], index + 2]), location); // prettier-ignore
    }
    const apart = { sku: skus[0]!, location: 'WH1', from: 'sellable', to: 'damaged', quantity: 2, reason: 'model' } as const;
    await moveCondition(ctx, apart);
    await setChannelRule(ctx, { channel: 'outlet', sku: null, minimumLifeDays: 10, buffer: null });
  });
  const fresh = (index: number): Place => ({
    onHand: index === 2 ? 9 : 10,
    promised: 0,
    damaged: 0,
    inspection: 0,
    lots: index === 2 ? lotCodes.map((code, at) => ({ code, onHand: at + 2, allocated: 0 })) : [],
    marks: [],
  });
  const places = skus.map((_, index) => locations.map(() => fresh(index)));
  const model: Model = { places, orders: [], transfers: [], receipts: [], recalled: new Map(), balance: 58 };
  place(model, 0, 0).damaged = 2;
  return { real: { skus }, model };
}

/** The books against the model: every figure, every ledger, and not a unit more or less in the house than came in. */
async function compare(model: Model, { skus }: Real): Promise<void> {
  const levels = await world.inTx((tx) => stockLevelsOf(tx, skus));
  const lots = await lotsNow(skus[2]!);
  const seen = skus.map((code) =>
    locations.map((location) => {
      const level = levels.find((row) => row.sku === code && row.location === location);
      const own = code === skus[2] ? lots.filter((lot) => lot.location === location) : [];
      const { onHand, promised, unavailable } = level!;
      return { onHand, promised, unavailable, lots: own.map((lot) => [lot.code, lot.onHand, lot.allocated, lot.summed]) };
    }),
  );
  expect(seen).toEqual(
    model.places.map((row) =>
      row.map(({ onHand, promised, damaged, inspection, lots: own }) => {
        const shelf = own.map((lot) => [lot.code, lot.onHand, lot.allocated, lot.onHand]);
        return { onHand, promised, unavailable: damaged + inspection, lots: shelf };
      }),
    ),
  );
  const places = levels.map(({ sku: code, location }) => ({ sku: code, location }));
  expect(await world.inTx((tx) => findDrift(tx, places))).toEqual([]);
  const marks = await world.db.pool.query<{ left: number }>(
    'select units - taken as left from inventory.earmark where sku = any($1) order by id',
    [skus],
  );
  const expected = model.places.flat().flatMap((one) => one.marks);
  expect(marks.rows.map(({ left }) => left)).toEqual(expected.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ left }) => left));
  const onWay = model.transfers.reduce((sum, { state, quantity }) => sum + (state === 'sent' ? quantity : 0), 0);
  expect(model.places.flat().reduce((sum, { onHand }) => sum + onHand, 0) + onWay).toBe(model.balance);
}

/** Units of each lot, set aside for orders, and as its movements and what orders hold of it sum up. */
const lotsNow = async (sku: string) =>
  (
    await world.db.pool.query<{ location: string; code: string; onHand: number; allocated: number; summed: number }>(
      `select l.location, l.code, l.on_hand as "onHand",
         case when l.allocated = coalesce((select sum(a.quantity) from inventory.allocation a
           where (a.sku, a.location, a.lot) = (l.sku, l.location, l.code)), 0) then l.allocated else -1 end as allocated,
         (select sum(m.quantity)::int from inventory.movement m where (m.sku, m.location, m.lot) = (l.sku, l.location, l.code)) as summed
       from inventory.lot l where l.sku = $1 order by l.location, l.expires_on`,
      [sku],
    )
  ).rows;

/** The last step is done, and its connection is ended before it commits: as if it had never begun. */
const killed = (step: Step, actor: Actor) =>
  inTx(world.db, { actor, now: world.clock.now() }, async (ctx) => {
    await step(ctx);
    const [own] = await run(ctx.tx, sql<{ pid: number }>`select pg_backend_pid() as pid`);
    await world.db.pool.query('select pg_terminate_backend($1)', [own?.pid]);
    await run(ctx.tx, sql`select 1`);
  });

/** Processes that are killed while they work: one is always ready, so that a kill costs no waiting. A few are enough a run. */
const kills = Number(process.env['MODEL_KILLS'] ?? Math.max(3, runs / 8));
let killsLeft = kills;
let next: Promise<StockChild> | undefined;
beforeAll(() => void (next = startStockChild(world)));
afterAll(async () => (await next)?.kill());

/** Another process does it, and is killed: before it commits, or anywhere on its way. Answers whether it was done all the same. */
async function killedElsewhere({ call, told }: Plan & { call: Call }, afterMs: number | undefined): Promise<boolean> {
  const child = await next!;
  next = killsLeft > 0 ? startStockChild(world) : undefined;
  const key = randomUUID();
  const outcome = child.ask(call, { key, isHeld: afterMs === undefined });
  await (afterMs === undefined ? outcome : Promise.race([outcome, sleep(afterMs)]));
  await child.kill();
  const done = await committed(world, key);
  if (afterMs === undefined) expect([await outcome, done]).toEqual(['held', undefined]);
  if (done !== undefined) told?.(done.result as never);
  return done !== undefined;
}

test('any sequence of operations, some killed before they commit, leaves what the model says; refused ones leave no trace', async () => {
  const done = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          what: anyOperation,
          isKilled: fc.nat({ max: 5 }).map((n) => n === 0),
          killMs: fc.option(fc.nat({ max: 12 }), { nil: undefined }),
        }),
        {
          minLength: 15,
          maxLength: 30,
        },
      ),
      async (sequence) => {
        const { model, real } = await aModel();
        for (const { what, isKilled, killMs } of sequence) {
          const plan = what.operation(model, real);
          if (plan === undefined) continue;
          const last = plan.steps.at(-1)!;
          if (isKilled && plan.steps.length === 1) {
            await expect(killed(last.step, last.actor ?? system('test')), `${what.name} killed`).rejects.toThrow();
            await compare(model, real);
          }
          if (isKilled && plan.call !== undefined && plan.apply !== undefined && killsLeft > 0) {
            killsLeft -= 1;
            if (await killedElsewhere({ ...plan, call: plan.call }, killMs)) {
              plan.apply(model);
              await compare(model, real);
              continue;
            }
            await compare(model, real);
          }
          const doing = async () => {
            for (const { step, actor } of plan.steps) await world.run(step, actor ?? system('test'));
          };
          if (plan.apply === undefined) await expect(doing(), `${what.name} refused`).rejects.toBeInstanceOf(Refusal);
          else {
            await doing();
            plan.apply(model);
            done.set(what.name, (done.get(what.name) ?? 0) + 1);
          }
          await compare(model, real);
        }
      },
    ),
    { numRuns: runs },
  );
  const undone = Object.keys(operations).filter((name) => !done.has(name));
  expect(undone.length, `never done: ${undone.join(', ')}`).toBeLessThanOrEqual(runs < 50 ? 13 : 0);
}, 120_000);

test('operations that run at once, lines in any order, some ended from outside: each is whole or has not been, and no ledger drifts', async () => {
  const killer = openDb(world.db.url, { connectionsMax: 4, name: 'killer' });
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyOperation, { minLength: 12, maxLength: 24 }),
      fc.array(fc.nat({ max: 40 }), { maxLength: 4 }),
      async (sequence, kills) => {
        const { model, real } = await aModel();
        for (const { operation } of sequence.slice(0, 6)) await attempt(operation(model, real), model);
        const plans = sequence.map(({ operation }) => operation(model, real));
        const killing = Promise.all(kills.map((ms) => killOne(killer, ms)));
        const outcomes = await Promise.allSettled(
          plans.map(async (plan) => {
            for (const { step, actor } of plan?.steps ?? []) await world.run(step, actor ?? system('test'));
          }),
        );
        await killing;
        for (const outcome of outcomes)
          if (outcome.status === 'rejected' && !(outcome.reason instanceof Refusal))
            expect(String(outcome.reason)).toMatch(/terminat|connection/i);
        const levels = await world.inTx((tx) => stockLevelsOf(tx, real.skus));
        const places = levels.map(({ sku: code, location }) => ({ sku: code, location }));
        expect(await world.inTx((tx) => findDrift(tx, places))).toEqual([]);
        expect(await unaccounted(real.skus)).toBe(0);
      },
    ),
    { numRuns: runs },
  );
  await closeDb(killer);
}, 120_000);

async function attempt(plan: Plan | undefined, model: Model): Promise<void> {
  if (plan?.apply === undefined) return;
  for (const { step, actor } of plan.steps) await world.run(step, actor ?? system('test'));
  plan.apply(model);
}

/** Ends one connection that is at work in this database, whichever it is. */
async function killOne(killer: Db, ms: number): Promise<void> {
  await sleep(ms);
  await killer.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'tongshang' and state <> 'idle' order by random() limit 1`,
  );
}

/** Units that transfers took out and neither brought in, nor lost, nor have on the way: none, whoever was killed. */
async function unaccounted(skus: readonly string[]): Promise<number> {
  const [row] = await world.inTx((tx) =>
    run(
      tx,
      sql<{ units: number }>`select (select coalesce(sum(quantity), 0) from inventory.movement
          where sku = any(${[...skus]}::text[]) and kind in ('transfer_out', 'transfer_in'))::int
        + (select coalesce(sum(l.sent), 0) from inventory.transfer t join inventory.transfer_line l on l.transfer_id = t.id
          where t.state = 'sent' and l.sku = any(${[...skus]}::text[]))::int as units`,
    ),
  );
  return row?.units ?? 0;
}
