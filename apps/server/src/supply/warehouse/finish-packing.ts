import { sql } from 'kysely';
import { findSkus } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { run } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { addDays, dayOf } from '../../platform/time.ts';
import { bookParcels, gramsOf, loadTerms, serviceFor, voidParcels } from '../delivery/index.ts';
import { pickupReady } from './events.ts';
import { move, movesFrom, soldLines } from './fulfilment.ts';
import { type LockedFulfilment, lockOne, note } from './lock-fulfilments.ts';
import { warehouse } from './tables.ts';

export interface FinishPacking {
  fulfilmentId: string;
  /** As weighed; the sum of its units when absent. */
  grams?: number | undefined;
  /** A service by name; the cheapest that keeps the promise when absent. */
  service?: string | undefined;
  version?: number | undefined;
}

/**
 * Closes the parcel when everything is in it. A parcel gets its waybill from the cheapest service that keeps the promise, or the one
 * named; a pick-up waits for its buyer from now on. Refuses `fulfilment.not_found`, `fulfilment.wrong_state`, `fulfilment.incomplete`
 * with what is missing, `service.not_found`, `service.not_available`.
 */
export async function finishPacking(ctx: Ctx, { fulfilmentId, grams, service, version }: FinishPacking): Promise<void> {
  const fulfilment = await lockOne(ctx, { fulfilmentId, version });
  const state = move(fulfilment.state, 'packed');
  const left = fulfilment.lines.filter(({ packed, quantity }) => packed < quantity);
  if (left.length > 0)
    refuse('fulfilment.incomplete', { left: left.map(({ sku, quantity, packed }) => ({ sku, quantity: quantity - packed })) });

  const weight =
    grams ??
    gramsOf(
      fulfilment.lines,
      await findSkus(
        ctx.tx,
        fulfilment.lines.map(({ sku }) => sku),
      ),
    );
  const set =
    fulfilment.kind === 'pickup'
      ? await keepForBuyer(ctx, fulfilment)
      : await bookParcel(ctx, fulfilment, { grams: weight, service });
  await warehouse(ctx.tx)
    .updateTable('fulfilment')
    .set((eb) => ({ ...set, state, grams: weight, packed_at: ctx.now, changed_at: ctx.now, version: eb('version', '+', 1) }))
    .where('id', '=', fulfilmentId)
    .execute();
  await note(ctx, [{ fulfilmentId, state, what: 'packed', details: { grams: weight, ...set } }]);
}

async function keepForBuyer(ctx: Ctx, { id, number, location, lines }: LockedFulfilment) {
  const { places } = await loadTerms(ctx.tx, dayOf(ctx.now));
  const keepUntil = addDays(dayOf(ctx.now), places.get(location)?.pickupKeepDays ?? 7);
  await emit(ctx, pickupReady, { fulfilmentId: id, number, location, orders: soldLines(lines), keepUntil });
  return { keep_until: keepUntil };
}

async function bookParcel(
  ctx: Ctx,
  { id, number, location, recipient, storage, promisedOn }: LockedFulfilment,
  { grams, service }: { grams: number; service: string | undefined },
) {
  const asked = { location, region: recipient.region, grams, storage, promisedOn: promisedOn ?? undefined };
  const chosen = await serviceFor(ctx, asked, service);
  const [booked] = await bookParcels(ctx, [
    {
      fulfilmentId: id,
      fulfilmentNumber: number,
      location,
      region: recipient.region,
      grams,
      carrier: chosen.carrier,
      service: chosen.service,
      priceFen: chosen.priceFen,
      promisedOn: promisedOn ?? chosen.arrivesOn,
    },
  ]);
  return {
    carrier: chosen.carrier,
    service: chosen.service,
    promised_on: promisedOn ?? chosen.arrivesOn,
    tracking_number: booked?.trackingNumber ?? null,
    parcel_id: booked?.parcelId ?? null,
  };
}

/**
 * Takes everything out of a parcel again, picked as it is; its label is void. Refuses `fulfilment.not_found`, `fulfilment.wrong_state`.
 */
export async function unpack(ctx: Ctx, input: { fulfilmentId: string; version?: number | undefined }): Promise<void> {
  const { id, state: from, kind } = await lockOne(ctx, input);
  if (from !== 'picked' && from !== 'packed')
    refuse('fulfilment.wrong_state', { state: from, wanted: 'picked', moves: [...movesFrom(from)] });
  await run(ctx.tx, sql`delete from warehouse.packed_unit where fulfilment_id = ${id}`);
  await run(ctx.tx, sql`update warehouse.fulfilment_line set packed = 0 where fulfilment_id = ${id} and packed > 0`);
  await voidParcels(ctx, [id]);
  await warehouse(ctx.tx)
    .updateTable('fulfilment')
    .set((eb) => ({
      state: 'picked' as const,
      packed_at: null,
      changed_at: ctx.now,
      version: eb('version', '+', 1),
      ...(kind === 'pickup' ? { keep_until: null } : { tracking_number: null, parcel_id: null }),
    }))
    .where('id', '=', id)
    .execute();
  await note(ctx, [{ fulfilmentId: id, state: 'picked', what: 'unpacked' }]);
}
