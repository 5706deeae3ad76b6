import type { inventory as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import type { Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { inventory } from '../tables.ts';
import { type CorrectionLine, mayDecide } from './correction.ts';

type Correction = z.input<typeof contract.Correction>;

const columns = [
  'id',
  'number',
  'kind',
  'state',
  'location',
  'value_fen as valueFen',
  'limit_fen as limitFen',
  'units',
  'reason',
  'note',
  'cause',
  'count_id as countId',
  'proposed_by as proposedBy',
  'proposer_ids as proposerIds',
  'proposed_at as proposedAt',
  'decided_by as decidedBy',
  'decided_at as decidedAt',
  'decision_note as decisionNote',
] as const;

const selected = (tx: Tx) => inventory(tx).selectFrom('correction').select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof selected>['executeTakeFirstOrThrow']>>;

const toCorrection = (ctx: Ctx, { proposerIds, proposedAt, decidedAt, ...row }: Row): Correction => ({
  ...row,
  proposedAt: proposedAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
  isMine: !mayDecide(proposerIds, actorLabel(ctx.actor)),
});

/** Corrections, newest first. */
export async function listCorrections(
  ctx: Ctx,
  { state, kind, location, after, limit }: z.output<typeof contract.listCorrections.query>,
): Promise<z.input<typeof contract.listCorrections.reply>> {
  let query = selected(ctx.tx);
  if (state !== undefined) query = query.where('state', '=', state);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (location !== undefined) query = query.where('location', '=', location);
  if (after !== undefined) {
    const [at = '', id = ''] = after.split('\n');
    query = query.where(sql<boolean>`(proposed_at, id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy('proposed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => toCorrection(ctx, row));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.proposedAt}\n${last.id}` : null };
}

export async function findCorrection(ctx: Ctx, id: string): Promise<Correction> {
  const row = await selected(ctx.tx).where('id', '=', id).executeTakeFirst();
  return row === undefined ? refuse('correction.not_found', { id }) : toCorrection(ctx, row);
}

export async function getCorrection(ctx: Ctx, id: string): Promise<z.input<typeof contract.getCorrection.reply>> {
  const correction = await findCorrection(ctx, id);
  const lines = await linesOf(ctx.tx, id);
  const skus = await findSkus(
    ctx.tx,
    lines.map(({ sku }) => sku),
  );
  return {
    ...correction,
    lines: lines.map((line) => ({
      ...line,
      name: skus.get(line.sku)?.name ?? line.sku,
      nameEn: skus.get(line.sku)?.nameEn ?? '',
    })),
  };
}

export const linesOf = (tx: Tx, id: string): Promise<(CorrectionLine & { lineNo: number })[]> =>
  inventory(tx)
    .selectFrom('correction_line')
    .select([
      'line_no as lineNo',
      'sku',
      'location',
      'lot',
      'expires_on as expiresOn',
      'condition',
      'before',
      'change',
      'unit_cost_fen as unitCostFen',
      'new_cost_fen as newCostFen',
    ])
    .where('correction_id', '=', id)
    .orderBy('line_no')
    .execute();

export const correctionLimits = async (tx: Tx) => ({
  items: await inventory(tx)
    .selectFrom('correction_limit')
    .select(['kind', 'limit_fen as limitFen', 'version'])
    .orderBy('kind')
    .execute(),
});
