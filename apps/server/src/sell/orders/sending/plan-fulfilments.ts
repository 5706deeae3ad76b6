// What each location gets to do for an order: one parcel a location, address and way of keeping. Pure.
import type { SkuFacts } from '../../../base/catalog/index.ts';
import type { Parcel } from '../../../supply/routing/index.ts';
import type { FulfilmentPlan } from '../../../supply/warehouse/index.ts';
import type { LockedOrder } from '../change-order.ts';
import type { Recipient } from '../order.ts';
import { type LineToSend, unitsByLocation } from './lines-to-send.ts';

/** Where an order's lines are promised, by location. */
export function parcelsOf(lines: readonly LineToSend[]): Parcel[] {
  const units = lines.flatMap((line) => [...unitsByLocation(line)].map(([location, quantity]) => ({ line, location, quantity })));
  return [...Map.groupBy(units, ({ location }) => location)]
    .map(([location, own]) => ({
      location,
      lines: own.map(({ line, quantity }) => ({ lineNo: line.lineNo, sku: line.sku, quantity })),
    }))
    .toSorted((a, b) => (a.location < b.location ? -1 : 1));
}

/** The work that an order's promises mean: what is kept differently, goes elsewhere or leaves from elsewhere travels apart. */
export function plansFor(
  order: LockedOrder,
  lines: readonly LineToSend[],
  facts: ReadonlyMap<string, SkuFacts>,
): FulfilmentPlan[] {
  const units = lines.flatMap((line) =>
    [...unitsByLocation(line)].map(([location, quantity]) => {
      const sku = line.components === null ? (line.promises[0]?.sku ?? line.sku) : line.sku;
      const storage = facts.get(sku)?.storage ?? 'ambient';
      return { line, location, quantity, sku, storage, parcelNo: line.parcelNo };
    }),
  );
  const groups = Map.groupBy(units, ({ location, parcelNo, storage }) => `${location}\n${parcelNo}\n${storage}`);
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { location, storage, parcelNo } = first;
    return [
      {
        orderId: order.id,
        orderNumber: order.number,
        location,
        kind: order.pickupAt === null ? ('delivery' as const) : ('pickup' as const),
        channel: order.channel,
        buyerKey: order.buyerKey ?? order.customerId ?? order.id,
        recipient: recipientOf(order, parcelNo),
        storage,
        promisedOn: order.promisedOn ?? undefined,
        lines: own.map(({ line, sku, quantity }) => ({ lineNo: line.lineNo, sku, quantity, components: perUnit(line) })),
      },
    ];
  });
}

const perUnit = ({ components, soldQuantity }: LineToSend) =>
  components?.map(({ sku, quantity }) => ({ sku, quantity: Math.round(quantity / soldQuantity) }));

export function recipientOf(order: LockedOrder, parcelNo = 1): Recipient {
  const { recipientName: name, recipientPhone: phone, region, address } = order;
  const other = parcelNo > 1 ? order.parcels?.find((one) => one.parcelNo === parcelNo)?.recipient : undefined;
  return other ?? { name: name ?? '', phone: phone ?? '', region: region ?? '', address: address ?? '' };
}
