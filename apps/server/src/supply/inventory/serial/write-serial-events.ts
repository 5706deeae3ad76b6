import { sql } from 'kysely';
import { actorLabel, type Ctx } from '../../../platform/ctx.ts';
import { json, run } from '../../../platform/db.ts';

export interface SerialHappening {
  sku: string;
  serial: string;
  what: 'received' | 'shipped' | 'returned' | 'moved' | 'removed';
  location?: string | null | undefined;
  orderId?: string | undefined;
  warrantyUntil?: string | null | undefined;
  /** The document of this one, where one call carries several. */
  cause?: string | undefined;
}

/** Adds to the history of serial numbers; nothing in it is ever changed. */
export async function writeSerialEvents(
  ctx: Ctx,
  { cause, at = ctx.now }: { cause: string; at?: Date },
  happened: readonly SerialHappening[],
): Promise<void> {
  if (happened.length === 0) return;
  await run(
    ctx.tx,
    sql`insert into inventory.serial_event (sku, serial, what, location, order_id, cause, actor, warranty_until, at)
      select sku, serial, what, location, "orderId", coalesce(cause, ${cause}), ${actorLabel(ctx.actor).name}, "warrantyUntil", ${at}
      from jsonb_to_recordset(${json(happened)})
        as h (sku text, serial text, what text, location text, "orderId" uuid, "warrantyUntil" date, cause text)`,
  );
}
