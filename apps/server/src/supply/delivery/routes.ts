import { delivery as contract } from '@tongshang/contract';
import { findSkus } from '../../base/catalog/index.ts';
import { refuse } from '../../platform/fail.ts';
import type { Tx } from '../../platform/db.ts';
import { handle, type Route } from '../../platform/route.ts';
import { pickupPlaces } from './pickup-places.ts';
import { promiseForLines } from './promise-for-lines.ts';
import {
  getCarrier, getParcel, getPlace, getPlaceCalendar, getService, listCalendar, listCarriers, listParcels, listPlaces, quoteParcel,
} from './queries.ts'; // prettier-ignore
import { carrierKey, receiveTracking } from './receive-tracking.ts';
import { savePlaceCalendar } from './save-place-calendar.ts';
import { saveCalendar, saveCarrier, savePlace, saveService } from './save-terms.ts';

export const deliveryRoutes = ({ secret, shopOrigin }: { secret: string; shopOrigin: string }): Route[] => [
  handle(contract.listCarriers, ({ tx }) => listCarriers(tx)),
  handle(contract.saveCarrier, async (ctx, { params, body }) => {
    await saveCarrier(ctx, { ...params, ...body });
    return getCarrier(ctx.tx, params.carrier);
  }),
  handle(contract.saveService, async (ctx, { params, body }) => {
    await saveService(ctx, { ...params, ...body });
    return getService(ctx.tx, params.service);
  }),
  handle(contract.getCarrierKey, async ({ tx }, { params: { carrier } }) => {
    await getCarrier(tx, carrier);
    return { key: carrierKey(secret, carrier), reportUrl: `${shopOrigin}/api/delivery/tracking/${carrier}` };
  }),
  handle(contract.listPlaces, ({ tx }) => listPlaces(tx)),
  handle(contract.savePlace, async (ctx, { params, body }) => {
    await savePlace(ctx, { ...params, ...body });
    return getPlace(ctx.tx, params.location);
  }),
  handle(contract.listCalendar, ({ tx }, { query }) => listCalendar(tx, query)),
  handle(contract.saveCalendar, async (ctx, { body }) => {
    await saveCalendar(ctx, body);
    return listCalendar(ctx.tx, {});
  }),
  handle(contract.getPlaceCalendar, ({ tx }, { params, query }) => getPlaceCalendar(tx, { ...params, ...query })),
  handle(contract.savePlaceCalendar, (ctx, { params, body }) => savePlaceCalendar(ctx, { ...params, ...body })),
  handle(contract.quoteParcel, (ctx, { query }) => quoteParcel(ctx, query)),
  handle(contract.listParcels, (ctx, { query }) => listParcels(ctx, query)),
  handle(contract.getParcel, (ctx, { params }) => getParcel(ctx, params.parcelId)),
  handle(contract.receiveTracking, (ctx, { params, body }) => receiveTracking(ctx, secret, { ...params, ...body })),
  handle(contract.promiseDate, async (ctx, { query: { sku, quantity, region } }) => {
    await checkSku(ctx.tx, sku);
    const { promise, region: to } = await promiseForLines(ctx, { lines: [{ sku, quantity }], region });
    return { promisedOn: promise?.promisedOn ?? null, orderBy: promise?.orderBy.toISOString() ?? null, region: to };
  }),
  handle(contract.listPickupPlaces, async (ctx, { query: { sku, quantity } }) => {
    await checkSku(ctx.tx, sku);
    const places = await pickupPlaces(ctx, { lines: [{ sku, quantity }] });
    return { items: places.map((place) => ({ ...place, readyAt: place.readyAt?.toISOString() ?? null })) };
  }),
];

/** The shop says nothing of what it does not sell. */
async function checkSku(tx: Tx, sku: string): Promise<void> {
  if ((await findSkus(tx, [sku])).get(sku)?.state !== 'active') refuse('sku.not_found', { sku });
}
