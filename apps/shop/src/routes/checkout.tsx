import { randomUUID } from 'node:crypto';
import { cart as cartContract, customers } from '@tongshang/contract';
import { parsePhone } from '@tongshang/ui/format/parse';
import { formatMoney } from '@tongshang/ui/format/money';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setFlash } from '../http/cookies.ts';
import type { Desk } from '../http/desk.ts';
import { formOf, queryOf } from '../http/forms.ts';
import { refusalOf, type Refused } from '../http/refusal.ts';
import {
  checkRecipient,
  emptyRecipient,
  parseWholeAddress,
  readRecipient,
  type RecipientForm,
  type Troubles,
} from '../lib/recipient.ts';
import { findProvince, provinceAtStart } from '../lib/provinces.ts';
import { cartUrl, checkoutUrl, paidUrl } from '../lib/urls.ts';
import type { NoticeView } from '../parts/notice.tsx';
import { CheckoutPage } from '../pages/checkout.tsx';
import type { Site } from '../site.ts';
import type { Address, Cart } from '../views.ts';
import { checkout as words } from '../words/cart.ts';
import { inBothLanguages } from './both.ts';
import { rememberCount } from './cart.tsx';

/** Refusals that the buyer is asked about; nothing was charged. */
const asked = [
  'cart.empty',
  'cart.changed',
  'price.changed',
  'price.missing',
  'stock.insufficient',
  'sku.not_found',
  'sku.not_for_sale',
  'request.invalid',
];

interface Shown {
  form: RecipientForm;
  troubles?: Troubles;
  notice?: NoticeView | undefined;
  whole?: string;
  key?: string;
  status?: number;
}

/** One page from cart to payment; a guest needs no account, and what was typed is never lost. */
export function checkoutRoutes(app: FastifyInstance, desk: Desk): void {
  inBothLanguages(app, 'GET', checkoutUrl, async (request, reply) => {
    const { addresses } = await memberOf(desk, request, reply);
    const chosen = addresses.find((one) => one.id === queryOf(request).get('address')) ?? addresses[0];
    return show(desk, request, reply, { form: chosen ? formFrom(chosen) : emptyRecipient });
  });

  inBothLanguages(app, 'POST', checkoutUrl, async (request, reply) => {
    const input = formOf(request);
    const site = desk.siteOf(request);
    const form = readRecipient(input);
    const key = keyOf(input.get('key'));
    if (input.get('do') === 'paste') return show(desk, request, reply, { ...pasted(site, form, input.get('whole') ?? ''), key });

    const troubles = checkRecipient(form);
    if (Object.keys(troubles).length > 0) return show(desk, request, reply, { form, troubles, key, status: 422 });

    const who = await desk.who(request, reply);
    const seenTotalFen = Number(input.get('total'));
    const answer = await refusalOf(asked, () =>
      desk.parts.call(who, cartContract.checkout, {
        idempotencyKey: key,
        body: {
          version: Number(input.get('version')),
          expectedTotalFen: seenTotalFen,
          recipient: {
            name: form.name,
            phone: parsePhone(form.phone) ?? form.phone,
            region: `${form.province} ${form.city}`,
            address: form.detail,
          },
          ...(form.note !== '' && { note: form.note }),
        },
      }),
    );
    if ('refused' in answer) return ask(desk, request, reply, { refused: answer.refused, form, seenTotalFen });
    const { number, token, payUrl } = answer.reply;
    rememberCount(reply, 0);
    return reply.redirect(payUrl === null ? site.href(paidUrl(number, token)) : inLanguage(payUrl, site), 303);
  });
}

/** Tells the house's pay address which language to go on in. */
export const inLanguage = (payUrl: string, site: Site): string =>
  `${payUrl}${payUrl.includes('?') ? '&' : '?'}language=${site.language}`;

const keyOf = (text: string | null): string => (text !== null && /^[\w-]{8,64}$/.test(text) ? text : randomUUID());

async function memberOf(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ addresses: readonly Address[]; isMember: boolean }> {
  const who = await desk.who(request, reply);
  if (who.actor.customerId === undefined) return { addresses: [], isMember: false };
  return { addresses: (await desk.parts.call(who, customers.listAddresses)).items, isMember: true };
}

/** A saved address as the form has it: province apart from city. */
function formFrom(address: Address): RecipientForm {
  const start = provinceAtStart(address.region);
  const [first = '', ...rest] = address.region.split(/\s+/);
  const isApart = findProvince(first) !== undefined;
  const city = isApart ? rest.join(' ') : address.region.slice(start?.length ?? 0).trim();
  return {
    ...emptyRecipient,
    name: address.name,
    phone: address.phone,
    province: start?.province.name ?? '',
    city,
    detail: address.detail,
  };
}

function pasted(site: Site, form: RecipientForm, whole: string): Shown {
  const found = parseWholeAddress(whole);
  const isAll = ['name', 'phone', 'province', 'city', 'detail'].every((field) => field in found);
  const notice: NoticeView = { tone: isAll ? 'good' : 'ask', text: site.say(isAll ? words.pasteDone : words.pasteFailed) };
  return { form: { ...form, ...found }, notice, whole: isAll ? '' : whole };
}

async function show(desk: Desk, request: FastifyRequest, reply: FastifyReply, shown: Shown): Promise<FastifyReply> {
  const site = desk.siteOf(request);
  const who = await desk.who(request, reply);
  const [cart, member] = await Promise.all([desk.parts.call(who, cartContract.getCart), memberOf(desk, request, reply)]);
  if (cart.lines.length === 0 || !cart.isReady) return reply.redirect(site.href(cartUrl), 303);
  const { form, troubles = {}, notice, whole = '', key = randomUUID(), status = 200 } = shown;
  const view = { categories: [], cart, form, troubles, notice, whole, key, ...member };
  return desk.sendOwn(request, reply, { status, page: <CheckoutPage site={site} view={view} />, paysOutside: true });
}

/** The house would not charge what was shown: says what changed and asks again, with everything kept. */
async function ask(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  { refused, form, seenTotalFen }: { refused: Refused; form: RecipientForm; seenTotalFen: number },
): Promise<FastifyReply> {
  const site = desk.siteOf(request);
  const cart: Cart = await desk.parts.call(await desk.who(request, reply), cartContract.getCart);
  rememberCount(reply, cart.units);
  if (!cart.isReady) {
    setFlash(reply, desk.parts.secret, { refused });
    return reply.redirect(site.href(cartUrl), 303);
  }
  const isPrice = cart.totalFen !== seenTotalFen;
  const text = isPrice
    ? site.say(words.priceAsk, { from: formatMoney(seenTotalFen), to: formatMoney(cart.totalFen) })
    : site.say(refused.code === 'stock.insufficient' ? words.stockAsk : words.cartAsk);
  return show(desk, request, reply, { form, notice: { tone: 'ask', text }, status: 409 });
}
