import { randomUUID } from 'node:crypto';
import { cart as cartContract, customers } from '@tongshang/contract';
import { formatMoney } from '@tongshang/ui/format/money';
import { parsePhone } from '@tongshang/ui/format/parse';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setFlash } from '../http/cookies.ts';
import type { Desk } from '../http/desk.ts';
import { formOf, queryOf } from '../http/forms.ts';
import { refusalOf, type Refused } from '../http/refusal.ts';
import { type AllPlaces, checkCheckout, type CheckoutForm, emptyCheckout, readCheckout } from '../lib/checkout-form.ts';
import { choiceOf } from '../lib/divisions.ts';
import { checkInvoice, invoiceFrom } from '../lib/invoice.ts';
import { parcelFrom, parcelsMax, unitsOf } from '../lib/parcels.ts';
import { emptyRecipient, formFrom, toRecipient, type Troubles } from '../lib/recipient.ts';
import type { Word } from '../lib/say.ts';
import { wishOf } from '../lib/terms.ts';
import { cartUrl, checkoutUrl, paidUrl } from '../lib/urls.ts';
import type { NoticeView } from '../parts/notice.tsx';
import { type Charge, CheckoutPage, type CheckoutView } from '../pages/checkout.tsx';
import type { Site } from '../site.ts';
import type { Address, Cart, InvoiceProfile } from '../views.ts';
import { checkout as words } from '../words/checkout.ts';
import { inBothLanguages } from './both.ts';
import { grant, rememberCount, savingsOf, type Wished, wishTrouble, wishWords } from './cart.tsx';

/** Refusals that the buyer is asked about; nothing was charged. */
const asked = [
  'cart.empty',
  'cart.changed',
  'cart.parcels_wrong',
  'price.changed',
  'price.missing',
  'stock.insufficient',
  'sku.not_found',
  'sku.not_for_sale',
  'location.not_found',
  'promotion.used_up',
  'points.insufficient',
  'request.invalid',
];

interface Shown {
  form: CheckoutForm;
  troubles?: Troubles;
  notice?: NoticeView | undefined;
  key?: string;
  status?: number;
  /** What became of a coupon or points just asked for. */
  wished?: Wished | undefined;
  /** What the house said it would charge. */
  total?: Charge | undefined;
}

