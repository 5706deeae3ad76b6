// Every operation that promises stock or limits who may have it, with what the plain model expects of it.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import {
  addLots,
  allocate,
  available,
  channels,
  fits,
  giveBack,
  type Line,
  locations,
  lotCodes,
  type Model,
  type Order,
  place,
  ship,
  sum,
  take,
} from './stock-model.ts';
import { any, at, goods, one, type Operation, pick, type Real, where } from './stock-operations.ts';

const linesOf = fc.array(fc.record({ sku: fc.nat({ max: 2 }), at, quantity: fc.integer({ min: 1, max: 6 }) }), {
  minLength: 1,
  maxLength: 3,
});
const copy = (lines: readonly Line[]): Line[] => lines.map((line) => ({ sku: line.sku, at: line.at, quantity: line.quantity }));
const wanted = (real: Real, lines: readonly Line[]) =>
  lines.map(({ quantity, ...line }, index) => ({ ...where(real, line.sku, line.at), lineNo: index + 1, quantity }));

function book(model: Model, order: Order): void {
  for (const line of order.lines) take(model, line, order.channel);
  model.orders.push(order);
}

const promises: Record<string, fc.Arbitrary<Operation>> = {
  promise: fc.record({ lines: linesOf, channel: fc.constantFrom(...channels) }).map(({ lines, channel }) => (model, real) => {
    const order: Order = { id: randomUUID(), channel, lines: copy(lines), state: 'held' };
    return one(
      { name: 'promiseStock', input: { orderId: order.id, channel, lines: wanted(real, lines) } },
      fits(model, lines, channel) ? (then) => book(then, order) : undefined,
    );
  }),
  /** A cart's hold becomes an order, of the same lines. */
  takeOver: any.map((index) => (model, real) => {
    const holds = model.orders.filter(({ state, lines }) => state === 'held' && lines.every((line) => sum(line.allocated) === 0));
    const hold = pick(holds, index);
    if (hold === undefined) return undefined;
    const { channel } = hold;
    const order: Order = { id: randomUUID(), channel, lines: copy(hold.lines), state: 'held' };
    const without = structuredClone(model);
    for (const line of without.orders.find(({ id }) => id === hold.id)!.lines) giveBack(without, line);
    return one(
      { name: 'promiseStock', input: { orderId: order.id, channel, insteadOf: hold.id, lines: wanted(real, order.lines) } },
      fits(without, order.lines, channel)
        ? (then) => {
            for (const line of hold.lines) giveBack(then, line);
            hold.state = 'released';
            book(then, order);
          }
        : undefined,
    );
  }),
  moveAway: fc.record({ index: any, line: any }).map((given) => (model, real) => {
    const order = pick(model.orders, given.index);
    const line = pick(order?.lines ?? [], given.line);
    if (order === undefined || line === undefined) return undefined;
    const { sku, location: from } = where(real, line.sku, line.at);
    const move = { lineNo: order.lines.indexOf(line) + 1, sku, from, to: locations[1 - line.at]!, quantity: line.quantity };
    const isRoom = available(model, place(model, line.sku, 1 - line.at), order.channel) >= line.quantity;
    return one(
      { name: 'movePromise', input: { orderId: order.id, moves: [move] } },
      order.state === 'held' && isRoom
        ? (then) => {
            giveBack(then, line);
            line.at = 1 - line.at;
            take(then, line, order.channel);
          }
        : undefined,
    );
  }),
  setAside: any.map((index) => (model) => {
    const order = pick(model.orders, index);
    if (order === undefined) return undefined;
    return one({ name: 'allocateLots', input: [order.id] }, (then) => {
      if (order.state === 'held') allocate(then, order); // the second time nothing happens
    });
  }),
  release: any.map((index) => (model) => {
    const order = pick(model.orders, index);
    if (order === undefined) return undefined;
    return one({ name: 'releasePromise', input: { orderId: order.id } }, () => {
      if (order.state !== 'held') return;
      for (const line of order.lines) giveBack(model, line);
      order.state = 'released';
    });
  }),
  ship: any.map((index) => (model) => {
    const order = pick(model.orders, index);
    if (order === undefined) return undefined;
    const trial = structuredClone(model);
    const isCovered =
      order.state !== 'held' ||
      ship(
        trial,
        trial.orders.find(({ id }) => id === order.id)!,
      );
    return one(
      { name: 'shipPromised', input: { orderId: order.id, cause: `order:${order.id}` } },
      isCovered ? (then) => void (order.state === 'held' && ship(then, order)) : undefined,
    );
  }),
  takeBack: fc.record({ index: any, at }).map(({ index, at: to }) => (model, real) => {
    const shipped = model.orders.filter(({ state }) => state === 'shipped');
    const order = pick(shipped, index);
    if (order === undefined) return undefined;
    const lines = order.lines.map(({ sku, quantity }, position) => ({
      lineNo: position + 1,
      sku: real.skus[sku]!,
      quantity,
      unitCostFen: 77,
      isSellable: true,
    }));
    return one(
      { name: 'returnStock', input: { orderId: order.id, cause: `return:${order.id}`, location: locations[to]!, lines } },
      () => {
        for (const line of order.lines) {
          place(model, line.sku, to).onHand += line.quantity;
          addLots(place(model, line.sku, to), line.sent ?? {});
          model.balance += line.quantity;
        }
        order.state = 'returned';
      },
    );
  }),
  keepFor: fc
    .record({ sku: fc.nat({ max: 2 }), at, units: fc.integer({ min: 1, max: 6 }), kind: fc.constantFrom('earmark', 'quota') })
    .map(({ kind, units, ...given }) => (model, real) => {
      const here = place(model, given.sku, given.at);
      let id = '';
      const endsAt = new Date(Date.UTC(2026, 11, 1) + here.marks.length * 60_000).toISOString();
      const input = { kind, ...where(real, given.sku, given.at), channel: 'live', campaign: '', units, endsAt } as const;
      return one(
        { name: 'openEarmark', input },
        kind === 'earmark' && available(model, here) < units
          ? undefined
          : () => void here.marks.push({ id, kind, channel: 'live', left: units, isOpen: true }),
        (opened: { id: string }) => void (id = opened.id),
      );
    }),
  keepNoMore: fc.record({ sku: fc.nat({ max: 2 }), at, index: any }).map(({ sku, at: here, index }) => (model) => {
    const mark = pick(place(model, sku, here).marks, index);
    if (mark === undefined) return undefined;
    return one({ name: 'endEarmark', input: mark.id }, mark.isOpen ? () => void (mark.isOpen = false) : undefined);
  }),
  recall: fc.record({ code: fc.constantFrom(...lotCodes.slice(1)) }).map(({ code }) => (model, real) => {
    const id = model.recalled.get(code);
    if (id !== undefined)
      return one({ name: 'endRecall', input: { id, to: 'lifted', reason: 'model' } }, (then) => void then.recalled.delete(code));
    let recallId = '';
    return one(
      { name: 'blockLot', input: { sku: real.skus[2]!, lot: code, reason: 'model' } },
      (then) => void then.recalled.set(code, recallId),
      (started: { id: string }) => void (recallId = started.id),
    );
  }),
};

export const operations = { ...goods, ...promises };
export const anyOperation = fc.oneof(
  ...Object.entries(operations).map(([name, arbitrary]) =>
    arbitrary.map((operation) => ({ name, operation, toString: () => name })),
  ),
);
