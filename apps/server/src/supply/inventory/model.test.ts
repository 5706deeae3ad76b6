// Random sequences of every stock operation against a plain model: whatever is done, in whatever order, together or killed half-way,
// balances are what the model says and what their ledgers sum to.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { aStaff, useWorld } from '../../../test/world.ts';
import { type Ctx, system } from '../../platform/ctx.ts';
import { closeDb, type Db, inTx, openDb, run } from '../../platform/db.ts';
import { Refusal } from '../../platform/fail.ts';
import { adjustStock } from './adjust-stock.ts';
import { moveCondition } from './condition/move-condition.ts';
import { rejectCorrection } from './correction/decide-correction.ts';
import { cancelCount } from './count/cancel-count.ts';
import { openCount } from './count/open-count.ts';
import { getCount } from './count/queries.ts';
import { submitCount } from './count/submit-count.ts';
import { findDrift } from './drift/find-drift.ts';
import { promiseStock } from './promise-stock.ts';
import { stockLevelsOf } from './queries.ts';
import { receiveStock } from './receive-stock.ts';
import { releasePromise } from './release-promise.ts';
import { returnStock } from './return-stock.ts';
import { shipPromised } from './ship-promised.ts';
import { aStock } from './testing.ts';
import { cancelTransfer } from './transfer/cancel-transfer.ts';
import { receiveTransfer } from './transfer/receive-transfer.ts';
import { requestTransfer } from './transfer/request-transfer.ts';
import { sendTransfer } from './transfer/send-transfer.ts';
import { bookLandedCost } from './valuation/book-landed-cost.ts';

const world = useWorld();
const first = aStaff('warehouse', { id: 'first', name: 'First' });
const second = aStaff('warehouse', { id: 'second', name: 'Second' });
const boss = aStaff('operations', { id: 'boss', name: 'Boss' });
const locations = ['WH1', 'S01'] as const;
const runs = Number(process.env['MODEL_RUNS'] ?? 12);

interface Place {
  onHand: number;
  promised: number;
  damaged: number;
  inspection: number;
}
interface Order {
  id: string;
  lines: { sku: number; at: number; quantity: number }[];
  state: 'held' | 'shipped' | 'released' | 'returned';
}
interface Transfer {
  id: string;
  sku: number;
  from: number;
  quantity: number;
  state: 'sent' | 'received' | 'cancelled';
}
interface Model {
  /** SKU × location. */
  places: Place[][];
  orders: Order[];
  transfers: Transfer[];
  receipts: string[];
  /** Units that came into the house less those that left it. */
  balance: number;
}
interface Real {
  skus: string[];
}
type Step = (ctx: Ctx) => Promise<unknown>;

/** What the model expects of an operation: the steps that do it, and how the model looks afterwards; nothing when it must be refused. */
interface Plan {
  steps: { actor?: typeof first; step: Step }[];
  apply: ((model: Model) => void) | undefined;
}
type Operation = (model: Model, real: Real) => Plan | undefined;

const free = ({ onHand, promised, damaged, inspection }: Place): number => onHand - promised - damaged - inspection;
const place = (model: Model, sku: number, at: number): Place => model.places[sku]![at]!;
const where = (real: Real, sku: number, at: number) => ({ sku: real.skus[sku]!, location: locations[at]! });
const one = (step: Step, apply: Plan['apply'], actor?: typeof first): Plan => ({
  steps: [{ step, ...(actor && { actor }) }],
  apply,
});
const pick = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % Math.max(1, items.length)];

const sku = fc.nat({ max: 1 });
const at = fc.nat({ max: 1 });
const units = fc.integer({ min: 1, max: 12 });
const any = fc.nat({ max: 50 });

