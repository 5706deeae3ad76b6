import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { emit } from '../../../platform/events.ts';
import { refuse } from '../../../platform/fail.ts';
import { landedCostBooked, stockMoved } from '../events.ts';
import { inventory, type LandedCostBasis, type LandedCostKind } from '../tables.ts';
import { type Pile, type ReceiptLine, shareOverLines, type Spread, spreadShare, unitsLeft } from './landed-cost.ts';

export interface BookLandedCost {
  /** The document of the receipt, `purchase:PR-000012`. */
  cause: string;
  kind: LandedCostKind;
  amountFen: number;
  basis: LandedCostBasis;
  reference?: string | undefined;
  note?: string | undefined;
}

export interface Part extends Spread {
  sku: string;
  received: number;
  left: number;
  shareFen: number;
}

/**
 * Adds a later cost (freight, duty) to a receipt: units still in the house cost more from now on, the share of units that are gone and
 * what rounding leaves over go to the variance ledger. Every fen is in one of the two. Refuses `receipt.not_found`.
 */
export async function bookLandedCost(ctx: Ctx, input: BookLandedCost): Promise<{ id: string }> {
  const parts = await splitCost(ctx, { ...input, isFinal: true });
  const id = await save(ctx, input, parts);
  await changeCosts(ctx, id, parts);
  await emit(ctx, landedCostBooked, { id, cause: input.cause, amountFen: input.amountFen });
  return { id };
}

/**
 * What each SKU of a receipt carries of a later cost, and where; what it is split over is locked when the split is final, only read else.
 * Refuses `receipt.not_found`.
 */
export async function splitCost(
  ctx: Ctx,
  { cause, amountFen, basis, isFinal }: Pick<BookLandedCost, 'cause' | 'amountFen' | 'basis'> & { isFinal: boolean },
): Promise<Part[]> {
  const lines = await readReceipt(ctx, cause);
  if (lines.length === 0) refuse('receipt.not_found', { cause });
  const shares = shareOverLines(amountFen, lines, basis);
  const piles = await readPiles(ctx, { cause, skus: lines.map(({ sku }) => sku), isFinal });

  return lines.map(({ sku, received, cameSince }, index): Part => {
    const own = piles.get(sku) ?? [];
    const there = own.reduce((sum, { quantity }) => sum + quantity, 0);
    const left = unitsLeft(received, there, cameSince);
    const shareFen = shares[index] ?? 0;
    return { sku, received, left, shareFen, ...spreadShare(shareFen, received, left, own) };
  });
}

interface Received extends ReceiptLine {
  /** Units that came into the house after the last of the receipt: bought, returned or found, not moved within. */
  cameSince: number;
}

const readReceipt = (ctx: Ctx, cause: string): Promise<Received[]> =>
  run(
    ctx.tx,
    sql<Received>`with receipt as (
        select sku, sum(quantity)::int as received, sum(quantity * unit_cost_fen)::bigint as value_fen, max(id::text)::uuid as last_id
        from inventory.movement where cause = ${cause} and kind = 'receipt' group by sku
      )
      select r.sku, r.received, r.value_fen as "valueFen", coalesce((
          select sum(m.quantity) from inventory.movement m
          where m.sku = r.sku and m.quantity > 0 and m.kind <> 'transfer_in' and m.id > r.last_id
        ), 0)::int as "cameSince"
      from receipt r order by r.sku`,
  );

interface AskedPiles {
  cause: string;
  skus: readonly string[];
  isFinal: boolean;
}

/** Where units of these SKUs are: on shelves and on the way; their rows are locked when it is final. */
async function readPiles(ctx: Ctx, { cause, skus, isFinal }: AskedPiles): Promise<Map<string, Pile[]>> {
  const onWay = await run(
    ctx.tx,
    sql<
      Pile & { sku: string }
    >`select l.sku, null as location, l.transfer_id as "transferId", l.line_no as "lineNo", l.sent as quantity, l.unit_cost_fen as "unitCostFen", false as "isReceipt"
      from inventory.transfer_line l join inventory.transfer t on t.id = l.transfer_id
      where t.state = 'sent' and l.sent > 0 and l.sku = any(${skus}::text[]) order by t.id, l.line_no ${isFinal ? sql`for update` : sql``}`,
  );
  const shelves = await run(
    ctx.tx,
    sql<
      Pile & { sku: string }
    >`select s.sku, s.location, null as "transferId", null as "lineNo", s.on_hand as quantity, s.unit_cost_fen as "unitCostFen",
        exists (select from inventory.movement m where m.cause = ${cause} and m.kind = 'receipt' and m.sku = s.sku and m.location = s.location)
          as "isReceipt"
      from inventory.stock s where s.sku = any(${skus}::text[]) and s.on_hand > 0 order by s.sku, s.location
      ${isFinal ? sql`for no key update of s` : sql``}`,
  );
  return Map.groupBy([...shelves, ...onWay], ({ sku }) => sku);
}

