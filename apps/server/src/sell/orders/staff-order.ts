import { createHmac, randomUUID } from 'node:crypto';
import { storefront, type orders as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { findCustomers } from '../../base/customers/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { availabilityOf, listLocations } from '../../supply/inventory/index.ts';
import { priceCarts } from '../promotions/index.ts';
import { firstOrderers } from './first-orderers.ts';
import { buyerKeyOf } from './order.ts';
import { placeOrder } from './place-orders.ts';

type QuoteAsked = z.output<typeof contract.quoteOrder.body>;
type Quote = z.input<typeof contract.quoteOrder.reply>;
type StaffOrder = z.output<typeof contract.placeStaffOrder.body>;

/** What these lines would cost this customer now; nothing is written. Refuses `customer.not_found`, `location.not_found`. */
export async function quoteOrder(ctx: Ctx, asked: QuoteAsked): Promise<Quote> {
  const location = asked.channel === 'store' ? await ownStore(ctx, asked.store) : storefront.shopLocation;
  const { customerId } = asked;
  await checkCustomer(ctx, customerId);
  const firsts = await firstOrderers(ctx.tx, customerId === undefined ? [] : [customerId]);
  const [priced] = await priceCarts(
    ctx.tx,
    [
      {
        key: 'quote',
        channel: asked.channel,
        location,
        customerId,
        customerKey: buyerKeyOf({ customerId, visitorId: 'quote' }),
        isFirstOrder: customerId !== undefined && firsts.has(customerId),
        lines: asked.lines.map(({ sku, quantity }, index) => ({ key: String(index), sku, quantity })),
        couponCodes: asked.couponCodes,
        pointsWanted: asked.pointsWanted,
        paymentMethod: undefined,
      },
    ],
    ctx.now,
  );
  if (priced === undefined) throw new Error('a quote came back without a price');
  const skus = [...new Set([...asked.lines.map(({ sku }) => sku), ...priced.breakdown.lines.map(({ sku }) => sku)])];
  const available = await availabilityOf(ctx.tx, { skus, locations: [location], channel: asked.channel, at: ctx.now });
  const wanted = Map.groupBy(asked.lines, ({ sku }) => sku);
  const short = [...wanted].flatMap(([sku, lines]) => {
    const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    const isKnown = !priced.problems.some((problem) => problem.sku === sku);
    const here = available.get(sku) ?? 0;
    return isKnown && here < units ? [{ sku, code: 'stock.insufficient' as const, available: here }] : [];
  });
  return {
    price: priced.breakdown,
    problems: [...priced.problems.map(({ sku, code }) => ({ sku, code, available: null })), ...short],
    names: skus.flatMap((sku) => {
      const facts = priced.facts.get(sku);
      return facts === undefined ? [] : [{ sku, name: facts.name, nameEn: facts.nameEn, available: available.get(sku) ?? 0 }];
    }),
  };
}

/**
 * An order taken by staff for a customer: placed like the customer's own, paid by the customer through its link. Refuses what placing
 * refuses, and `customer.not_found`.
 */
export async function placeStaffOrder(
  ctx: Ctx,
  asked: StaffOrder,
  { provider, secret, shopOrigin }: { provider: string; secret: string; shopOrigin: string },
): Promise<{ orderId: string; orderUrl: string }> {
  await checkCustomer(ctx, asked.customerId);
  const token = createHmac('sha256', secret).update(`staff:${randomUUID()}`).digest('base64url');
  const { orderId, number } = await placeOrder(ctx, {
    ...asked,
    channel: storefront.shopChannel,
    location: storefront.shopLocation,
    accessToken: token,
    provider,
  });
  return { orderId, orderUrl: `${shopOrigin}/orders/${number}?token=${encodeURIComponent(token)}` };
}

async function checkCustomer(ctx: Ctx, customerId: string | undefined): Promise<void> {
  if (customerId !== undefined && !(await findCustomers(ctx.tx, [customerId])).has(customerId))
    refuse('customer.not_found', { customerId });
}

/** The store that a sale is made in; a clerk sells in the own one only. Refuses `location.not_found`. */
export async function ownStore(ctx: Ctx, store: string | undefined): Promise<string> {
  const isOthers = ctx.actor.kind === 'staff' && ctx.actor.location !== undefined && ctx.actor.location !== store;
  const { items: locations } = await listLocations(ctx.tx);
  if (store === undefined || isOthers || !locations.some(({ code, kind }) => code === store && kind === 'store'))
    return refuse('location.not_found', { location: store });
  return store;
}
