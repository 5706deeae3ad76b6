import type { recalls as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { findSkus } from '../../base/catalog/index.ts';
import { findCustomers, maskName, maskPhone } from '../../base/customers/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { type LotTrail, trailOf } from '../../supply/inventory/index.ts';
import { purchasesByNumber } from '../../supply/purchasing/index.ts';
import { type Buyer, buyersOf } from '../orders/index.ts';

type Trace = z.input<typeof contract.LotTrace>;
type TracedBuyer = z.input<typeof contract.RecallBuyer>;

export interface LotName {
  sku: string;
  lot: string;
}

/**
 * All that a lot concerns: purchases and suppliers that it came from, what lies on shelves and is on its way between them, and every order
 * that got it or is to get it. A handful of statements, however many orders. Refuses `lot.not_found`.
 */
export async function traceLot(ctx: Ctx, { sku, lot }: LotName): Promise<Trace> {
  const trail = await trailOf(ctx, { sku, lot });
  const facts = (await findSkus(ctx.tx, [sku])).get(sku);
  const buyers = await masked(ctx, await buyersIn(ctx, trail));
  const sum = (rows: readonly { quantity: number }[]) => rows.reduce((total, { quantity }) => total + quantity, 0);
  const count = (state: TracedBuyer['state']) => buyers.filter((buyer) => buyer.state === state).length;
  return {
    sku,
    name: facts?.name ?? sku,
    nameEn: facts?.nameEn ?? '',
    lot,
    totals: {
      received: sum(trail.came),
      onHand: trail.shelf.reduce((total, { onHand }) => total + onHand, 0),
      withBuyers: trail.sent.reduce((total, { quantity, returned }) => total + quantity - returned, 0),
      onTransfer: sum(trail.transfers),
      orders: buyers.length,
      waiting: count('waiting'),
      inTransit: count('in_transit'),
      delivered: count('delivered'),
    },
    sources: await sourcesIn(ctx, trail),
    shelf: trail.shelf,
    transfers: trail.transfers,
    buyers,
  };
}

/** Contacts as staff see them; a buyer at the till is known by the customer's. */
async function masked(ctx: Ctx, buyers: readonly TracedBuyer[]): Promise<TracedBuyer[]> {
  const known = await findCustomers(
    ctx.tx,
    buyers.flatMap(({ customerId, name }) => (name === null && customerId !== null ? customerId : [])),
  );
  return buyers.map((buyer) => {
    const customer = known.get(buyer.customerId ?? '');
    if (buyer.name === null) return { ...buyer, name: customer?.maskedName ?? null, phone: customer?.maskedPhone ?? null };
    return { ...buyer, name: maskName(buyer.name), phone: maskPhone(buyer.phone) };
  });
}

const purchaseNumber = (cause: string): string | undefined => /^purchase:(.+)$/.exec(cause)?.[1];

async function sourcesIn(ctx: Ctx, { came }: LotTrail): Promise<Trace['sources']> {
  const numbers = came.flatMap(({ cause }) => purchaseNumber(cause) ?? []);
  const purchases = new Map((await purchasesByNumber(ctx.tx, numbers)).map((purchase) => [purchase.number, purchase]));
  return came.map(({ cause, location, quantity, at }) => {
    const purchase = purchases.get(purchaseNumber(cause) ?? '');
    return {
      cause,
      purchaseId: purchase?.id ?? null,
      purchaseNumber: purchase?.number ?? null,
      supplier: purchase?.supplier ?? null,
      supplierName: purchase?.supplierName ?? null,
      location,
      quantity,
      at: at.toISOString(),
    };
  });
}

/** Orders of the lot with their buyers, contacts in full as on the parcel; one that got part and waits for more is told with what it got. */
export async function buyersIn(ctx: Ctx, { sent, waiting }: LotTrail): Promise<TracedBuyer[]> {
  const got = new Map(sent.map((row) => [row.orderId, row]));
  const toGet = new Map(waiting.map((row) => [row.orderId, row.quantity]));
  const buyers = await buyersOf(ctx.tx, [...new Set([...got.keys(), ...toGet.keys()])]);
  return buyers.map((buyer) => {
    const { orderId, number, channel, customerId, name, phone } = buyer;
    const row = got.get(orderId);
    return {
      orderId,
      orderNumber: number,
      channel,
      customerId,
      name,
      phone,
      quantity: row?.quantity ?? toGet.get(orderId) ?? 0,
      state: stateOf(buyer, row),
      shippedAt: (row?.at ?? null)?.toISOString() ?? null,
    };
  });
}

function stateOf({ state }: Buyer, sent: LotTrail['sent'][number] | undefined): TracedBuyer['state'] {
  if (sent === undefined) return 'waiting';
  if (sent.returned >= sent.quantity) return 'returned';
  return state === 'delivered' ? 'delivered' : 'in_transit';
}