async function save(ctx: Ctx, input: BookLandedCost, parts: readonly Part[]): Promise<string> {
  const { cause, kind, basis, amountFen, reference, note } = input;
  const toStockFen = parts.flatMap(({ places }) => places).reduce((sum, place) => sum + place.toStockFen, 0);
  const { id } = await inventory(ctx.tx)
    .insertInto('landed_cost')
    .values({
      cause,
      kind,
      basis,
      amount_fen: amountFen,
      to_stock_fen: toStockFen,
      to_variance_fen: amountFen - toStockFen,
      reference: reference ?? null,
      note: note ?? null,
      actor: actorLabel(ctx.actor).name,
      at: ctx.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await run(
    ctx.tx,
    sql`insert into inventory.landed_cost_part (landed_cost_id, sku, received, units_left, share_fen, sold_fen, rounding_fen)
      select ${id}, sku, received, "left", "shareFen", "soldFen", "roundingFen"
      from jsonb_to_recordset(${json(parts)})
        as p (sku text, received int, "left" int, "shareFen" bigint, "soldFen" bigint, "roundingFen" bigint)`,
  );
  return id;
}

/** Raises the averages, writes both ledgers, and tells who counts what stock is worth. */
async function changeCosts(ctx: Ctx, id: string, parts: readonly Part[]): Promise<void> {
  const changes = parts.flatMap(({ sku, places }) => places.map((place) => ({ sku, ...place })));
  const variances = parts.flatMap(({ sku, soldFen, roundingFen }) => [
    ...(soldFen === 0 ? [] : [{ sku, kind: 'sold', amountFen: soldFen }]),
    ...(roundingFen === 0 ? [] : [{ sku, kind: 'rounding', amountFen: roundingFen }]),
  ]);
  const written = await run(
    ctx.tx,
    sql<{ id: string; sku: string; location: string; afterFen: number; amountFen: number }>`with given as (
        select * from jsonb_to_recordset(${json(changes)})
          as c (sku text, location text, "transferId" uuid, "lineNo" int, quantity int, "beforeFen" bigint, "afterFen" bigint, "toStockFen" bigint)
      ), raised as (
        update inventory.stock s set unit_cost_fen = given."afterFen" from given where s.sku = given.sku and s.location = given.location
      ), on_the_way as (
        update inventory.transfer_line l set unit_cost_fen = given."afterFen" from given
        where l.transfer_id = given."transferId" and l.line_no = given."lineNo"
      ), spent as (
        insert into inventory.cost_variance (sku, location, kind, amount_fen, cause, at)
        select sku, null, kind, "amountFen", ${`landed_cost:${id}`}, ${ctx.now}
        from jsonb_to_recordset(${json(variances)}) as v (sku text, kind text, "amountFen" bigint)
      )
      insert into inventory.cost_change (landed_cost_id, sku, location, quantity, before_fen, after_fen, amount_fen, at)
      select ${id}, sku, location, quantity, "beforeFen", "afterFen", "toStockFen", ${ctx.now} from given
      returning id, sku, coalesce(location, '') as location, after_fen as "afterFen", amount_fen as "amountFen"`,
  );
  const movements = written
    .filter(({ location }) => location !== '')
    .map(({ id: changeId, sku, location, afterFen, amountFen }) => ({
      id: changeId,
      sku,
      location,
      kind: 'landed_cost',
      quantity: 0,
      balance: 0,
      unitCostFen: afterFen,
      valueFen: amountFen,
    }));
  if (movements.length > 0) await emit(ctx, stockMoved, { movements });
}
