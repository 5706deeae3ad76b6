import { sql } from 'kysely';
import { findSkus, type SkuFacts } from '../../../base/catalog/index.ts';
import { json, run, type Tx } from '../../../platform/db.ts';
import { type PromisedLine, promisesOf } from '../../../supply/inventory/index.ts';
import type { RouteLine } from '../../../supply/routing/index.ts';
import type { FrozenComponent } from '../frozen.ts';

/** A line of an order as far as sending goes. */
export interface LineToSend {
  orderId: string;
  lineNo: number;
  sku: string;
  /** Units sold and not called off. */
  quantity: number;
  soldQuantity: number;
  amountFen: number;
  parcelNo: number;
  components: FrozenComponent[] | null;
  location: string | null;
  expectedOn: string | null;
  promises: PromisedLine[];
}

/** The lines of these orders with what is promised for each; two statements, however many there are. */
export async function linesToSend(tx: Tx, orderIds: readonly string[]): Promise<Map<string, LineToSend[]>> {
  if (orderIds.length === 0) return new Map();
  const rows = await run(
    tx,
    sql<
      Omit<LineToSend, 'promises'>
    >`with asked as (select jsonb_array_elements_text(${json(orderIds)})::uuid as order_id), off as (
        select order_id, line_no, sum(quantity)::int as quantity from orders.line_cancellation
        where order_id in (select order_id from asked) group by order_id, line_no
      )
      select l.order_id as "orderId", l.line_no as "lineNo", l.sku, l.quantity - coalesce(off.quantity, 0) as quantity, l.quantity as "soldQuantity",
        l.amount_fen as "amountFen", l.parcel_no as "parcelNo", l.components, l.location, l.expected_on as "expectedOn"
      from orders.line l left join off using (order_id, line_no) where l.order_id in (select order_id from asked) order by l.order_id, l.line_no`,
  );
  const promises = Map.groupBy(await promisesOf(tx, orderIds), keyOf);
  return Map.groupBy(
    rows.map((row) => ({ ...row, promises: promises.get(keyOf(row)) ?? [] })),
    ({ orderId }) => orderId,
  );
}

const keyOf = ({ orderId, lineNo }: { orderId: string; lineNo: number }): string => `${orderId}\n${lineNo}`;

/** What one unit of the line consists of on the shelf, given what is promised for it: another SKU may have taken its place. */
export function partsOf({ sku, components, soldQuantity, promises }: LineToSend): { sku: string; quantity: number }[] {
  if (components !== null)
    return components.map((part) => ({ sku: part.sku, quantity: Math.round(part.quantity / soldQuantity) }));
  return [{ sku: promises[0]?.sku ?? sku, quantity: 1 }];
}

/** Units of the line that are promised at each location, as it was sold: a kit counts when all of its components are there. */
export function unitsByLocation(line: LineToSend): Map<string, number> {
  const parts = partsOf(line);
  const byLocation = Map.groupBy(line.promises, ({ location }) => location);
  return new Map(
    [...byLocation].flatMap(([location, own]) => {
      const held = (sku: string) => own.reduce((sum, one) => (one.sku === sku ? sum + one.quantity : sum), 0);
      const units = Math.min(...parts.map((part) => Math.floor(held(part.sku) / part.quantity)));
      return units > 0 ? [[location, units] as const] : [];
    }),
  );
}

/** Units of the line that are promised, wherever. */
export const unitsIn = (line: LineToSend): number => [...unitsByLocation(line).values()].reduce((sum, units) => sum + units, 0);

/** Where lines are promised. */
export const locationsOf = (lines: readonly LineToSend[]): string[] =>
  [...new Set(lines.flatMap((line) => [...unitsByLocation(line).keys()]))].toSorted();

/** Units of the line that nobody has promised yet: sold ahead, or lost where they were. */
export const unpromised = (line: LineToSend, shipped = 0): number => Math.max(0, line.quantity - shipped - unitsIn(line));

export const factsFor = (tx: Tx, lines: Iterable<readonly LineToSend[]>): Promise<Map<string, SkuFacts>> => {
  const skus = [...lines].flat().flatMap((line) => [line.sku, ...line.promises.map(({ sku }) => sku)]);
  return findSkus(tx, [...new Set(skus)]);
};

/** A line as routing sees it; `quantity` of its units. */
export function routeLine(line: LineToSend, facts: ReadonlyMap<string, SkuFacts>, quantity = line.quantity): RouteLine {
  const known = facts.get(line.sku);
  return {
    lineNo: line.lineNo,
    sku: line.sku,
    quantity,
    amountFen: line.soldQuantity === 0 ? 0 : Math.floor((line.amountFen * quantity) / line.soldQuantity),
    storage: known?.storage ?? 'ambient',
    grams: known?.weightGrams ?? 0,
    parts: partsOf(line),
  };
}

/** The line as if it were promised so, units by location. */
export const withUnits = (line: LineToSend, units: ReadonlyMap<string, number>): LineToSend => ({
  ...line,
  promises: [...units].flatMap(([location, quantity]) =>
    partsOf(line).map((part) => ({
      orderId: line.orderId,
      lineNo: line.lineNo,
      sku: part.sku,
      location,
      quantity: part.quantity * quantity,
    })),
  ),
});
