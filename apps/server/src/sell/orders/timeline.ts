import type { orders as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { orders } from './tables.ts';

type Entry = z.input<typeof contract.Order>['timeline'][number];

/** What buyers are told of, and which facts of it. A kind that is not here is the house's own business. */
const forBuyers: Partial<Record<Entry['what'], readonly string[]>> = {
  placed: [],
  paid: ['amountFen', 'method'],
  payment_declined: [],
  payment_wrong_amount: [],
  payment_late_refunded: ['amountFen', 'refundFen'],
  payment_doubled_refunded: ['amountFen', 'refundFen'],
  released: [],
  partly_shipped: ['carrier', 'trackingNumber'],
  shipped: ['carrier', 'trackingNumber'],
  delivered: [],
  collected: [],
  pickup_ready: ['keepUntil'],
  lapsed: [],
  cancelled: [],
  expired: [],
  lines_cancelled: ['refundFen'],
  refund_requested: ['refundFen'],
  refund_done: ['amountFen', 'refundFen'],
  refund_failed: [],
  return_recorded: ['refundFen'],
  revived: [],
  points_returned: ['points'],
  coupon_given: [],
  recipient_changed: [],
  customer_asked: ['question'],
  customer_answered: ['answer'],
  substitution_proposed: ['lineNo', 'sku', 'substituteSku', 'refundFen'],
  substituted: ['lineNo', 'sku', 'substituteSku', 'refundFen'],
  substitution_declined: ['lineNo', 'sku', 'substituteSku'],
};

/** Everything that happened to the order, the first first; buyers get their part of it, without the names of staff and rules. */
export async function timelineOf({ tx, actor }: Ctx, orderId: string): Promise<Entry[]> {
  const rows = await orders(tx)
    .selectFrom('timeline')
    .select(['id', 'at', 'actor_kind as actorKind', 'actor', 'what', 'details'])
    .where('order_id', '=', orderId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  const entries = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  return actor.kind === 'shopper' ? entries.flatMap(asBuyersSee) : entries;
}

/** The entry with what is the buyer's of it; none when nothing is. */
function asBuyersSee(entry: Entry): Entry[] {
  // the end of a question that the house put: why it held the order is not told, that it waits no more is
  const isAnswered = entry.what === 'hold_released' && entry.details['reason'] === 'customer_asked';
  const facts = isAnswered ? ['reason'] : forBuyers[entry.what];
  if (facts === undefined) return [];
  const details = Object.fromEntries(Object.entries(entry.details).filter(([key]) => facts.includes(key)));
  return [{ ...entry, actor: entry.actorKind === 'shopper' ? entry.actor : entry.actorKind, details }];
}