const operations: Record<string, fc.Arbitrary<Operation>> = {
  receive: fc.record({ sku, at, units, cost: fc.integer({ min: 1, max: 999 }) }).map((given) => (_, real) => {
    const cause = `purchase:${randomUUID()}`;
    const { location, ...line } = where(real, given.sku, given.at);
    const lines = [{ ...line, quantity: given.units, unitCostFen: given.cost }];
    return one(
      (ctx) => receiveStock(ctx, { cause, location, lines }),
      (model) => {
        place(model, given.sku, given.at).onHand += given.units;
        model.receipts.push(cause);
        model.balance += given.units;
      },
    );
  }),
  adjust: fc.record({ sku, at, change: fc.integer({ min: -12, max: 6 }).filter((n) => n !== 0) }).map(
    (given) => (model, real) =>
      one(
        (ctx) => adjustStock(ctx, { ...where(real, given.sku, given.at), change: given.change, reason: 'lost' }),
        free(place(model, given.sku, given.at)) + given.change < 0
          ? undefined
          : (then) => {
              place(then, given.sku, given.at).onHand += given.change;
              then.balance += given.change;
            },
      ),
  ),
  setApart: fc
    .record({
      sku,
      at,
      units,
      from: fc.constantFrom('sellable', 'damaged', 'inspection'),
      to: fc.constantFrom('sellable', 'damaged', 'inspection'),
    })
    .map(({ from, to, ...given }) => (model, real) => {
      if (from === to) return undefined;
      const here = place(model, given.sku, given.at);
      const there = from === 'sellable' ? free(here) : here[from];
      return one(
        (ctx) => moveCondition(ctx, { ...where(real, given.sku, given.at), from, to, quantity: given.units, reason: 'model' }),
        there < given.units
          ? undefined
          : (then) => {
              if (from !== 'sellable') place(then, given.sku, given.at)[from] -= given.units;
              if (to !== 'sellable') place(then, given.sku, given.at)[to] += given.units;
            },
      );
    }),
  scrap: fc.record({ sku, at, units, isAll: fc.boolean() }).map((given) => (model, real) => {
    const { damaged } = place(model, given.sku, given.at);
    const gone = given.isAll && damaged > 0 ? damaged : given.units;
    return one(
      (ctx) => adjustStock(ctx, { ...where(real, given.sku, given.at), change: -gone, reason: 'damage', condition: 'damaged' }),
      damaged < gone
        ? undefined
        : (then) => {
            place(then, given.sku, given.at).damaged -= gone;
            place(then, given.sku, given.at).onHand -= gone;
            then.balance -= gone;
          },
    );
  }),
  promise: fc
    .array(fc.record({ sku, at, quantity: fc.integer({ min: 1, max: 6 }) }), { minLength: 1, maxLength: 3 })
    .map((lines) => (model, real) => {
      const id = randomUUID();
      const wanted = lines.map(({ quantity, ...line }, index) => ({
        ...where(real, line.sku, line.at),
        lineNo: index + 1,
        quantity,
      }));
      const fits = model.places.every((row, s) =>
        row.every(
          (here, l) => free(here) >= lines.reduce((sum, line) => sum + (line.sku === s && line.at === l ? line.quantity : 0), 0),
        ),
      );
      return one(
        (ctx) => promiseStock(ctx, { orderId: id, channel: 'shop', lines: wanted }),
        fits
          ? (then) => {
              for (const line of lines) place(then, line.sku, line.at).promised += line.quantity;
              then.orders.push({ id, lines, state: 'held' });
            }
          : undefined,
      );
    }),
  release: any.map((index) => (model) => {
    const order = pick(model.orders, index);
    if (order === undefined) return undefined;
    return one(
      (ctx) => releasePromise(ctx, { orderId: order.id }),
      () => {
        if (order.state !== 'held') return; // the second time nothing happens
        for (const line of order.lines) place(model, line.sku, line.at).promised -= line.quantity;
        order.state = 'released';
      },
    );
  }),
  ship: any.map((index) => (model) => {
    const order = pick(model.orders, index);
    if (order === undefined) return undefined;
    return one(
      (ctx) => shipPromised(ctx, { orderId: order.id, cause: `order:${order.id}` }),
      () => {
        if (order.state !== 'held') return;
        for (const line of order.lines) {
          place(model, line.sku, line.at).promised -= line.quantity;
          place(model, line.sku, line.at).onHand -= line.quantity;
          model.balance -= line.quantity;
        }
        order.state = 'shipped';
      },
    );
  }),
  takeBack: fc.record({ index: any, at }).map(({ index, at: to }) => (model, real) => {
    const order = pick(
      model.orders.filter(({ state }) => state === 'shipped'),
      index,
    );
    if (order === undefined) return undefined;
    const lines = order.lines.map(({ sku: s, quantity }, position) => ({
      lineNo: position + 1,
      sku: real.skus[s]!,
      quantity,
      unitCostFen: 77,
      isSellable: true,
    }));
    return one(
      (ctx) => returnStock(ctx, { orderId: order.id, cause: `return:${order.id}`, location: locations[to]!, lines }),
      () => {
        for (const line of order.lines) {
          place(model, line.sku, to).onHand += line.quantity;
          model.balance += line.quantity;
        }
        order.state = 'returned';
      },
    );
  }),
  sendAway: fc.record({ sku, at, units }).map((given) => (model, real) => {
    const [from, to] = [where(real, given.sku, given.at), where(real, given.sku, 1 - given.at)];
    let id = '';
    const lines = [{ sku: from.sku, quantity: given.units }];
    return one(
      async (ctx) => {
        ({ id } = await requestTransfer(ctx, { from: from.location, to: to.location, expectedOn: '2026-12-01', lines }));
        await sendTransfer(ctx, { id });
      },
      free(place(model, given.sku, given.at)) < given.units
        ? undefined
        : (then) => {
            place(then, given.sku, given.at).onHand -= given.units;
            then.transfers.push({ id, sku: given.sku, from: given.at, quantity: given.units, state: 'sent' });
          },
    );
  }),
  arrive: fc
    .record({ index: any, lost: fc.nat({ max: 3 }), damaged: fc.nat({ max: 3 }) })
    .map(({ index, ...given }) => (model) => {
      const transfer = pick(model.transfers, index);
      if (transfer === undefined) return undefined;
      const lost = Math.min(given.lost, transfer.quantity);
      const damaged = Math.min(given.damaged, transfer.quantity - lost);
      const line = { lineNo: 1, received: transfer.quantity - lost - damaged, damaged, reason: 'model' };
      return one(
        (ctx) => receiveTransfer(ctx, { id: transfer.id, lines: [line] }),
        transfer.state === 'sent'
          ? () => {
              place(model, transfer.sku, 1 - transfer.from).onHand += transfer.quantity - lost;
              place(model, transfer.sku, 1 - transfer.from).damaged += damaged;
              model.balance -= lost;
              transfer.state = 'received';
            }
          : undefined,
      );
    }),
  callBack: any.map((index) => (model) => {
    const transfer = pick(model.transfers, index);
    if (transfer === undefined) return undefined;
    return one(
      (ctx) => cancelTransfer(ctx, { id: transfer.id, reason: 'model' }),
      transfer.state === 'sent'
        ? () => {
            place(model, transfer.sku, transfer.from).onHand += transfer.quantity;
            transfer.state = 'cancelled';
          }
        : undefined,
    );
  }),
  count: fc.record({ sku, at, change: fc.integer({ min: -6, max: 6 }) }).map((given) => (model, real) => {
    const { sku: code, location } = where(real, given.sku, given.at);
    const counted = Math.max(0, place(model, given.sku, given.at).onHand + given.change);
    const change = counted - place(model, given.sku, given.at).onHand;
    let id = '';
    const hand = (actor: typeof first) => ({
      actor,
      step: (ctx: Ctx) => submitCount(ctx, { id, lines: [{ lineNo: 1, quantity: counted }] }),
    });
    const isFree = free(place(model, given.sku, given.at)) + change >= 0;
    return {
      steps: [
        { actor: first, step: async (ctx) => ({ id } = await openCount(ctx, { location, items: [{ sku: code }] })) },
        hand(first),
        ...(change === 0 ? [] : [hand(second)]),
        ...(isFree || change === 0 ? [] : [{ actor: boss, step: (ctx: Ctx) => giveUp(ctx, id) }]),
      ],
      apply: (then) => {
        if (!isFree) return;
        place(then, given.sku, given.at).onHand += change;
        then.balance += change;
      },
    };
  }),
  laterCost: fc.record({ index: any, amountFen: fc.integer({ min: 1, max: 5000 }) }).map(({ index, amountFen }) => (model) => {
    const cause = pick(model.receipts, index);
    if (cause === undefined) return undefined;
    return one(
      (ctx) => bookLandedCost(ctx, { cause, kind: 'freight', amountFen, basis: 'value' }),
      () => undefined,
    );
  }),
};

