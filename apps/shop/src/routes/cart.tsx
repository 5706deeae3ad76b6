import { cart as contract } from '@tongshang/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { setCookie, setFlash, takeFlash } from '../http/cookies.ts';
import type { Desk } from '../http/desk.ts';
import { formOf, wantsJson } from '../http/forms.ts';
import { refusalOf, type Refused } from '../http/refusal.ts';
import { cartUrl, checkoutUrl } from '../lib/urls.ts';
import type { NoticeView } from '../parts/notice.tsx';
import { CartPage } from '../pages/cart.tsx';
import type { Site } from '../site.ts';
import type { Cart } from '../views.ts';
import { cart as words } from '../words/cart.ts';
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
    const [categories, cart] = await Promise.all([desk.categories(), call(await desk.who(request, reply), contract.getCart)]);
    rememberCount(reply, cart.units);
    const flash = takeFlash(request, reply, secret);
    return desk.sendOwn(request, reply, { page: <CartPage site={site} view={{ categories, cart, ...wordsOf(site, flash) }} /> });
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
    return reply.redirect(site.href(isBuying && 'reply' in answer ? checkoutUrl : cartUrl), 303);
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

interface Flash {
  added?: boolean;
  refused?: Refused;
  undo?: { sku: string; quantity: number; name: string };
}

function wordsOf(site: Site, flash: Flash): { notice?: NoticeView; undo?: Flash['undo'] } {
  if (flash.undo) return { undo: flash.undo };
  if (flash.added) return { notice: { tone: 'good', text: site.say(product.added) } };
  if (!flash.refused) return {};
  const { code, details } = flash.refused;
  const available = Number(details['available'] ?? 0);
  if (code === 'stock.insufficient' && available > 0)
    return { notice: { tone: 'bad', text: site.say(words.stockShort, { available }) } };
  if (code === 'stock.insufficient') return { notice: { tone: 'bad', text: site.say(words.soldOut) } };
  return { notice: { tone: 'bad', text: site.say(words.notForSale) } };
}
