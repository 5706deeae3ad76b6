import { sql } from 'kysely';
import { findSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { dayOf } from '../../../platform/time.ts';
import { loadTerms, provinceName, provinceOf, trackingOf } from '../../delivery/index.ts';
import { listLocations } from '../../inventory/index.ts';
import { movesFrom, type Recipient } from '../fulfilment.ts';
import { getManifest, getPickList } from '../list-work.ts';
import { mayReach } from '../lock-fulfilments.ts';
import { warehouse } from '../tables.ts';
import type { LabelFacts } from './label.ts';
import type { ManifestFacts, PackingListFacts, PickListFacts } from './sheets.ts';

async function find(ctx: Ctx, fulfilmentId: string) {
  const row = await warehouse(ctx.tx)
    .selectFrom('fulfilment')
    .select([
      'id',
      'number',
      'kind',
      'state',
      'location',
      'recipient',
      'storage',
      'grams',
      'carrier',
      'service',
      'tracking_number',
      'parcel_id',
      'promised_on',
    ])
    .where('id', '=', fulfilmentId)
    .executeTakeFirst();
  return row !== undefined && mayReach(ctx, row.location) ? row : refuse('fulfilment.not_found', { fulfilmentId });
}

interface Inside {
  orderNumber: string;
  sku: string;
  quantity: number;
  lots: string[];
  serials: string[];
}

const insideOf = (ctx: Ctx, fulfilmentId: string): Promise<Inside[]> =>
  run(
    ctx.tx,
    sql<Inside>`select l.order_number as "orderNumber", l.sku, l.quantity,
        coalesce((select array_agg(distinct u.lot) from warehouse.packed_unit u where u.fulfilment_id = l.fulfilment_id and u.order_id = l.order_id
          and u.line_no = l.line_no and u.sku = l.sku and u.lot is not null), '{}') as lots,
        coalesce((select array_agg(u.serial order by u.serial) from warehouse.packed_unit u where u.fulfilment_id = l.fulfilment_id
          and u.order_id = l.order_id and u.line_no = l.line_no and u.sku = l.sku and u.serial is not null), '{}') as serials
      from warehouse.fulfilment_line l where l.fulfilment_id = ${fulfilmentId} and l.quantity > 0 order by l.order_number, l.line_no, l.sku`,
  );

/** What a parcel's label says. Refuses `fulfilment.not_found`, and `fulfilment.wrong_state` before it is packed. */
export async function labelOf(ctx: Ctx, fulfilmentId: string): Promise<LabelFacts> {
  const row = await find(ctx, fulfilmentId);
  if (!['packed', 'handed_over', 'delivered', 'collected'].includes(row.state))
    refuse('fulfilment.wrong_state', { state: row.state, wanted: 'packed', moves: [...movesFrom(row.state)] });
  const inside = await insideOf(ctx, fulfilmentId);
  const { places } = await loadTerms(ctx.tx, dayOf(ctx.now));
  const { items } = await listLocations(ctx.tx);
  const location = items.find(({ code }) => code === row.location);
  const place = places.get(row.location);
  const parcel = row.parcel_id === null ? undefined : (await trackingOf(ctx.tx, [row.parcel_id])).get(row.parcel_id);
  return {
    number: row.number,
    kind: row.kind,
    trackingNumber: row.tracking_number ?? row.number,
    carrier: parcel?.carrierName ?? row.carrier ?? '',
    carrierEn: parcel?.carrierNameEn ?? '',
    service: row.service ?? '',
    sortCode: sortCodeOf(row.recipient),
    recipient: row.recipient,
    sender: {
      name: location?.name ?? row.location,
      nameEn: location?.nameEn ?? '',
      phone: place?.phone ?? '',
      address: place?.address ?? '',
    },
    storage: row.storage,
    grams: row.grams,
    units: inside.reduce((sum, { quantity }) => sum + quantity, 0),
    orders: [...new Set(inside.map(({ orderNumber }) => orderNumber))],
    promisedOn: row.promised_on,
    printedAt: ctx.now,
  };
}

/** 浙江 杭州市: the province short, then the city. */
function sortCodeOf({ region }: Recipient): string {
  const province = provinceOf(region);
  const [, city = ''] = region.trim().split(/\s+/);
  return province === undefined ? region : `${provinceName(province)} ${city}`.trim();
}

/** What a packing list says. Refuses `fulfilment.not_found`. */
export async function packingListOf(ctx: Ctx, fulfilmentId: string): Promise<PackingListFacts> {
  const row = await find(ctx, fulfilmentId);
  const inside = await insideOf(ctx, fulfilmentId);
  const facts = await findSkus(
    ctx.tx,
    inside.map(({ sku }) => sku),
  );
  return {
    number: row.number,
    orders: [...new Set(inside.map(({ orderNumber }) => orderNumber))],
    recipient: row.recipient,
    carrier: row.carrier ?? '',
    trackingNumber: row.tracking_number,
    lines: inside.map((line) => ({
      ...line,
      name: facts.get(line.sku)?.name ?? line.sku,
      nameEn: facts.get(line.sku)?.nameEn ?? '',
    })),
    printedAt: ctx.now,
  };
}

/** What a pick list says. Refuses `pick_list.not_found`. */
export async function pickListSheetOf(ctx: Ctx, pickListId: string): Promise<PickListFacts> {
  const { startedAt, ...list } = await getPickList(ctx, pickListId);
  return { ...list, startedAt: new Date(startedAt) };
}

/** What a manifest says. Refuses `manifest.not_found`. */
export async function manifestSheetOf(ctx: Ctx, manifestId: string): Promise<ManifestFacts> {
  const { handedOverAt, ...manifest } = await getManifest(ctx, manifestId);
  return { ...manifest, handedOverAt: new Date(handedOverAt) };
}