/** A count that found fewer than are promised waits; it is turned down and called off, so that the SKU can be counted again. */
async function giveUp(ctx: Ctx, id: string): Promise<void> {
  const { correctionId } = await getCount(ctx, id);
  await rejectCorrection(ctx, { id: correctionId ?? '', note: 'model' });
  await cancelCount(ctx, { id, reason: 'model' });
}

const anyOperation = fc.oneof(
  ...Object.entries(operations).map(([name, arbitrary]) =>
    arbitrary.map((operation) => ({ name, operation, toString: () => name })),
  ),
);

async function aModel(): Promise<{ model: Model; real: Real }> {
  const skus = [`a-${randomUUID()}`, `b-${randomUUID()}`];
  await world.run(async (ctx) => {
    for (const code of skus) for (const location of locations) await aStock(ctx, code, 10, location);
    const apart = { sku: skus[0]!, location: 'WH1', from: 'sellable', to: 'damaged', quantity: 2, reason: 'model' } as const;
    await moveCondition(ctx, apart);
  });
  const fresh = (): Place => ({ onHand: 10, promised: 0, damaged: 0, inspection: 0 });
  const model: Model = { places: skus.map(() => locations.map(fresh)), orders: [], transfers: [], receipts: [], balance: 40 };
  place(model, 0, 0).damaged = 2;
  return { real: { skus }, model };
}

