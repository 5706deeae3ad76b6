// The shelves of the demo, in memory: layers of units by place, lots first expired first out, so that what is booked adds up.
import { addDays } from '../platform/time.ts';
import type { DemoSku } from './catalogue.ts';

interface Layer {
  lot: string | undefined;
  expiresOn: string | undefined;
  units: number;
}

export interface Booking {
  sku: string;
  location: string;
  quantity: number;
  unitCostFen: number;
  lot?: string | undefined;
  expiresOn?: string | undefined;
}

export interface Stockroom {
  onHand: (sku: string, location: string) => number;
  receive: (one: DemoSku, location: string, units: number, day: string) => Booking;
  /** Takes what is there, up to `units`. */
  take: (one: DemoSku, location: string, units: number) => Booking[];
  /** Puts units that were taken back into their layer. */
  unTake: (one: DemoSku, booking: Booking, units: number) => void;
  /** Puts units that came back on the shelf, without a lot. */
  putBack: (one: DemoSku, location: string, units: number) => void;
  /** Takes out everything past its day. */
  expire: (day: string) => Booking[];
}

export function createStockroom(skus: readonly DemoSku[]): Stockroom {
  const layers = new Map<string, Layer[]>();
  const byCode = new Map(skus.map((one) => [one.sku, one]));
  const key = (sku: string, location: string) => `${location} ${sku}`;
  const at = (sku: string, location: string): Layer[] => {
    const found = layers.get(key(sku, location)) ?? [];
    layers.set(key(sku, location), found);
    return found;
  };
  const booking = (one: DemoSku, location: string, quantity: number, layer: Layer): Booking => ({
    sku: one.sku,
    location,
    quantity,
    unitCostFen: one.costFen,
    lot: layer.lot,
    expiresOn: layer.expiresOn,
  });

  return {
    onHand: (sku, location) => at(sku, location).reduce((sum, { units }) => sum + units, 0),
    receive: (one, location, units, day) => {
      const { shelfLifeDays } = one.item;
      const layer: Layer = {
        lot: shelfLifeDays === undefined ? undefined : `${one.item.code}${day.slice(2).replaceAll('-', '')}`,
        expiresOn: shelfLifeDays === undefined ? undefined : addDays(day, shelfLifeDays),
        units,
      };
      at(one.sku, location).push(layer);
      return booking(one, location, units, layer);
    },
    take: (one, location, units) => {
      const taken: Booking[] = [];
      let left = units;
      const shelf = at(one.sku, location);
      for (const layer of shelf) {
        const part = Math.min(left, layer.units);
        if (part === 0) continue;
        layer.units -= part;
        left -= part;
        taken.push(booking(one, location, -part, layer));
      }
      layers.set(
        key(one.sku, location),
        shelf.filter(({ units: rest }) => rest > 0),
      );
      return taken;
    },
    unTake: (one, { location, lot, expiresOn }, units) => {
      const shelf = at(one.sku, location);
      const layer = shelf.find((candidate) => candidate.lot === lot);
      if (layer === undefined) shelf.unshift({ lot, expiresOn, units });
      else layer.units += units;
    },
    putBack: (one, location, units) => {
      const shelf = at(one.sku, location);
      const youngest = shelf.at(-1);
      if (youngest === undefined || youngest.lot !== undefined) shelf.push({ lot: undefined, expiresOn: undefined, units });
      else youngest.units += units;
    },
    expire: (day) =>
      [...layers].flatMap(([place, shelf]) => {
        const [location = '', sku = ''] = place.split(' ');
        const one = byCode.get(sku);
        const dead = shelf.filter(({ expiresOn }) => expiresOn !== undefined && expiresOn < day);
        if (one === undefined || dead.length === 0) return [];
        layers.set(
          place,
          shelf.filter((layer) => !dead.includes(layer)),
        );
        return dead.map((layer) => booking(one, location, -layer.units, layer));
      }),
  };
}
