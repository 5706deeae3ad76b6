// Every operation that moves stock, with what the plain model expects of it.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { aStaff } from '../../../../test/world.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { rejectCorrection } from '../correction/decide-correction.ts';
import { cancelCount } from '../count/cancel-count.ts';
import { openCount } from '../count/open-count.ts';
import { getCount } from '../count/queries.ts';
import { submitCount } from '../count/submit-count.ts';
import { addLots, free, locations, lotCodes, lotDays, type Model, movable, place, takeLots } from './stock-model.ts';
import { type Call, perform } from './stock-use-cases.ts';

const first = aStaff('warehouse', { id: 'first', name: 'First' });
const second = aStaff('warehouse', { id: 'second', name: 'Second' });
const boss = aStaff('operations', { id: 'boss', name: 'Boss' });

export interface Real {
  skus: string[];
}
export type Step = (ctx: Ctx) => Promise<unknown>;

/** What the model expects of an operation: the steps that do it, and how the model looks afterwards; nothing when it must be refused. */
export interface Plan {
  steps: { actor?: typeof first; step: Step }[];
  apply: ((model: Model) => void) | undefined;
  /** An operation of one step as data, which another process can do; `told` hears what it answered. */
  call?: Call;
  told?: ((answer: never) => void) | undefined;
}
export type Operation = (model: Model, real: Real) => Plan | undefined;

export const where = (real: Real, sku: number, at: number) => ({ sku: real.skus[sku]!, location: locations[at]! });
export const one = (call: Call, apply: Plan['apply'], told?: Plan['told']): Plan => ({
  steps: [
    {
      step: async (ctx) => {
        const answer = await perform(ctx, call);
        told?.(answer as never);
      },
    },
  ],
  apply,
  call,
  told,
});
export const pick = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % Math.max(1, items.length)];

const sku = fc.nat({ max: 1 });
export const at = fc.nat({ max: 1 });
const units = fc.integer({ min: 1, max: 12 });
export const any = fc.nat({ max: 50 });

export const goods: Record<string, fc.Arbitrary<Operation>> = {
  receive: fc.record({ sku, at, units, cost: fc.integer({ min: 1, max: 999 }) }).map((given) => (_, real) => {
    const cause = `purchase:${randomUUID()}`;
    const { location, ...line } = where(real, given.sku, given.at);
    const lines = [{ ...line, quantity: given.units, unitCostFen: given.cost }];
    return one({ name: 'receiveStock', input: { cause, location, lines } }, (model) => {
      place(model, given.sku, given.at).onHand += given.units;
      model.receipts.push(cause);
      model.balance += given.units;
    });
  }),
  receiveLot: fc.record({ at, units, code: fc.constantFrom(...lotCodes) }).map((given) => (_, real) => {
    const { location, sku: code } = where(real, 2, given.at);
    const line = { sku: code, quantity: given.units, unitCostFen: 500, lot: given.code, expiresOn: lotDays[given.code] };
    return one({ name: 'receiveStock', input: { cause: 'model', location, lines: [line] } }, (model) => {
      place(model, 2, given.at).onHand += given.units;
      addLots(place(model, 2, given.at), { [given.code]: given.units });
      model.balance += given.units;
    });
  }),
  adjust: fc.record({ sku, at, change: fc.integer({ min: -12, max: 6 }).filter((n) => n !== 0) }).map(
    (given) => (model, real) =>
      one(
        { name: 'adjustStock', input: { ...where(real, given.sku, given.at), change: given.change, reason: 'lost' } },
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
        {
          name: 'moveCondition',
          input: { ...where(real, given.sku, given.at), from, to, quantity: given.units, reason: 'model' },
        },
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
      {
        name: 'adjustStock',
        input: { ...where(real, given.sku, given.at), change: -gone, reason: 'damage', condition: 'damaged' },
      },
      damaged < gone
        ? undefined
        : (then) => {
            place(then, given.sku, given.at).damaged -= gone;
            place(then, given.sku, given.at).onHand -= gone;
            then.balance -= gone;
          },
    );
  }),
  sendAway: fc.record({ sku: fc.nat({ max: 2 }), at, units }).map((given) => (model, real) => {
    const [from, to] = [where(real, given.sku, given.at), where(real, given.sku, 1 - given.at)];
    let id = '';
    const lines = [{ sku: from.sku, quantity: given.units }];
    return one(
      { name: 'sendAway', input: { from: from.location, to: to.location, expectedOn: '2026-12-01', lines } },
      movable(model, place(model, given.sku, given.at)) < given.units
        ? undefined
        : (then) => {
            const here = place(then, given.sku, given.at);
            here.onHand -= given.units;
            const lots = takeLots(then, here, given.units);
            then.transfers.push({ id, sku: given.sku, from: given.at, quantity: given.units, lots, state: 'sent' });
          },
      (sent: { id: string }) => void (id = sent.id),
    );
  }),
  arrive: fc
    .record({ index: any, lost: fc.nat({ max: 3 }), damaged: fc.nat({ max: 3 }) })
    .map(({ index, ...given }) => (model) => {
      const transfer = pick(model.transfers, index);
      if (transfer === undefined) return undefined;
      const lost = transfer.sku === 2 ? 0 : Math.min(given.lost, transfer.quantity); // which lot is lost a person says
      const damaged = transfer.sku === 2 ? 0 : Math.min(given.damaged, transfer.quantity - lost);
      const line = { lineNo: 1, received: transfer.quantity - lost - damaged, damaged, reason: 'model' };
      return one(
        { name: 'receiveTransfer', input: { id: transfer.id, lines: [line] } },
        transfer.state === 'sent'
          ? () => {
              place(model, transfer.sku, 1 - transfer.from).onHand += transfer.quantity - lost;
              place(model, transfer.sku, 1 - transfer.from).damaged += damaged;
              addLots(place(model, transfer.sku, 1 - transfer.from), transfer.lots);
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
      { name: 'cancelTransfer', input: { id: transfer.id, reason: 'model' } },
      transfer.state === 'sent'
        ? () => {
            place(model, transfer.sku, transfer.from).onHand += transfer.quantity;
            addLots(place(model, transfer.sku, transfer.from), transfer.lots);
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
    return one({ name: 'bookLandedCost', input: { cause, kind: 'freight', amountFen, basis: 'value' } }, () => undefined);
  }),
};

/** A count that found fewer than are promised waits; it is turned down and called off, so that the SKU can be counted again. */
async function giveUp(ctx: Ctx, id: string): Promise<void> {
  const { correctionId } = await getCount(ctx, id);
  await rejectCorrection(ctx, { id: correctionId ?? '', note: 'model' });
  await cancelCount(ctx, { id, reason: 'model' });
}
