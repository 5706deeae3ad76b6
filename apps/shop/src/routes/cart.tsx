import { cart as contract, promotions } from '@tongshang/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setCookie, setFlash, takeFlash } from '../http/cookies.ts';
import type { Desk } from '../http/desk.ts';
import { formOf, wantsJson } from '../http/forms.ts';
import { refusalOf, type Refused } from '../http/refusal.ts';
import { missReasons } from '@tongshang/ui/words/promotion-terms';
import { outcomeOf, plainCode } from '../lib/explain.ts';
import { type TermsWish, wishOf } from '../lib/terms.ts';
import { cartUrl, checkoutUrl, startCheckoutUrl, termsUrl } from '../lib/urls.ts';
import type { NoticeView } from '../parts/notice.tsx';
import type { Savings } from '../parts/savings.tsx';
import { CartPage } from '../pages/cart.tsx';
import type { Site } from '../site.ts';
import type { Cart, Missed, MyCoupon } from '../views.ts';
import { cart as words } from '../words/cart.ts';
import { offers } from '../words/offers.ts';
import { product } from '../words/product.ts';
import { inBothLanguages } from './both.ts';

const expected = ['stock.insufficient', 'sku.not_for_sale', 'sku.not_found', 'price.missing', 'cart.line_not_found'];

const monthSeconds = 30 * 86_400;
/** The number in the header: read by a script, so that pages stay the same for everybody. */
export const rememberCount = (reply: FastifyReply, units: number): void =>
  setCookie(reply, 'ts_count', String(units), { maxAgeSeconds: monthSeconds, isVisible: true });

/** The cart: every change is a plain form that ends with the cart again; scripts get figures instead. */
export function cartRoutes(app: FastifyInstance, desk: Desk): void {
  const { call, secret } = desk.parts;

  inBothLanguages(app, 'GET', cartUrl, async (request, reply) => {
    const site = desk.siteOf(request);
    const [categories, savings] = await Promise.all([desk.categories(), savingsOf(desk, request, reply, 'cart')]);
    rememberCount(reply, savings.cart.units);
    const flash: Flash = takeFlash(request, reply, secret);
    const trouble = flash.wished && wishTrouble(site, flash.wished);
    const options = await call(await desk.who(request, reply), contract.getDeliveryOptions, {});
    const view = {
      categories,
      arrivesOn: options.promisedOn,
      savings: { ...savings, trouble },
      ...(trouble ? {} : wordsOf(site, flash)),
    };
    return desk.sendOwn(request, reply, { page: <CartPage site={site} view={view} /> });
  });

  inBothLanguages(app, 'POST', '/cart/lines', async (request, reply) => {
    const form = formOf(request);
    const body = { sku: form.get('sku') ?? '', quantity: quantityOf(form.get('quantity')) };
    const who = await desk.who(request, reply);
    const answer = await refusalOf(expected, () => call(who, contract.addToCart, { body }));
    const isBuying = form.get('next') === 'checkout';
    if ('reply' in answer) rememberCount(reply, answer.reply.units);
    if (wantsJson(request)) return sendFigures(reply, answer, body.sku);
    const site = desk.siteOf(request);
    setFlash(reply, secret, 'refused' in answer ? { refused: answer.refused } : form.get('next') === null ? { added: true } : {});
    if (isBuying && 'reply' in answer) return startCheckout(desk, request, reply);
    return reply.redirect(site.href(cartUrl), 303);
  });

  inBothLanguages(app, 'POST', startCheckoutUrl, (request, reply) => startCheckout(desk, request, reply));

  inBothLanguages(app, 'POST', termsUrl, async (request, reply) => {
    const who = await desk.who(request, reply);
    const wish = wishOf(formOf(request), await call(who, contract.getCart));
    if (wish) setFlash(reply, secret, { wished: await grant(desk, who, wish) });
    return reply.redirect(desk.siteOf(request).href(cartUrl), 303);
  });

  inBothLanguages(app, 'POST', '/cart/lines/:sku', async (request, reply) => {
    const { sku } = request.params as { sku: string };
    const body = { quantity: quantityOf(formOf(request).get('quantity')) };
    const who = await desk.who(request, reply);
    const answer = await refusalOf(expected, () => call(who, contract.putCartLine, { params: { sku }, body }));
    if ('reply' in answer) rememberCount(reply, answer.reply.units);
    else setFlash(reply, secret, { refused: answer.refused });
    return reply.redirect(desk.siteOf(request).href(cartUrl), 303);
  });

  inBothLanguages(app, 'POST', '/cart/lines/:sku/removal', async (request, reply) => {
    const { sku } = request.params as { sku: string };
    const site = desk.siteOf(request);
    const who = await desk.who(request, reply);
    const before = await call(who, contract.getCart);
    const line = before.lines.find((one) => one.sku === sku);
    const answer = await refusalOf(expected, () => call(who, contract.removeCartLine, { params: { sku } }));
    if ('reply' in answer) rememberCount(reply, answer.reply.units);
    if (line !== undefined) setFlash(reply, secret, { undo: { sku, quantity: line.quantity, name: site.nameOf(line) } });
    return reply.redirect(site.href(cartUrl), 303);
  });
}

/** What is typed as a quantity: at least one, at most what a cart line holds. */
const quantityOf = (text: string | null): number =>
  Math.min(999, Math.max(1, Math.round(Number(text?.normalize('NFKC') ?? 1)) || 1));

