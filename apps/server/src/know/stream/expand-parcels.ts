import type { Tx } from '../../platform/db.ts';
import { allocate } from '../../platform/money.ts';
import { factsOf } from '../../sell/orders/index.ts';
import { parcelPrices } from '../../supply/delivery/index.ts';
import { fulfilmentShipped } from '../../supply/warehouse/index.ts';
import { type Facts, momentOf } from './facts.ts';
import type { LoggedEvent } from './log.ts';

/** Adds what parcels cost when a carrier took them, split evenly over the orders in each. Tariffs are frozen when a parcel is booked. */
export async function addParcels(tx: Tx, facts: Facts, events: readonly LoggedEvent[]): Promise<void> {
  const shipped = events.flatMap(({ name, payload, at }) =>
    name === fulfilmentShipped.name ? [{ ...fulfilmentShipped.payload.parse(payload), at }] : [],
  );
  if (shipped.length === 0) return;
  const prices = new Map((await parcelPrices(tx, shipped)).map((one) => [nameOf(one), one.priceFen]));
  const orderIds = [...new Set(shipped.flatMap(({ orders }) => orders.map(({ orderId }) => orderId)))];
  const byId = new Map((await factsOf(tx, orderIds)).map((order) => [order.orderId, order]));
  for (const parcel of shipped) {
    const priceFen = prices.get(nameOf(parcel));
    if (priceFen === undefined) continue; // somebody sent it without booking: nobody knows what it cost
    const { at, day } = momentOf(parcel.at);
    const parts = allocate(
      priceFen,
      parcel.orders.map(() => 1),
    );
    for (const [index, { orderId }] of parcel.orders.entries()) {
      const order = byId.get(orderId);
      if (order === undefined) continue;
      facts.parcel_cost.push([
        at, day, orderId, order.channel, order.store ?? '', parcel.location, parcel.carrier, parts[index] ?? 0,
      ]); // prettier-ignore
    }
  }
}

const nameOf = ({ carrier, trackingNumber }: { carrier: string; trackingNumber: string }): string =>
  `${carrier} ${trackingNumber}`;
