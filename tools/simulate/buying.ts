// The buyer's morning, and what suppliers make of it.
import { inventory, purchasing } from '../../packages/contract/src/index.ts';
import { createRandom } from '../../apps/server/src/demo/random.ts';
import { addDays, daysBetween } from '../../apps/server/src/platform/time.ts';
import { type Goods, suppliers, trackingOf, warehouse } from './assortment.ts';
import type { Caller } from './call.ts';
import { forecast, type Policy, unitsToOrder } from './policy.ts';

/** What a supplier will bring: decided when it is asked, by the seed and the day, not by who asks. */
export interface Arrival {
  purchaseId: string;
  on: string;
  /** Later than agreed, less than asked for, or the rest of such. */
  isFaulty: boolean;
  lines: { lineNo: number; sku: string; quantity: number }[];
}

export interface Buyer {
  /** Looks over the shelves and asks suppliers; the arrivals are what they will make of it. */
  review: (day: string) => Promise<Arrival[]>;
  /** Takes in what came. */
  receive: (arrival: Arrival, day: string) => Promise<void>;
  /** Units sold of a SKU on the day that is running. */
  noteSold: (sku: string, units: number) => void;
  endDay: () => void;
}

export interface BuyerParts {
  seed: number;
  from: string;
  policy: Policy;
  goods: readonly Goods[];
  operations: Caller;
  warehouse: Caller;
}

const memoryDays = 14;

export function createBuyer({ seed, from, policy, goods, operations, warehouse: hands }: BuyerParts): Buyer {
  const bySku = new Map(goods.map((one) => [one.sku, one]));
  const past: Map<string, number>[] = [];
  const onOrder = new Map<string, number>();
  let today = new Map<string, number>();
  const leadTimeOf = (supplier: string) => suppliers.find(({ code }) => code === supplier)?.leadTimeDays ?? 7;

  const wantedOf = (one: Goods, available: number): number =>
    unitsToOrder(
      {
        available,
        onOrder: onOrder.get(one.sku) ?? 0,
        dailyUnits: forecast(one.expectedUnits, past.map((day) => day.get(one.sku) ?? 0)), // prettier-ignore
        leadTimeDays: leadTimeOf(one.supplier),
        packSize: one.packSize,
      },
      policy,
    );

  return {
    review: async (day) => {
      if (daysBetween(from, day) % policy.reviewDays !== 0) return [];
      const available = await readShelves(operations);
      const arrivals: Arrival[] = [];
      for (const { code: supplier } of suppliers) {
        const lines = goods
          .filter((one) => one.supplier === supplier)
          .map((one) => ({ sku: one.sku, quantity: wantedOf(one, available.get(one.sku) ?? 0) }))
          .filter(({ quantity }) => quantity > 0);
        for (let start = 0; start < lines.length; start += 200) {
          const body = { supplier, location: warehouse, lines: lines.slice(start, start + 200) };
          const asked = await operations.call(purchasing.requestPurchase, { body });
          for (const { sku, quantity } of asked.lines) onOrder.set(sku, (onOrder.get(sku) ?? 0) + quantity);
          arrivals.push(...arrivalsOf(asked, { seed, day, supplier }));
        }
      }
      return arrivals;
    },
    receive: async ({ purchaseId, lines }, day) => {
      const document = purchaseId.slice(-6);
      const tracked = lines.map(({ lineNo, sku, quantity }) => {
        const one = bySku.get(sku);
        return { lineNo, quantity, ...(one !== undefined && trackingOf(one, { day, quantity, document })) };
      });
      await hands.call(purchasing.receivePurchase, { params: { id: purchaseId }, body: { lines: tracked } });
      for (const { sku, quantity } of lines) onOrder.set(sku, (onOrder.get(sku) ?? 0) - quantity);
    },
    noteSold: (sku, units) => void today.set(sku, (today.get(sku) ?? 0) + units),
    endDay: () => {
      past.push(today);
      if (past.length > memoryDays) past.shift();
      today = new Map();
    },
  };
}

/** What may be sold at the warehouse, by SKU, as the stock page shows it. */
async function readShelves(caller: Caller): Promise<Map<string, number>> {
  const available = new Map<string, number>();
  for (let after: string | undefined; ;) {
    const query = { location: warehouse, limit: 100, ...(after !== undefined && { after }) };
    const page = await caller.call(inventory.listStock, { query });
    for (const level of page.items) available.set(level.sku, level.available);
    if (page.next === null) return available;
    after = page.next;
  }
}

/** Most suppliers keep their word; some are a day or two late, some bring a fifth less and the rest two days later. */
export function arrivalsOf(
  {
    id,
    expectedOn,
    lines,
  }: { id: string; expectedOn: string; lines: readonly { lineNo: number; sku: string; quantity: number }[] },
  { seed, day, supplier }: { seed: number; day: string; supplier: string },
): Arrival[] {
  const random = createRandom(seed * 31 + daysBetween('2000-01-01', day) * 7 + supplier.charCodeAt(supplier.length - 1));
  const late = random.weighted([{ item: 0, weight: 78 }, { item: 1, weight: 15 }, { item: 2, weight: 7 }]); // prettier-ignore
  const isShort = random.next() < 0.15;
  const on = addDays(expectedOn, late);
  const parts = lines.map(({ lineNo, sku, quantity }) => ({
    lineNo,
    sku,
    quantity,
    missing: isShort ? Math.floor(quantity / 5) : 0,
  }));
  const first = parts.map(({ missing, ...line }) => ({ ...line, quantity: line.quantity - missing }));
  const rest = parts.filter(({ missing }) => missing > 0).map(({ missing, ...line }) => ({ ...line, quantity: missing }));
  const arrivals = [{ purchaseId: id, on, isFaulty: late > 0 || rest.length > 0, lines: first }];
  return rest.length === 0 ? arrivals : [...arrivals, { purchaseId: id, on: addDays(on, 2), isFaulty: true, lines: rest }];
}