/** The books against the model: every figure, every ledger, and not a unit more or less in the house than came in. */
async function compare(model: Model, { skus }: Real): Promise<void> {
  const levels = await world.inTx((tx) => stockLevelsOf(tx, skus));
  const seen = skus.map((code) =>
    locations.map((location) => {
      const level = levels.find((row) => row.sku === code && row.location === location);
      return { onHand: level?.onHand, promised: level?.promised, unavailable: level?.unavailable };
    }),
  );
  expect(seen).toEqual(
    model.places.map((row) =>
      row.map(({ onHand, promised, damaged, inspection }) => ({ onHand, promised, unavailable: damaged + inspection })),
    ),
  );
  const places = levels.map(({ sku: code, location }) => ({ sku: code, location }));
  expect(await world.inTx((tx) => findDrift(tx, places))).toEqual([]);
  const onWay = model.transfers.reduce((sum, { state, quantity }) => sum + (state === 'sent' ? quantity : 0), 0);
  expect(model.places.flat().reduce((sum, { onHand }) => sum + onHand, 0) + onWay).toBe(model.balance);
}

/** The last step is done, and its connection is ended before it commits: as if it had never begun. */
const killed = (step: Step, actor: typeof first | ReturnType<typeof system>) =>
  inTx(world.db, { actor, now: world.clock.now() }, async (ctx) => {
    await step(ctx);
    const [own] = await run(ctx.tx, sql<{ pid: number }>`select pg_backend_pid() as pid`);
    await world.db.pool.query('select pg_terminate_backend($1)', [own?.pid]);
    await run(ctx.tx, sql`select 1`);
  });

test('any sequence of operations, some killed before they commit, leaves what the model says; refused ones leave no trace', async () => {
  const done = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ what: anyOperation, isKilled: fc.nat({ max: 5 }).map((n) => n === 0) }), {
        minLength: 10,
        maxLength: 30,
      }),
      async (sequence) => {
        const { model, real } = await aModel();
        for (const { what, isKilled } of sequence) {
          const plan = what.operation(model, real);
          if (plan === undefined) continue;
          const last = plan.steps.at(-1)!;
          if (isKilled && plan.steps.length === 1) {
            await expect(killed(last.step, last.actor ?? system('test')), `${what.name} killed`).rejects.toThrow();
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
  expect(undone.length, `never done: ${undone.join(', ')}`).toBeLessThanOrEqual(runs < 50 ? 3 : 0);
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