interface Exchange {
  desk: Desk;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** One page from cart to payment; a guest needs no account, and what was typed is never lost. */
export function checkoutRoutes(app: FastifyInstance, desk: Desk): void {
  inBothLanguages(app, 'GET', checkoutUrl, async (request, reply) => {
    const { addresses } = await memberOf({ desk, request, reply });
    const chosen = addresses.find((one) => one.id === queryOf(request).get('address')) ?? addresses[0];
    const recipient = chosen ? formFrom(chosen) : emptyRecipient;
    const { delivery } = await desk.parts.call(await desk.who(request, reply), cartContract.getCart);
    const parcels = delivery.parcels.map(parcelFrom);
    const form = { ...emptyCheckout, recipient, parcels, pickupAt: delivery.pickupAt ?? '' };
    return show({ desk, request, reply }, { form });
  });

  inBothLanguages(app, 'POST', checkoutUrl, async (request, reply) => {
    const input = formOf(request);
    const form = readCheckout(input);
    const key = keyOf(input.get('key'));
    const exchange = { desk, request, reply };
    const changed = await changeForm(exchange, form, input);
    if (changed === undefined) return pay(exchange, form, key);
    await planned(exchange, changed.form);
    return show(exchange, { ...changed, key });
  });

  inBothLanguages(app, 'GET', '/divisions', async (request, reply) => {
    const parent = queryOf(request).get('parent') ?? undefined;
    const items = parent === undefined || /^\d{6}$/.test(parent) ? await desk.divisions(parent) : [];
    return reply.header('cache-control', 'public, max-age=86400').send({ items });
  });
}

/** Every button but the one that pays: the form comes back with what was asked for. Undefined when it is to be paid. */
async function changeForm(exchange: Exchange, form: CheckoutForm, input: URLSearchParams): Promise<Shown | undefined> {
  const { desk, request, reply } = exchange;
  const [act = '', id = ''] = (input.get('do') ?? '').split(':');
  switch (act) {
    case 'paste':
      return pasted(exchange, form);
    case 'divisions':
    case 'amounts':
      return { form };
    case 'parcel-add':
      return {
        form: {
          ...form,
          parcels: [...form.parcels, { recipient: emptyRecipient, units: new Map<string, string>() }].slice(0, parcelsMax),
        },
      };
    case 'parcel-drop':
      return { form: { ...form, parcels: form.parcels.filter((_, index) => String(index) !== id) } };
    case 'address': {
      const { addresses } = await memberOf(exchange);
      const chosen = addresses.find((one) => one.id === id);
      return { form: { ...form, recipient: chosen ? formFrom(chosen) : emptyRecipient } };
    }
    case 'invoice': {
      const { invoices } = await memberOf(exchange);
      const chosen = invoices.find((one) => one.id === id);
      return { form: { ...form, invoice: chosen ? invoiceFrom(chosen.data) : form.invoice } };
    }
    case 'hold':
      return { form, notice: await keepUnits(exchange) };
    default: {
      const who = await desk.who(request, reply);
      const { call } = desk.parts;
      const isCodeByEnter = act === '' && (input.get('code') ?? '').trim() !== '';
      if (act === 'pay' || (act === '' && !isCodeByEnter)) return undefined;
      if (isCodeByEnter) input.set('do', 'code');
      const wish = wishOf(input, await call(who, cartContract.getCart));
      if (wish === undefined) return undefined;
      const wished = await grant(desk, who, wish);
      return { form, wished, notice: { tone: 'good', text: wishWords(desk.siteOf(request), wished) } };
    }
  }
}

async function keepUnits({ desk, request, reply }: Exchange): Promise<NoticeView | undefined> {
  const who = await desk.who(request, reply);
  const answer = await refusalOf(['cart.empty', 'stock.insufficient', 'cart.hold_exhausted'], () =>
    desk.parts.call(who, cartContract.holdCart),
  );
  if ('reply' in answer) return undefined;
  const site = desk.siteOf(request);
  const isExhausted = answer.refused.code === 'cart.hold_exhausted';
  return { tone: 'ask', text: site.say(isExhausted ? words.holdExhausted : words.stockAsk) };
}

async function pasted({ desk, request, reply }: Exchange, form: CheckoutForm): Promise<Shown> {
  const site = desk.siteOf(request);
  const filled = await recognise({ desk, request, reply }, form.whole, form.recipient);
  const notice: NoticeView = {
    tone: filled.isAll ? 'good' : 'ask',
    text: site.say(filled.isAll ? words.pasteDone : words.pasteFailed),
  };
  return { form: { ...form, recipient: filled.form, whole: filled.isAll ? '' : form.whole }, notice };
}

/** A pasted address taken apart by the house; what it did not recognise stays as it was typed. */
export async function recognise(
  { desk, request, reply }: Exchange,
  text: string,
  form: CheckoutForm['recipient'],
): Promise<{ form: CheckoutForm['recipient']; isAll: boolean }> {
  if (text.trim() === '') return { form, isAll: false };
  const who = await desk.who(request, reply);
  const found = await desk.parts.call(who, customers.recogniseAddress, { body: { text: text.trim().slice(0, 500) } });
  const choice = found.districtCode === null ? {} : choiceOf(found.districtCode);
  return {
    form: {
      ...form,
      ...choice,
      ...(found.name !== null && { name: found.name }),
      ...(found.phone !== null && { phone: found.phone }),
      ...(found.detail !== '' && { detail: found.detail }),
    },
    isAll: found.name !== null && found.phone !== null && found.districtCode !== null && found.detail !== '',
  };
}

async function pay(exchange: Exchange, form: CheckoutForm, key: string): Promise<FastifyReply> {
  const { desk, request, reply } = exchange;
  const { call } = desk.parts;
  const site = desk.siteOf(request);
  const input = formOf(request);
  const who = await desk.who(request, reply);
  const [cart, places] = await Promise.all([call(who, cartContract.getCart), placesOf(desk, form)]);
  const troubles = checkCheckout(form, places, cart);
  if (Object.keys(troubles).length > 0) return show(exchange, { form, troubles, key, status: 422 });

  const seenTotalFen = Number(input.get('total'));
  const invoice = checkInvoice(form.invoice);
  const options = await optionsOf(exchange, form, places);
  const store = options.places.find(({ location }) => location === form.pickupAt);
  const parcels = form.parcels.map((parcel, index) => ({
    recipient: toRecipient(parcel.recipient, places.parcels[index] ?? places.recipient),
    lines: unitsOf(parcel),
  }));
  // a second press finds the cart emptied by the first: it is sent on as it came, and answered with the same order
  const isSame = cart.version === Number(input.get('version'));
  const now = isSame ? await planned(exchange, form) : undefined;
  if (now !== undefined && now.totalFen !== seenTotalFen)
    return ask(exchange, { refused: { code: 'price.changed', details: {} }, form, seenTotalFen, before: cart });
  const answer = await refusalOf(asked, () =>
    call(who, cartContract.checkout, {
      idempotencyKey: key,
      body: {
        version: Number(input.get('version')),
        expectedTotalFen: seenTotalFen,
        ...(store === undefined
          ? { recipient: toRecipient(form.recipient, places.recipient), ...dayOf(form, options) }
          : { recipient: atStore(form, store), pickupAt: store.location }),
        ...(parcels.length > 0 && store === undefined && { parcels }),
        ...('invoice' in invoice && invoice.invoice && { invoice: invoice.invoice }),
        ...(form.note !== '' && { note: form.note }),
      },
    }),
  );
  if ('refused' in answer) return ask(exchange, { refused: answer.refused, form, seenTotalFen, before: now ?? cart });
  const { number, token, payUrl } = answer.reply;
  rememberCount(reply, 0);
  await keepForNextTime(exchange, form, places, key);
  return reply.redirect(payUrl === null ? site.href(paidUrl(number, token)) : inLanguage(payUrl, site), 303);
}

type Options = CheckoutView['options'];

/** By when it would be there, as far as the place is known, and the stores where it may be collected. */
async function optionsOf({ desk, request, reply }: Exchange, form: CheckoutForm, places: AllPlaces): Promise<Options> {
  const who = await desk.who(request, reply);
  const { region } = toRecipient(form.recipient, places.recipient);
  return desk.parts.call(who, cartContract.getDeliveryOptions, { query: region.trim() === '' ? {} : { region } });
}

/** The day that was shown goes with the order: what was promised is what counts. */
const dayOf = ({ day }: CheckoutForm, { promisedOn }: Options): { promisedOn?: string } =>
  promisedOn === null ? {} : { promisedOn: day > promisedOn ? day : promisedOn };

const atStore = ({ recipient }: CheckoutForm, store: Options['places'][number]) => ({
  name: recipient.name,
  phone: parsePhone(recipient.phone) ?? recipient.phone,
  region: store.name,
  address: store.address === '' ? store.location : store.address,
});

/** Tells the house where the lines go and whose limits count, so that every amount shown is the one charged. */
async function planned({ desk, request, reply }: Exchange, form: CheckoutForm): Promise<Cart | undefined> {
  const who = await desk.who(request, reply);
  const phone = parsePhone(form.recipient.phone);
  const parcels = form.parcels.map((parcel) => ({ lines: unitsOf(parcel) }));
  const pickupAt = form.pickupAt === '' || form.pickupAt === 'unknown' ? null : form.pickupAt;
  const body = { parcels: parcels.filter(({ lines }) => lines.length > 0), pickupAt, ...(phone !== undefined && { phone }) };
  const answer = await refusalOf(['cart.parcels_wrong', 'location.not_found'], () =>
    desk.parts.call(who, cartContract.planDelivery, { body }),
  );
  return 'reply' in answer ? answer.reply : undefined;
}

/** The address and the invoice title that the buyer asked to keep; the order stands whether or not there is room for them. */
async function keepForNextTime(
  { desk, request, reply }: Exchange,
  form: CheckoutForm,
  places: AllPlaces,
  key: string,
): Promise<void> {
  const who = await desk.who(request, reply);
  if (who.actor.customerId === undefined) return;
  const { call } = desk.parts;
  if (form.keeps.address) {
    const { address, ...recipient } = toRecipient(form.recipient, places.recipient);
    const body = { ...recipient, detail: address, isDefault: false };
    await refusalOf(['address.too_many', 'address.district_unknown'], () =>
      call(who, customers.addAddress, { body, idempotencyKey: `${key}-address` }),
    );
  }
  const invoice = checkInvoice(form.invoice);
  if (form.keeps.invoice && 'invoice' in invoice && invoice.invoice) {
    const body = { data: invoice.invoice };
    await refusalOf(['invoice_profile.too_many', 'request.invalid'], () =>
      call(who, customers.addInvoiceProfile, { body, idempotencyKey: `${key}-invoice` }),
    );
  }
}

/** Tells the house's pay address which language to go on in. */
export const inLanguage = (payUrl: string, site: Site): string =>
  `${payUrl}${payUrl.includes('?') ? '&' : '?'}language=${site.language}`;

const keyOf = (text: string | null): string => (text !== null && /^[\w-]{8,64}$/.test(text) ? text : randomUUID());

interface Member {
  addresses: readonly Address[];
  invoices: readonly InvoiceProfile[];
}

async function memberOf({ desk, request, reply }: Exchange): Promise<Member> {
  const who = await desk.who(request, reply);
  if (who.actor.customerId === undefined) return { addresses: [], invoices: [] };
  const [addresses, invoices] = await Promise.all([
    desk.parts.call(who, customers.listAddresses),
    desk.parts.call(who, customers.listInvoiceProfiles),
  ]);
  return { addresses: addresses.items, invoices: invoices.items };
}

const placesOf = async (desk: Desk, form: CheckoutForm): Promise<AllPlaces> => ({
  recipient: await desk.places(form.recipient),
  parcels: await Promise.all(form.parcels.map(({ recipient }) => desk.places(recipient))),
});

async function show(exchange: Exchange, shown: Shown): Promise<FastifyReply> {
  const { desk, request, reply } = exchange;
  const site = desk.siteOf(request);
  const { form, troubles = {}, notice, key = randomUUID(), status = 200 } = shown;
  const [savings, member, places] = await Promise.all([
    savingsOf(desk, request, reply, 'checkout'),
    memberOf(exchange),
    placesOf(desk, form),
  ]);
  const { cart, isMember } = savings;
  if (cart.lines.length === 0 || !cart.isReady) return reply.redirect(site.href(cartUrl), 303);
  const options = await optionsOf(exchange, form, places);
  const trouble = shown.wished && wishTrouble(site, shown.wished);
  const { total = chargeOf(cart) } = shown;
  const view: CheckoutView = {
    savings: { ...savings, trouble },
    form,
    places,
    troubles,
    notice: trouble ? undefined : notice,
    key,
    isMember,
    options,
    total,
    ...member,
  };
  return desk.sendOwn(request, reply, { status, page: <CheckoutPage site={site} view={view} />, paysOutside: true });
}

interface Asked {
  refused: Refused;
  form: CheckoutForm;
  seenTotalFen: number;
  /** The cart before the amounts were looked at once more. */
  before: Cart;
}

/** The house would not charge what was shown: says what changed and asks again, with everything kept. */
async function ask(exchange: Exchange, { refused, form, seenTotalFen, before }: Asked): Promise<FastifyReply> {
  const { desk, request, reply } = exchange;
  const site = desk.siteOf(request);
  const cart: Cart = await desk.parts.call(await desk.who(request, reply), cartContract.getCart);
  rememberCount(reply, cart.units);
  if (!cart.isReady) {
    setFlash(reply, desk.parts.secret, { refused });
    return reply.redirect(site.href(cartUrl), 303);
  }
  const total = chargedOf(refused) ?? chargeOf(cart);
  const amounts = { from: formatMoney(seenTotalFen), to: formatMoney(total.totalFen) };
  const isSame = total.totalFen === seenTotalFen;
  const word = isSame ? (sentences[refused.code] ?? words.cartAsk) : changeWord(refused, { cart: before, total, seenTotalFen });
  return show(exchange, { form, notice: { tone: 'ask', text: site.say(word, amounts) }, status: 409, total });
}

const sentences: Readonly<Record<string, Word>> = {
  'stock.insufficient': words.stockAsk,
  'points.insufficient': words.pointsAsk,
  'cart.parcels_wrong': words.parcelsWrong,
};

/** Why the amount is another one, as far as it can be told. */
function changeWord({ code }: Refused, { cart, total, seenTotalFen }: { cart: Cart; total: Charge; seenTotalFen: number }): Word {
  if (code === 'promotion.used_up') return words.offerAsk;
  // the cart still says what was seen, only this phone gets less: it has had its share of a limited offer
  const isLimit = cart.totalFen === seenTotalFen && total.discountFen < cart.discountFen;
  return isLimit ? words.limitAsk : total.freightFen > cart.freightFen ? words.freightAsk : words.priceAsk;
}

const chargeOf = ({ goodsFen, discountFen, freightFen, taxFen, totalFen }: Charge): Charge => ({
  goodsFen,
  discountFen,
  freightFen,
  taxFen,
  totalFen,
});

/** What the house would charge now, from its refusal: the phone counts for limits, each parcel for freight. */
function chargedOf({ code, details }: Refused): Charge | undefined {
  const charge = chargeOf(details as unknown as Charge);
  return code === 'price.changed' && Object.values(charge).every(Number.isInteger) ? charge : undefined;
}
