// From where an order's lines are promised to where a route sends them from, pure.
import type { MovedLine } from '../../../supply/inventory/index.ts';
import type { Parcel } from '../../../supply/routing/index.ts';
import { type LineToSend, partsOf, unitsByLocation, withUnits } from './lines-to-send.ts';

/** The same lines as they will be promised. */
export function moved(lines: readonly LineToSend[], parcels: readonly Parcel[]): LineToSend[] {
  return lines.map((line) => withUnits(line, unitsAt(parcels, line.lineNo)));
}

export const unitsAt = (parcels: readonly Parcel[], lineNo: number): Map<string, number> =>
  new Map(
    parcels.flatMap(({ location, lines }) => {
      const units = lines.reduce((sum, line) => (line.lineNo === lineNo ? sum + line.quantity : sum), 0);
      return units > 0 ? [[location, units] as const] : [];
    }),
  );

/** What has to move so that each line is promised where these parcels say. */
export function movesTo(lines: readonly LineToSend[], parcels: readonly Parcel[]): MovedLine[] {
  return lines.flatMap((line) => {
    const [before, after] = [unitsByLocation(line), unitsAt(parcels, line.lineNo)];
    const sku = line.components === null ? (partsOf(line)[0]?.sku ?? line.sku) : line.sku;
    const missing = [...after]
      .map(([to, units]) => ({ to, units: units - (before.get(to) ?? 0) }))
      .filter(({ units }) => units > 0);
    return [...before].flatMap(([from, units]) => {
      let rest = units - (after.get(from) ?? 0);
      return missing.flatMap((place) => {
        const quantity = Math.min(Math.max(0, rest), place.units);
        rest -= quantity;
        place.units -= quantity;
        return quantity > 0 ? [{ lineNo: line.lineNo, sku, from, to: place.to, quantity }] : [];
      });
    });
  });
}