function sendFigures(reply: FastifyReply, answer: { reply: Cart } | { refused: Refused }, sku: string): FastifyReply {
  reply.header('cache-control', 'no-store');
  if ('refused' in answer) return reply.status(409).send({ code: answer.refused.code, details: answer.refused.details });
  const line = answer.reply.lines.find((one) => one.sku === sku);
  const isShort = line !== undefined && line.notices.includes('stock_short');
  return reply.send({
    count: answer.reply.units,
    totalFen: answer.reply.goodsFen,
    ...(isShort && { available: line.available }),
  });
}

/** Keeps the units while the buyer fills in the form; when that is no longer possible the checkout page says so. */
async function startCheckout(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { call, secret } = desk.parts;
  const site = desk.siteOf(request);
  const who = await desk.who(request, reply);
  const { hold } = await call(who, contract.getCart);
  // going to checkout again is no renewal: those are few
  if (hold !== null && Date.parse(hold.expiresAt) > site.now.getTime()) return reply.redirect(site.href(checkoutUrl), 303);
  const answer = await refusalOf(['cart.empty', 'stock.insufficient', 'cart.hold_exhausted'], () => call(who, contract.holdCart));
  if ('reply' in answer || answer.refused.code === 'cart.hold_exhausted') return reply.redirect(site.href(checkoutUrl), 303);
  setFlash(reply, secret, { refused: answer.refused });
  return reply.redirect(site.href(cartUrl), 303);
}

type Who = Awaited<ReturnType<Desk['who']>>;

/** The cart with the coupons that its owner has. */
export async function savingsOf(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  next: Savings['next'],
): Promise<Savings> {
  const { call } = desk.parts;
  const who = await desk.who(request, reply);
  const isMember = who.actor.customerId !== undefined;
  const [cart, coupons] = await Promise.all([
    call(who, contract.getCart),
    isMember ? call(who, promotions.listMyCoupons).then(({ items }): MyCoupon[] => items) : [],
  ]);
  return { cart, isMember, next, coupons: coupons.filter(({ state }) => state === 'usable') };
}

/** What became of a wish: the code that it was about, and why it gives nothing. */
export interface Wished {
  code?: string | undefined;
  reason?: Missed['reason'] | 'empty' | undefined;
}

/** Reasons that nothing put into the cart can mend: such a code is told and not kept. */
const hopeless: readonly Missed['reason'][] = [
  'unknown_code',
  'expired',
  'used_up',
  'limit_reached',
  'not_for_customer',
  'not_for_channel',
];

/** Changes the cart's terms; a code that can never give anything is taken out again. */
export async function grant({ parts: { call } }: Desk, who: Who, wish: TermsWish): Promise<Wished> {
  if ('trouble' in wish) return { reason: 'empty' };
  const { code, change } = wish;
  const cart = await call(who, contract.setCartTerms, { body: change });
  const outcome = code === undefined ? undefined : outcomeOf(cart, code);
  if (code === undefined || outcome === undefined || 'applied' in outcome) return { code };
  const { reason } = outcome.missed;
  if (hopeless.includes(reason)) {
    const couponCodes = cart.terms.couponCodes.filter((one) => plainCode(one) !== plainCode(code));
    await call(who, contract.setCartTerms, { body: { couponCodes } });
  }
  return { code, reason };
}

/** Why a code that was just sent gives nothing; undefined when it does give something. */
export function wishTrouble(site: Site, { code = '', reason }: Wished): Savings['trouble'] {
  if (reason === undefined) return undefined;
  if (reason === 'empty') return { code, text: site.say(offers.couponEmpty) };
  return { code: '', text: site.say(offers.couponNothing, { code, reason: site.say(missReasons[reason]) }) };
}

interface Flash {
  wished?: Wished;
  /** Units and names of a repeated order that are not sold now. */
  again?: { units: number; missing: readonly { name: string; nameEn: string }[] };
  added?: boolean;
  refused?: Refused;
  undo?: { sku: string; quantity: number; name: string };
}

function wordsOf(site: Site, flash: Flash): { notice?: NoticeView; undo?: Flash['undo'] } {
  if (flash.undo) return { undo: flash.undo };
  if (flash.added) return { notice: { tone: 'good', text: site.say(product.added) } };
  if (flash.wished) return { notice: { tone: 'good', text: wishWords(site, flash.wished) } };
  if (flash.again) return { notice: againWords(site, flash.again) };
  if (!flash.refused) return {};
  const { code, details } = flash.refused;
  const available = Number(details['available'] ?? 0);
  if (code === 'stock.insufficient' && available > 0)
    return { notice: { tone: 'bad', text: site.say(words.stockShort, { available }) } };
  if (code === 'stock.insufficient') return { notice: { tone: 'bad', text: site.say(words.soldOut) } };
  return { notice: { tone: 'bad', text: site.say(words.notForSale) } };
}

function againWords(site: Site, { units, missing }: NonNullable<Flash['again']>): NoticeView {
  const names = missing.map(site.nameOf).join(site.say(words.listComma));
  if (missing.length === 0) return { tone: 'good', text: site.say(words.againAll, { count: units }) };
  return units === 0
    ? { tone: 'bad', text: site.say(words.againNone, { names }) }
    : { tone: 'ask', text: site.say(words.againSome, { count: units, names }) };
}

export const wishWords = (site: Site, { code }: Wished): string =>
  code === undefined ? site.say(offers.termsSaved) : site.say(offers.couponTaken, { code });
