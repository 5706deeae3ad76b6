import type { lots as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { refuse } from '../../../platform/fail.ts';
import { inventory } from '../tables.ts';

type Earmark = z.input<typeof contract.Earmark>;

function earmarks({ tx, now }: Ctx) {
  const state = sql<Earmark['state']>`case when ended_at is not null or ends_at <= ${now} then 'ended'
    when starts_at > ${now} then 'coming' else 'active' end`;
  const rows = inventory(tx)
    .selectFrom('earmark')
    .select(['id', 'kind', 'sku', 'location', 'channel', 'campaign', 'units', 'taken'])
    .select([
      'starts_at as startsAt',
      'ends_at as endsAt',
      'created_by as createdBy',
      'created_at as createdAt',
      'ended_by as endedBy',
      'ended_at as endedAt',
      state.as('state'),
    ]);
  return { rows, state };
}

/** Earmarks and quotas, newest first. */
export async function listEarmarks(
  ctx: Ctx,
  { kind, sku, channel, state, after, limit }: z.output<typeof contract.listEarmarks.query>,
): Promise<z.input<typeof contract.listEarmarks.reply>> {
  const { rows: all, state: stateNow } = earmarks(ctx);
  let query = all;
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (sku !== undefined) query = query.where('sku', '=', sku);
  if (channel !== undefined) query = query.where('channel', '=', channel);
  if (state !== undefined) query = query.where(stateNow, '=', state);
  if (after !== undefined) query = query.where(sql<boolean>`id::text < ${after}`);
  const rows = await query
    .orderBy(sql`id::text`, 'desc')
    .limit(limit + 1)
    .execute();
  const items = await shown(ctx, rows.slice(0, limit));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** One of them. Refuses `earmark.not_found`. */
export async function getEarmark(ctx: Ctx, id: string): Promise<Earmark> {
  const [found] = await shown(ctx, await earmarks(ctx).rows.where('id', '=', id).execute());
  return found ?? refuse('earmark.not_found', { id });
}

type Row = Omit<Earmark, 'name' | 'nameEn' | 'startsAt' | 'endsAt' | 'createdAt' | 'endedAt'> &
  Record<'startsAt' | 'endsAt' | 'createdAt', Date> & { endedAt: Date | null };

async function shown(ctx: Ctx, rows: readonly Row[]): Promise<Earmark[]> {
  const facts = await findSkus(
    ctx.tx,
    rows.map(({ sku }) => sku),
  );
  return rows.map((row) => ({
    ...row,
    name: facts.get(row.sku)?.name ?? row.sku,
    nameEn: facts.get(row.sku)?.nameEn ?? '',
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }));
}
