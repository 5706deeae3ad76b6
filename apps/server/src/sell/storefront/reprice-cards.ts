import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import * as z from 'zod';
import { findSkus, kitsMadeOf } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { json, run } from '../../platform/db.ts';
import { type Job, job, type JobRun, jobType } from '../../platform/jobs.ts';
import { stockHorizon, stockTouchedSince } from '../../supply/inventory/index.ts';
import { skusRepricedBetween } from '../pricing/index.ts';
import { isInStock, lowestPrice } from './card.ts';
import { momentOf } from './moment.ts';

const batch = 1000;
/** Pauses so many times as long as it works, and so never holds up the pages; never longer than this, ms. */
const [pauseTimes, pauseMaxMs] = [4, 500];
/** Every so many rounds all cards are looked at: for what changes by the clock and leaves no trace, such as lots that come of age. */
const wholeRoundEvery = 10;

export const repriceCards = jobType('storefront/reprice-cards', z.object({}));

/** Up to where the round before has looked. */
interface Round {
  number: number;
  horizon: string;
  at: Date;
}

/**
 * Catches what no event tells: prices that begin and end by the clock, stock that orders took. A round looks at the cards of what was
 * touched since the one before, the first and every tenth at all; it looks at prices and stock alone, a batch a transaction, and writes
 * only cards that differ. Safe to run twice.
 */
export function makeRepriceCardsJob(): Job {
  let isRunning = false; // a round over a great catalogue may outlast the minute: the next one waits for its turn
  let last: Round | undefined;
  return job(repriceCards, async (run) => {
    if (isRunning) return;
    isRunning = true;
    try {
      const begun = await run.inTx(async ({ tx, now }) => ({ horizon: await stockHorizon(tx), at: now }));
      const isWhole = last === undefined || (last.number + 1) % wholeRoundEvery === 0;
      await (last === undefined || isWhole ? repriceAll(run) : repriceTouched(run, last, begun.at));
      if (!run.signal.aborted) last = { ...begun, number: (last?.number ?? -1) + 1 };
    } finally {
      isRunning = false;
    }
  });
}

async function repriceAll({ inTx, signal }: JobRun): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined && !signal.aborted;) {
    const begun = performance.now();
    const last: string = after;
    after = await inTx((ctx) => repriceNext(ctx, last));
    if (after !== undefined) await sleep(Math.min(pauseMaxMs, pauseTimes * (performance.now() - begun)));
  }
}

async function repriceTouched({ inTx, signal }: JobRun, { horizon, at: from }: Round, to: Date): Promise<void> {
  const ids = await inTx(async ({ tx }) => {
    const moved = await stockTouchedSince(tx, { horizon, from, to });
    const skus = [...moved, ...(await kitsMadeOf(tx, moved)), ...(await skusRepricedBetween(tx, { from, to }))];
    return [...new Set([...(await findSkus(tx, skus)).values()].map(({ productId }) => productId))].toSorted();
  });
  for (let start = 0; start < ids.length && !signal.aborted; start += batch)
    await inTx(async (ctx) => {
      const some = ids.slice(start, start + batch);
      await repriceSome(ctx, await readPriced(ctx, sql`product_id = any(${some}::uuid[])`));
    });
}

interface Priced {
  productId: string;
  skus: string[];
  priceFen: number | null;
  isInStock: boolean;
}

/** The next cards after a product; answers the last one looked at while there are more. */
async function repriceNext(ctx: Ctx, after: string): Promise<string | undefined> {
  const cards = await readPriced(ctx, after === '' ? sql`true` : sql`product_id > ${after}`);
  await repriceSome(ctx, cards);
  return cards.length === batch ? cards.at(-1)?.productId : undefined;
}

const readPriced = ({ tx }: Ctx, where: ReturnType<typeof sql>): Promise<Priced[]> =>
  run(
    tx,
    sql<Priced>`select product_id as "productId", display->'skus' as skus, price_fen as "priceFen", is_in_stock as "isInStock"
      from storefront.card where ${where} order by product_id limit ${batch}`,
  );

async function repriceSome(ctx: Ctx, cards: readonly Priced[]): Promise<void> {
  const moment = await momentOf(
    ctx.tx,
    cards.flatMap((card) => card.skus),
    ctx.now,
  );
  const differing = cards
    .map((card) => ({ ...card, nowFen: lowestPrice(card.skus, moment), isNowInStock: isInStock(card.skus, moment) }))
    .filter((card) => card.nowFen !== card.priceFen || card.isNowInStock !== card.isInStock)
    .map(({ productId, nowFen, isNowInStock }) => ({ productId, nowFen, isNowInStock }));
  if (differing.length === 0) return;
  await run(
    ctx.tx,
    sql`update storefront.card c set price_fen = g."nowFen", is_in_stock = g."isNowInStock", changed = default
      from jsonb_to_recordset(${json(differing)}) as g ("productId" uuid, "nowFen" bigint, "isNowInStock" boolean)
      where c.product_id = g."productId" and c.display->'skus' <> '[]'`, // taken off the shelf meanwhile: stays off
  );
}
