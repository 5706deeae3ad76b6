// Every stock operation with what a plain model of the stock expects of it.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { aStaff } from '../../../../test/world.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { adjustStock } from '../adjust-stock.ts';
import { moveCondition } from '../condition/move-condition.ts';
import { rejectCorrection } from '../correction/decide-correction.ts';
import { cancelCount } from '../count/cancel-count.ts';
import { openCount } from '../count/open-count.ts';
import { getCount } from '../count/queries.ts';
import { submitCount } from '../count/submit-count.ts';
import { promiseStock } from '../promise-stock.ts';
import { receiveStock } from '../receive-stock.ts';
import { releasePromise } from '../release-promise.ts';
import { returnStock } from '../return-stock.ts';
import { shipPromised } from '../ship-promised.ts';
import { cancelTransfer } from '../transfer/cancel-transfer.ts';
import { receiveTransfer } from '../transfer/receive-transfer.ts';
import { requestTransfer } from '../transfer/request-transfer.ts';
import { sendTransfer } from '../transfer/send-transfer.ts';
import { bookLandedCost } from '../valuation/book-landed-cost.ts';

const first = aStaff('warehouse', { id: 'first', name: 'First' });
const second = aStaff('warehouse', { id: 'second', name: 'Second' });
const boss = aStaff('operations', { id: 'boss', name: 'Boss' });
export const locations = ['WH1', 'S01'] as const;

export interface Place {
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
export interface Model {
  /** SKU × location. */
  places: Place[][];
  orders: Order[];
  transfers: Transfer[];
  receipts: string[];
  /** Units that came into the house less those that left it. */
  balance: number;
}
export interface Real {
  skus: string[];
}
export type Step = (ctx: Ctx) => Promise<unknown>;

/** What the model expects of an operation: the steps that do it, and how the model looks afterwards; nothing when it must be refused. */
export interface Plan {
  steps: { actor?: typeof first; step: Step }[];
  apply: ((model: Model) => void) | undefined;
}
type Operation = (model: Model, real: Real) => Plan | undefined;

const free = ({ onHand, promised, damaged, inspection }: Place): number => onHand - promised - damaged - inspection;
export const place = (model: Model, sku: number, at: number): Place => model.places[sku]![at]!;
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

export const operations: Record<string, fc.Arbitrary<Operation>> = {
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

export const anyOperation = fc.oneof(
  ...Object.entries(operations).map(([name, arbitrary]) =>
    arbitrary.map((operation) => ({ name, operation, toString: () => name })),
  ),
);
