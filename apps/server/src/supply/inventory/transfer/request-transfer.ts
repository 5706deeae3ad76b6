import { sql } from 'kysely';
import { findSkus } from '../../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import { checkLocation } from '../check-location.ts';
import { inventory } from '../tables.ts';

export interface RequestTransfer {
  from: string;
  to: string;
  /** The day the units are expected at `to`. */
  expectedOn: string;
  note?: string | undefined;
  /** The document behind it; a person's own wish when absent. */
  cause?: string;
  lines: readonly { sku: string; quantity: number }[];
}

/** Asks for units to be brought from one place to another; nothing moves, and nothing is set aside, before they are sent. */
export async function requestTransfer(ctx: Ctx, input: RequestTransfer): Promise<{ id: string; number: string }> {
  const { from, to, expectedOn, note, cause = 'manual', lines } = input;
  await check(ctx, input);
  const saved = await inventory(ctx.tx)
    .insertInto('transfer')
    .values({
      from_location: from,
      to_location: to,
      expected_on: expectedOn,
      cause,
      note: note ?? null,
      requested_by: actorLabel(ctx.actor).name,
      requested_at: ctx.now,
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow();
  await run(
    ctx.tx,
    sql`insert into inventory.transfer_line (transfer_id, line_no, sku, requested)
      select ${saved.id}, row_number() over (order by min(line_no)), sku, sum(quantity)
      from rows from (jsonb_to_recordset(${json(lines)}) as (sku text, quantity int)) with ordinality as l (sku, quantity, line_no) group by sku`,
  );
  return saved;
}

async function check(ctx: Ctx, { from, to, lines }: RequestTransfer): Promise<void> {
  if (from === to) refuse('transfer.same_location', { location: from });
  for (const location of [from, to]) await checkLocation(ctx.tx, location);
  const own = ctx.actor.kind === 'staff' ? ctx.actor.location : undefined;
  if (own !== undefined && own !== from && own !== to) refuse('location.not_found', { location: from });
  const known = await findSkus(
    ctx.tx,
    lines.map(({ sku }) => sku),
  );
  for (const { sku } of lines) if (!known.has(sku)) refuse('sku.not_found', { sku });
}
