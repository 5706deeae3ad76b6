// The use cases of stock by name, so that another process can be asked for one.
import type { Ctx } from '../../../platform/ctx.ts';
import { adjustStock } from '../adjust-stock.ts';
import { moveCondition } from '../condition/move-condition.ts';
import { endEarmark, openEarmark } from '../earmark/open-earmark.ts';
import { allocateLots } from '../lot/allocate-lots.ts';
import { movePromise } from '../move-promise.ts';
import { promiseStock } from '../promise-stock.ts';
import { blockLot, endRecall } from '../recall/recalls.ts';
import { receiveStock } from '../receive-stock.ts';
import { releasePromise } from '../release-promise.ts';
import { returnStock } from '../return-stock.ts';
import { shipPromised } from '../ship-promised.ts';
import { cancelTransfer } from '../transfer/cancel-transfer.ts';
import { receiveTransfer } from '../transfer/receive-transfer.ts';
import { type RequestTransfer, requestTransfer } from '../transfer/request-transfer.ts';
import { sendTransfer } from '../transfer/send-transfer.ts';
import { bookLandedCost } from '../valuation/book-landed-cost.ts';

async function sendAway(ctx: Ctx, input: RequestTransfer): Promise<{ id: string }> {
  const { id } = await requestTransfer(ctx, input);
  await sendTransfer(ctx, { id });
  return { id };
}

const useCases = {
  receiveStock,
  adjustStock,
  moveCondition,
  promiseStock,
  movePromise,
  releasePromise,
  allocateLots,
  shipPromised,
  returnStock,
  sendAway,
  receiveTransfer,
  cancelTransfer,
  bookLandedCost,
  openEarmark,
  endEarmark,
  blockLot,
  endRecall,
};

type UseCases = typeof useCases;
/** A use case and what it is asked, as data. */
export type Call = { [Name in keyof UseCases]: { name: Name; input: Parameters<UseCases[Name]>[1] } }[keyof UseCases];

export const perform = (ctx: Ctx, { name, input }: Call): Promise<unknown> =>
  (useCases[name] as (ctx: Ctx, input: unknown) => Promise<unknown>)(ctx, input);
