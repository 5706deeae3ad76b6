import type { orders as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { findMine, linesOf } from '../orders/index.ts';
import { addToCarts } from './change-carts.ts';

type Reply = z.input<typeof contract.buyAgain.reply>;

/** Puts an order's lines into the shopper's cart, as far as they are for sale; gifts come by themselves. Refuses `order.not_found`. */
export async function buyAgain(ctx: Ctx, mine: { number: string; token: string | undefined }): Promise<Reply> {
  const lines = (await linesOf(ctx.tx, [await findMine(ctx, mine)])).filter((line) => !line.isGift);
  const missing: Reply['missing'] = [];
  let units = 0;
  for (const { sku, quantity, name, nameEn } of lines) {
    const [outcome] = await addToCarts(ctx, [{ actor: ctx.actor, input: [{ sku, quantity }] }]);
    if (outcome !== undefined && 'reply' in outcome) units += quantity;
    else missing.push({ sku, name, nameEn });
  }
  return { units, missing };
}
