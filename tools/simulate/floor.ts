// The floor: what leaves each place goes from the pick list by bin over the pack check to the driver's manifest, or to its buyer in the store.
import { createHash } from 'node:crypto';
import { lots, orders, RefusedError, warehouse as floor } from '../../packages/contract/src/index.ts';
import type { ReplyOf } from '../../packages/contract/src/index.ts';
import { places, warehouse } from './assortment.ts';
import { type Caller, unlessRefused } from './call.ts';
import { type Acknowledged, beside } from './shoppers.ts';

type Fulfilment = ReplyOf<typeof floor.getFulfilment>;
type PickList = ReplyOf<typeof floor.startPicking>;

/** A parcel in the driver's hands. */
export interface Sent {
  carrier: string;
  trackingNumber: string;
  promisedOn: string | null;
  /** By when it had to leave; a later driver brings it later. */
  dispatchBy: string | null;
  orderIds: readonly string[];
}

export interface Wave {
  /** What the units that are not where they should be depend on. */
  seed: number;
  day: string;
  known: ReadonlyMap<string, Acknowledged>;
  /** Also prints each kind of paper once. */
  prints: boolean;
}

export interface WaveDone {
  sent: Sent[];
  /** Orders that lie ready in a store for their buyers. */
  ready: string[];
  rejected: number;
  short: number;
}

/** Everything that may leave now, place after place, until no open work is left; parcels go with each carrier's driver. */
export async function workFloor(hands: Caller, wave: Wave): Promise<WaveDone> {
  const done: WaveDone = { sent: [], ready: [], rejected: 0, short: 0 };
  for (const { code: location, kind } of places) {
    if (kind === 'store') done.rejected += await refuseSome(hands, location, wave);
    const packed: Fulfilment[] = [];
    for (;;) {
      const list = await unlessRefused(
        hands.call(floor.startPicking, { body: { location, maximum: 100 } }),
        'fulfilment.none_open',
      );
      if (typeof list === 'string') break;
      const shortages = shortagesOf(list, wave);
      done.short += shortages.length;
      await hands.call(floor.finishPicking, { params: { pickListId: list.id }, body: { shortages } });
      const taken = new Set<string>(); // serial numbers in somebody's hand
      packed.push(...(await beside(list.fulfilments, packersMax, ({ fulfilmentId }) => pack(hands, fulfilmentId, taken))).flat());
      if (wave.prints && location === warehouse) await print(hands, list, packed[0]);
    }
    done.sent.push(...(await handOver(hands, location, packed)));
    done.ready.push(...packed.filter((one) => one.kind === 'pickup').flatMap((one) => one.orders.map(({ orderId }) => orderId)));
  }
  return done;
}

const packersMax = 4;

/** A store says of some orders that it cannot send them: nobody is free, it is not there, it is damaged. Its own buyers it does not send away. */
async function refuseSome(hands: Caller, location: string, { known }: Wave): Promise<number> {
  const { items } = await hands.call(floor.listFulfilments, { query: { location, state: 'open', kind: 'delivery', limit: 100 } });
  const refused = items.flatMap(({ id: fulfilmentId, orders: own }) => {
    const reason = own.map(({ orderId }) => known.get(orderId)?.visit.storeRefuses).find((why) => why !== undefined);
    return reason === undefined ? [] : [{ fulfilmentId, reason }];
  });
  for (const { fulfilmentId, reason } of refused)
    await hands.call(floor.rejectFulfilment, { params: { fulfilmentId }, body: { reason } });
  return refused.length;
}

/** Of 250 places in which a picker looks, one holds a unit less than the books say. The same SKU on the same day, in every run. */
function shortagesOf(
  { stops }: PickList,
  { seed, day }: Wave,
): { sku: string; quantity: number; reason: 'not_found' | 'damaged' }[] {
  return stops.flatMap(({ sku }) => {
    const dice = createHash('sha256').update(`${seed} ${day} ${sku}`).digest();
    return dice.readUInt16BE(0) < 65_536 / 250 ? [{ sku, quantity: 1, reason: dice.readUInt8(2) < 170 ? 'not_found' as const : 'damaged' as const }] : []; // prettier-ignore
  });
}

/** Checks a picked fulfilment into its parcel, unit by unit where it has a number; nothing when all of it was short or called off. */
async function pack(hands: Caller, fulfilmentId: string, taken: Set<string>): Promise<Fulfilment[]> {
  const params = { fulfilmentId };
  const { state, lines, location } = await hands.call(floor.getFulfilment, { params });
  if (state !== 'picked') return [];
  for (const { sku, picked, packed, lots, isSerialised } of lines) {
    if (picked === packed) continue;
    if (isSerialised) await scanSerials(hands, { fulfilmentId, sku, location, units: picked - packed }, taken);
    else await scan(hands, fulfilmentId, { code: sku, quantity: picked - packed, lots });
  }
  const closed = await unlessRefused(hands.call(floor.finishPacking, { params, body: {} }), 'service.not_available');
  return [typeof closed === 'string' ? await hands.call(floor.finishPacking, { params, body: { grams: lorryGrams } }) : closed];
}

