import { sql } from 'kysely';
import { findSkus } from '../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { brokeConstraint, json, run, type Tx } from '../../platform/db.ts';
import { emit } from '../../platform/events.ts';
import { refuse } from '../../platform/fail.ts';
import { addDays, dayOf } from '../../platform/time.ts';
import { purchaseRequested } from './events.ts';
import { purchasing } from './tables.ts';

export interface RequestPurchase {
  supplier: string;
  location: string;
  expectedOn?: string | undefined;
  note?: string | undefined;
  /** What is behind it, `decision:<id>`; a cause other than `manual` asks once, however often it is called. */
  cause?: string;
  lines: readonly { sku: string; quantity: number; unitCostFen?: number | undefined }[];
}

/**
 * Asks a supplier for goods at the agreed cost, or at the one given. Called again with the same cause it answers the first request.
 * Refuses `supplier.not_found`, `location.not_found`, `sku.not_found`, and `supply_term.missing` for a line without any cost.
 */
export async function requestPurchase(ctx: Ctx, input: RequestPurchase): Promise<{ id: string; number: string; isNew: boolean }> {
  const cause = input.cause ?? 'manual';
  const earlier = cause === 'manual' ? undefined : await findByCause(ctx.tx, cause);
  if (earlier !== undefined) return { ...earlier, isNew: false };
  const { lines, leadTimeDays } = await priceLines(ctx.tx, input);

  const created = await insertRequest(ctx, input, cause, input.expectedOn ?? addDays(dayOf(ctx.now), leadTimeDays));
  if (created === undefined) {
    const first = await findByCause(ctx.tx, cause); // another transaction asked for the same cause meanwhile
    return first === undefined ? refuse('purchase.not_found', { cause }) : { ...first, isNew: false };
  }
  await run(
    ctx.tx,
    sql`insert into purchasing.request_line (request_id, line_no, sku, quantity, unit_cost_fen)
      select ${created.id}, "lineNo", sku, quantity, "unitCostFen"
      from jsonb_to_recordset(${json(lines)}) as l ("lineNo" int, sku text, quantity int, "unitCostFen" bigint)`,
  );

  await emit(ctx, purchaseRequested, { purchaseId: created.id, number: created.number, cause, lines });
  return { ...created, isNew: true };
}

async function insertRequest(ctx: Ctx, { supplier, location, note }: RequestPurchase, cause: string, expectedOn: string) {
  try {
    const [created] = await run(
      ctx.tx,
      sql<{ id: string; number: string }>`
        insert into purchasing.request (number, supplier, location, state, cause, expected_on, note, created_by, created_at, changed_at)
        values ('PR-' || lpad(nextval('purchasing.request_number')::text, 6, '0'), ${supplier}, ${location}, 'requested', ${cause},
          ${expectedOn}, ${note ?? null}, ${actorLabel(ctx.actor).name}, ${ctx.now}, ${ctx.now})
        on conflict (cause) where cause <> 'manual' do nothing returning id, number`,
    );
    return created;
  } catch (error) {
    if (brokeConstraint(error, 'request_location_fkey')) refuse('location.not_found', { location });
    throw error;
  }
}

const findByCause = (tx: Tx, cause: string) =>
  purchasing(tx).selectFrom('request').select(['id', 'number']).where('cause', '=', cause).executeTakeFirst();

async function priceLines(tx: Tx, { supplier, lines }: RequestPurchase) {
  const partner = await purchasing(tx).selectFrom('supplier').selectAll().where('code', '=', supplier).executeTakeFirst();
  if (partner === undefined) refuse('supplier.not_found', { supplier });
  const skus = lines.map((line) => line.sku);
  const known = await findSkus(tx, skus);
  const terms = await purchasing(tx)
    .selectFrom('supply_term')
    .selectAll()
    .where('supplier', '=', supplier)
    .where('sku', 'in', skus)
    .execute();
  const termOf = new Map(terms.map((term) => [term.sku, term]));
  const priced = lines.map(({ sku, quantity, unitCostFen }, index) => {
    if (!known.has(sku)) refuse('sku.not_found', { sku });
    const cost = unitCostFen ?? termOf.get(sku)?.unit_cost_fen;
    return { lineNo: index + 1, sku, quantity, unitCostFen: cost ?? refuse('supply_term.missing', { sku, supplier }) };
  });
  const leadTimes = skus.map((sku) => termOf.get(sku)?.lead_time_days ?? partner.lead_time_days);
  return { lines: priced, leadTimeDays: Math.max(...leadTimes) };
}
