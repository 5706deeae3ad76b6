import type { lots as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { dayOf } from '../../../platform/time.ts';
import { inventory } from '../tables.ts';
import { isUnderWarranty } from './warranty.ts';

type SerialNumber = z.input<typeof contract.SerialNumber>;
type Row = Omit<SerialNumber, 'name' | 'nameEn' | 'changedAt'> & { changedAt: Date };

const columns = [
  'sku', 'serial', 'state', 'location', 'order_id as orderId', 'warranty_until as warrantyUntil', 'changed_at as changedAt',
] as const; // prettier-ignore

/** Serial numbers by SKU and number. */
export async function listSerials(
  ctx: Ctx,
  { sku, search, state, location, orderId, after, limit }: z.output<typeof contract.listSerials.query>,
): Promise<z.input<typeof contract.listSerials.reply>> {
  let query = inventory(ctx.tx).selectFrom('serial').select(columns);
  if (sku !== undefined) query = query.where('sku', '=', sku);
  if (search !== undefined) query = query.where(sql<boolean>`starts_with(lower(serial), lower(${search}))`);
  if (state !== undefined) query = query.where('state', '=', state);
  if (location !== undefined) query = query.where('location', '=', location);
  if (orderId !== undefined) query = query.where('order_id', '=', orderId);
  if (after !== undefined) {
    const [code = '', serial = ''] = after.split('\n');
    query = query.where(sql<boolean>`(sku, serial) > (${code}, ${serial})`);
  }
  const rows = await query
    .orderBy('sku')
    .orderBy('serial')
    .limit(limit + 1)
    .execute();
  const items = await shown(ctx, rows.slice(0, limit));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.sku}\n${last.serial}` : null };
}

/** One appliance with all that happened to it, the newest first. Refuses `serial.not_found`. */
export async function getSerial(
  ctx: Ctx,
  { sku, serial }: z.output<typeof contract.getSerial.params>,
): Promise<z.input<typeof contract.getSerial.reply>> {
  const db = inventory(ctx.tx);
  const rows = await db.selectFrom('serial').select(columns).where('sku', '=', sku).where('serial', '=', serial).execute();
  const [found] = await shown(ctx, rows);
  if (found === undefined) return refuse('serial.not_found', { sku, serial });
  const history = await db
    .selectFrom('serial_event')
    .select(['what', 'location', 'order_id as orderId', 'cause', 'actor', 'warranty_until as warrantyUntil', 'at'])
    .where('sku', '=', sku)
    .where('serial', '=', serial)
    .orderBy('id', 'desc')
    .execute();
  return {
    ...found,
    isUnderWarranty: isUnderWarranty(found.warrantyUntil, dayOf(ctx.now)),
    history: history.map((event) => ({ ...event, at: event.at.toISOString() })),
  };
}

async function shown(ctx: Ctx, rows: readonly Row[]): Promise<SerialNumber[]> {
  const facts = await findSkus(
    ctx.tx,
    rows.map(({ sku }) => sku),
  );
  return rows.map((row) => ({
    ...row,
    name: facts.get(row.sku)?.name ?? row.sku,
    nameEn: facts.get(row.sku)?.nameEn ?? '',
    changedAt: row.changedAt.toISOString(),
  }));
}
