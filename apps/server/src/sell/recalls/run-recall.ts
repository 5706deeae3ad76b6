import type { recalls as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { findSkus } from '../../base/catalog/index.ts';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { dayOf } from '../../platform/time.ts';
import {
  blockLot,
  endRecall,
  getRecall as findRecall,
  listRecalls as findRecalls,
  type RecallHead,
  trailOf,
} from '../../supply/inventory/index.ts';
import { recalls } from './tables.ts';
import { buyersIn, type LotName, traceLot } from './trace-lot.ts';

type Head = z.input<typeof contract.RecallHead>;
type Recall = z.input<typeof contract.Recall>;

/**
 * Recalls a lot: what is unsold is blocked in this transaction, and all whom it concerns are listed. Refuses `lot.not_found`,
 * `recall.exists`.
 */
export async function startRecall(ctx: Ctx, asked: LotName & { reason: string }): Promise<Recall> {
  const head = await blockLot(ctx, asked);
  return { ...(await named(ctx, head)), trace: await traceLot(ctx, asked) };
}

/** One recall as it stands now. Refuses `recall.not_found`. */
export async function getRecall(ctx: Ctx, id: string): Promise<Recall> {
  const head = await findRecall(ctx, id);
  return { ...(await named(ctx, head)), trace: await traceLot(ctx, head) };
}

/** Ends a recall, done or as a false alarm. Refuses `recall.not_found`, `recall.wrong_state`. */
export const finishRecall = async (ctx: Ctx, end: { id: string; to: 'closed' | 'lifted'; reason: string }): Promise<Head> =>
  named(ctx, await endRecall(ctx, end));

/** Recalls, newest first. */
export async function listRecalls(
  ctx: Ctx,
  query: z.output<typeof contract.listRecalls.query>,
): Promise<z.input<typeof contract.listRecalls.reply>> {
  const rows = await findRecalls(ctx, { ...query, limit: query.limit + 1 });
  const items = await Promise.all(rows.slice(0, query.limit).map((row) => named(ctx, row)));
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

async function named(ctx: Ctx, head: RecallHead): Promise<Head> {
  const facts = (await findSkus(ctx.tx, [head.sku])).get(head.sku);
  return {
    ...head,
    name: facts?.name ?? head.sku,
    nameEn: facts?.nameEn ?? '',
    startedAt: head.startedAt.toISOString(),
    endedAt: head.endedAt?.toISOString() ?? null,
  };
}

/** The list by which buyers are told, contacts in full; who took it and how many it named is written down. Refuses `recall.not_found`. */
export async function exportNotices(ctx: Ctx, id: string): Promise<z.input<typeof contract.exportNotices.reply>> {
  const head = await findRecall(ctx, id);
  const { number, sku, lot, name } = await named(ctx, head);
  const buyers = await buyersIn(ctx, await trailOf(ctx, head));
  await recalls(ctx.tx)
    .insertInto('notice_export')
    .values({ recall_id: id, buyers: buyers.length, taken_by: actorLabel(ctx.actor).name, taken_at: ctx.now })
    .execute();
  const items = buyers.map(({ orderNumber, name: buyer, phone, quantity, state, shippedAt }) => {
    return {
      orderNumber,
      name: buyer,
      phone,
      quantity,
      state,
      shippedOn: shippedAt === null ? null : dayOf(new Date(shippedAt)),
    };
  });
  return { number, sku, name, lot, items };
}
