import type { recalls as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { findSkus } from '../../base/catalog/index.ts';
import { revealContacts } from '../../base/customers/index.ts';
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
  const items = await allNamed(ctx, rows.slice(0, query.limit));
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

async function named(ctx: Ctx, head: RecallHead): Promise<Head> {
  const [found] = await allNamed(ctx, [head]);
  if (found === undefined) throw new Error('a recall lost its name');
  return found;
}

async function allNamed(ctx: Ctx, heads: readonly RecallHead[]): Promise<Head[]> {
  const facts = await findSkus(
    ctx.tx,
    heads.map(({ sku }) => sku),
  );
  return heads.map((head) => ({
    ...head,
    name: facts.get(head.sku)?.name ?? head.sku,
    nameEn: facts.get(head.sku)?.nameEn ?? '',
    startedAt: head.startedAt.toISOString(),
    endedAt: head.endedAt?.toISOString() ?? null,
  }));
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
  const atTill = await revealContacts(ctx, {
    ids: buyers.flatMap(({ customerId, name: written }) => (written === null && customerId !== null ? customerId : [])),
    reason: `recall ${number}`,
  });
  const items = buyers.map(({ orderNumber, customerId, quantity, state, shippedAt, ...written }) => {
    const contact = written.name === null ? atTill.get(customerId ?? '') : written;
    const shippedOn = shippedAt === null ? null : dayOf(new Date(shippedAt));
    return { orderNumber, name: contact?.name ?? null, phone: contact?.phone ?? null, quantity, state, shippedOn };
  });
  return { number, sku, name, lot, items };
}
