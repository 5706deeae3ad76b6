import type { insight as contract } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { keyOfWords } from './estimate.ts';
import { insight } from './tables.ts';

const shown = [
  'id', 'text', 'note', 'language', 'customer_id as customerId', 'state', 'reason', 'decided_by as decidedBy', 'at', 'version',
] as const; // prettier-ignore

type Row = Omit<contract.ProductRequest, 'isMember' | 'at'> & { customerId: string | null; at: Date };

const viewOf = ({ customerId, at, ...row }: Row): contract.ProductRequest => ({
  ...row,
  isMember: customerId !== null,
  at: at.toISOString(),
});

/** What people asked for, newest first. */
export async function listRequests(
  tx: Tx,
  { after, limit, state, text }: z.output<typeof contract.listProductRequests.query>,
): Promise<z.input<typeof contract.listProductRequests.reply>> {
  let query = insight(tx).selectFrom('product_request').select(shown);
  if (state !== undefined) query = query.where('state', '=', state);
  if (text !== undefined && text !== '') query = query.where('key', '=', keyOfWords(text));
  if (after !== undefined) query = query.where('id', '<', after);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(viewOf);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Refuses `product_request.not_found`. */
export async function getRequest(tx: Tx, id: string): Promise<contract.ProductRequest> {
  const row = await insight(tx).selectFrom('product_request').select(shown).where('id', '=', id).executeTakeFirst();
  return row === undefined ? refuse('product_request.not_found', { id }) : viewOf(row);
}

/** Open wishes of some days by their words: how many people, how many wishes. */
export const wishesBetween = (
  tx: Tx,
  { from, to }: { from: string; to: string },
): Promise<{ text: string; people: number; times: number }[]> =>
  run(
    tx,
    sql<{ text: string; people: number; times: number }>`select (array_agg(text order by id))[1] as text,
        count(distinct coalesce(customer_id::text, visitor_id))::int as people, count(*)::int as times
      from insight.product_request where day between ${from} and ${to} and state = 'open' group by key order by people desc, key limit 500`,
  );