/** What is heavier than any service takes goes by lorry, in several loads under one waybill. */
const lorryGrams = 1_000_000;

/** All at once, and one by one where the refusal names another lot than the first one in hand. */
async function scan(
  hands: Caller,
  fulfilmentId: string,
  { code, quantity, lots: [lot] }: { code: string; quantity: number; lots: readonly string[] },
): Promise<void> {
  const put = (units: number, from: string | undefined) =>
    hands.call(floor.scanIntoParcel, { params: { fulfilmentId }, body: { code, quantity: units, ...(from !== undefined && { lot: from }) } }); // prettier-ignore
  const wanted = await put(quantity, lot).then(() => undefined, lotsNamedBy);
  if (wanted === undefined) return;
  for (let left = quantity, other = wanted; left > 0;) {
    const named: string[] | undefined = await put(1, other[0]).then(() => undefined, lotsNamedBy);
    if (named === undefined) left -= 1;
    else if (named[0] === other[0]) throw new Error(`fulfilment ${fulfilmentId}: lot ${named[0] ?? ''} is asked for and refused`);
    else other = named;
  }
}

/** The lots that a refusal of a scan asks for; any other failure is thrown on. */
function lotsNamedBy(error: unknown): string[] {
  const { lots } = error instanceof RefusedError ? error.problem.details : {};
  if (Array.isArray(lots)) return lots.filter((one) => typeof one === 'string');
  throw error;
}

/** Takes appliances off the shelf until enough are in the parcel; one that a buyer's parcel already holds is put back. */
async function scanSerials(
  hands: Caller,
  { fulfilmentId, sku, location, units }: { fulfilmentId: string; sku: string; location: string; units: number },
  taken: Set<string>,
): Promise<void> {
  const { items } = await hands.call(lots.listSerials, { query: { sku, location, state: 'in_stock', limit: 100 } });
  let left = units;
  for (const { serial } of items) {
    if (left === 0) return;
    if (taken.size === taken.add(`${sku} ${serial}`).size) continue;
    const put = hands.call(floor.scanIntoParcel, { params: { fulfilmentId }, body: { code: sku, serial } });
    if ((await unlessRefused(put, 'pack.wrong_serial')) !== 'pack.wrong_serial') left -= 1;
  }
}

async function print(hands: Caller, { id: pickListId }: PickList, parcel: Fulfilment | undefined): Promise<void> {
  await hands.read(floor.printPickList, { params: { pickListId } });
  if (parcel === undefined) return;
  await hands.read(floor.printLabel, { params: { fulfilmentId: parcel.id } });
  await hands.read(floor.printPackingList, { params: { fulfilmentId: parcel.id } });
}

const manifestMax = 500;

/** Every carrier's driver takes what is packed for it, with one manifest. */
async function handOver(hands: Caller, location: string, packed: readonly Fulfilment[]): Promise<Sent[]> {
  const parcels = new Map(packed.map((one) => [one.id, one]));
  const sent: Sent[] = [];
  for (const carrier of new Set(packed.flatMap((one) => one.carrier ?? []))) {
    for (let isMore = true; isMore;) {
      const taken = await unlessRefused(hands.call(floor.handOver, { body: { location, carrier } }), 'fulfilment.none_packed');
      if (typeof taken === 'string') break;
      isMore = taken.parcels.length >= manifestMax;
      for (const { fulfilmentId, trackingNumber } of taken.parcels) {
        const { promisedOn = null, dispatchBy = null, orders: own = [] } = parcels.get(fulfilmentId) ?? {};
        sent.push({ carrier, trackingNumber, promisedOn, dispatchBy, orderIds: own.map(({ orderId }) => orderId) });
      }
    }
  }
  return sent;
}

/** A buyer stands in the store with the code that the order's page shows. False when it is not ready, or was called off. */
export async function collect(hands: Caller, { number, token, caller, pickupAt }: Acknowledged): Promise<boolean> {
  const { fulfilments } = await caller.call(orders.getMyOrder, { params: { number }, query: { token } });
  const codes = fulfilments.flatMap(({ pickupCode }) => pickupCode ?? []);
  for (const code of codes) await hands.call(floor.collectPickup, { body: { location: pickupAt ?? '', code } });
  return codes.length > 0;
}
