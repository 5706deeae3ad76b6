import { type purchasing as contract, purchasing as words } from '@tongshang/contract';
import { sql } from 'kysely';
import type * as z from 'zod';
import { findSkus } from '../../base/catalog/index.ts';
import { type Actor, type Ctx } from '../../platform/ctx.ts';
import { json, run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { dayOf } from '../../platform/time.ts';
import { isReceivable, type PurchaseState, stateWhenGivenUp } from './purchase.ts';
import { purchasing } from './tables.ts';

type Summary = z.input<typeof contract.PurchaseSummary>;
type Term = z.input<typeof contract.SupplyTerm>;

export const listSuppliers = async (tx: Tx) => ({
  items: await purchasing(tx)
    .selectFrom('supplier')
    .select(['code', 'name', 'lead_time_days as leadTimeDays'])
    .orderBy('code')
    .execute(),
});

export async function getSupplier(tx: Tx, code: string) {
  const found = (await listSuppliers(tx)).items.find((supplier) => supplier.code === code);
  return found ?? refuse('supplier.not_found', { supplier: code });
}

const termQuery = (tx: Tx) =>
  purchasing(tx)
    .selectFrom('supply_term as t')
    .innerJoin('supplier as s', 's.code', 't.supplier')
    .select([
      't.sku',
      't.supplier',
      's.name as supplierName',
      't.unit_cost_fen as unitCostFen',
      't.minimum_quantity as minimumQuantity',
      't.pack_size as packSize',
      't.is_preferred as isPreferred',
      sql<number>`coalesce(t.lead_time_days, s.lead_time_days)`.as('leadTimeDays'),
    ]);

/** Terms by SKU then supplier, a page at a time. */
export async function listSupplyTerms(
  tx: Tx,
  { supplier, search, after, limit }: z.output<typeof contract.listSupplyTerms.query>,
): Promise<z.input<typeof contract.listSupplyTerms.reply>> {
  let query = termQuery(tx);
  if (supplier !== undefined) query = query.where('t.supplier', '=', supplier);
  if (search !== undefined) query = query.where('t.sku', 'ilike', `${search.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`);
  if (after !== undefined) {
    const [sku = '', partner = ''] = after.split('\n');
    query = query.where(sql<boolean>`(t.sku, t.supplier) > (${sku}, ${partner})`);
  }
  const rows = await query
    .orderBy('t.sku')
    .orderBy('t.supplier')
    .limit(limit + 1)
    .execute();
  const items = await named(tx, rows.slice(0, limit));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? `${last.sku}\n${last.supplier}` : null };
}

export async function getSupplyTerm(tx: Tx, sku: string, supplier: string): Promise<Term> {
  const [term] = await named(tx, await termQuery(tx).where('t.sku', '=', sku).where('t.supplier', '=', supplier).execute());
  return term ?? refuse('supply_term.missing', { sku, supplier });
}

/** The terms to buy on, one a SKU: the preferred, else the cheapest, else the supplier first in the alphabet. */
export async function supplyTerms(tx: Tx, skus: readonly string[]): Promise<Map<string, Term>> {
  const rows = await termQuery(tx)
    .where('t.sku', 'in', [...skus, ''])
    .orderBy('t.is_preferred', 'desc')
    .orderBy('t.unit_cost_fen')
    .orderBy('t.supplier')
    .execute();
  const terms = new Map<string, Term>();
  for (const term of await named(tx, rows)) if (!terms.has(term.sku)) terms.set(term.sku, term);
  return terms;
}

async function named<T extends { sku: string }>(tx: Tx, rows: readonly T[]): Promise<(T & { name: string })[]> {
  const skus = await findSkus(
    tx,
    rows.map((row) => row.sku),
  );
  return rows.map((row) => ({ ...row, name: skus.get(row.sku)?.name ?? row.sku }));
}

/** Units asked for and not yet arrived, by SKU; a SKU without any counts 0. */
export async function openQuantity(tx: Tx, skus: readonly string[]): Promise<Map<string, number>> {
  const rows = await run(
    tx,
    sql<{ sku: string; units: number }>`select l.sku, sum(l.quantity - l.received)::int as units
      from purchasing.request_line l join purchasing.request r on r.id = l.request_id
      where r.state in ('requested', 'partly_received') and l.received < l.quantity
        and l.sku in (select jsonb_array_elements_text(${json(skus)})) group by l.sku`,
  );
  const found = new Map(rows.map((row) => [row.sku, row.units]));
  return new Map(skus.map((sku) => [sku, found.get(sku) ?? 0]));
}

const summaryQuery = (tx: Tx, today: string) =>
  purchasing(tx)
    .selectFrom('request as r')
    .innerJoin('supplier as s', 's.code', 'r.supplier')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('request_line as l')
          .whereRef('l.request_id', '=', 'r.id')
          .select([
            sql<number>`count(*)::int`.as('lineCount'),
            sql<number>`sum(l.quantity)::int`.as('quantity'),
            sql<number>`sum(l.received)::int`.as('received'),
            sql<number>`sum(l.quantity * l.unit_cost_fen)::bigint`.as('amountFen'),
          ])
          .as('sums'),
      (join) => join.onTrue(),
    )
    .select([
      'r.id',
      'r.number',
      'r.supplier',
      's.name as supplierName',
      'r.location',
      'r.state',
      'r.cause',
      'sums.lineCount',
      'sums.quantity',
      'sums.received',
      'sums.amountFen',
      'r.expected_on as expectedOn',
      sql<boolean>`r.state in ('requested', 'partly_received') and r.expected_on < ${today}`.as('isLate'),
      'r.created_by as createdBy',
      'r.created_at as createdAt',
    ]);

/** Requests newest first, a page at a time, with how many there are in each state. */
export async function listPurchases(
  ctx: Ctx,
  { state, supplier, sku, search, after, limit }: z.output<typeof contract.listPurchases.query>,
): Promise<z.input<typeof contract.listPurchases.reply>> {
  let query = summaryQuery(ctx.tx, dayOf(ctx.now));
  if (state !== undefined) query = query.where('r.state', '=', state);
  if (supplier !== undefined) query = query.where('r.supplier', '=', supplier);
  if (search !== undefined) query = query.where('r.number', 'ilike', `%${search.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`);
  if (sku !== undefined)
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('request_line as wanted')
          .whereRef('wanted.request_id', '=', 'r.id')
          .where('wanted.sku', '=', sku)
          .select('wanted.sku'),
      ),
    );
  if (after !== undefined) {
    const [at = '', id = ''] = after.split('\n');
    query = query.where(sql<boolean>`(r.created_at, r.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const rows = await query
    .orderBy('r.created_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(inWords);
  const last = items.at(-1);
  const next = rows.length > limit && last !== undefined ? `${last.createdAt}\n${last.id}` : null;
  return { items, next, counts: await countByState(ctx.tx) };
}

async function countByState(tx: Tx): Promise<Record<PurchaseState, number>> {
  const rows = await purchasing(tx)
    .selectFrom('request')
    .select(['state', sql<number>`count(*)::int`.as('count')])
    .groupBy('state')
    .execute();
  const found = new Map(rows.map((row) => [row.state, row.count]));
  return Object.fromEntries(words.purchaseStates.map((state) => [state, found.get(state) ?? 0])) as Record<PurchaseState, number>;
}

const inWords = (row: Omit<Summary, 'createdAt'> & { createdAt: Date }): Summary => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});

/** One request with lines, receipts and what the caller may do with it. Refuses `purchase.not_found`. */
export async function getPurchase(ctx: Ctx, id: string): Promise<z.input<typeof contract.Purchase>> {
  const { tx } = ctx;
  const summary = await summaryQuery(tx, dayOf(ctx.now))
    .select(['r.note', 'r.closed_reason as closedReason'])
    .where('r.id', '=', id)
    .executeTakeFirst();
  if (summary === undefined) refuse('purchase.not_found', { id });
  const lines = await purchasing(tx)
    .selectFrom('request_line')
    .select([
      'line_no as lineNo',
      'sku',
      'quantity',
      'received',
      sql<number>`quantity - received`.as('open'),
      'unit_cost_fen as unitCostFen',
    ])
    .where('request_id', '=', id)
    .orderBy('line_no')
    .execute();
  const skus = await findSkus(
    tx,
    lines.map((line) => line.sku),
  );
  return {
    ...summary,
    ...inWords(summary),
    lines: lines.map((line) => {
      const sku = skus.get(line.sku);
      return {
        ...line,
        name: sku?.name ?? line.sku,
        isLotTracked: sku?.isLotTracked ?? false,
        isSerialised: sku?.isSerialised ?? false,
      };
    }),
    receipts: await receiptsOf(tx, id),
    allowed: allowedFor(ctx.actor, summary.state),
  };
}

async function receiptsOf(tx: Tx, id: string): Promise<z.input<typeof contract.Receipt>[]> {
  const rows = await purchasing(tx)
    .selectFrom('receipt as r')
    .innerJoin('receipt_line as l', 'l.receipt_id', 'r.id')
    .select([
      'r.id',
      'r.received_at',
      'r.received_by',
      'r.note',
      'l.line_no',
      'l.sku',
      'l.quantity',
      'l.lot',
      'l.expires_on',
      'l.serials',
    ])
    .where('r.request_id', '=', id)
    .orderBy('r.id')
    .orderBy('l.position')
    .execute();
  return [...Map.groupBy(rows, (row) => row.id).entries()].flatMap(([receiptId, [first, ...rest]]) =>
    first === undefined
      ? []
      : [
          {
            id: receiptId,
            receivedAt: first.received_at.toISOString(),
            receivedBy: first.received_by,
            note: first.note,
            lines: [first, ...rest].map((row) => ({
              lineNo: row.line_no,
              sku: row.sku,
              quantity: row.quantity,
              lot: row.lot,
              expiresOn: row.expires_on,
              serials: row.serials,
            })),
          },
        ],
  );
}

function allowedFor(actor: Actor, state: PurchaseState) {
  const check = (permission: 'purchasing.receive' | 'purchasing.request', isPossible: boolean) => {
    if (actor.kind === 'staff' && !actor.permissions.has(permission)) return { ok: false, reason: 'auth.forbidden' };
    return isPossible ? { ok: true, reason: null } : { ok: false, reason: 'purchase.wrong_state' };
  };
  return {
    receive: check('purchasing.receive', isReceivable(state)),
    cancel: check('purchasing.request', stateWhenGivenUp(state) !== undefined),
  };
}
