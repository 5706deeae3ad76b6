import { customers, identity, membership, orders, promotions } from '@tongshang/contract';
import { errorSentence } from '@tongshang/ui/words/errors';
import { parsePhone } from '@tongshang/ui/format/parse';
import type { ErrorCode } from '@tongshang/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addCookie, setFlash, takeFlash } from '../http/cookies.ts';
import type { Desk } from '../http/desk.ts';
import { formOf, queryOf } from '../http/forms.ts';
import { refusalOf } from '../http/refusal.ts';
import { checkPhone } from '../lib/recipient.ts';
import { accountUrl, cartUrl, checkoutUrl, couponsUrl, invoicesUrl, signInUrl, signOutUrl } from '../lib/urls.ts';
import type { NoticeView } from '../parts/notice.tsx';
import { AccountPage } from '../pages/account.tsx';
import { SignInPage, type SignInView } from '../pages/sign-in.tsx';
import type { Site } from '../site.ts';
import { email as emailWords } from '../words/email.ts';
import { account as words } from '../words/orders.ts';
import { inBothLanguages } from './both.ts';
import { rememberCount } from './cart.tsx';
import { showLines } from './orders.tsx';

/** Sign-in by a code sent to the phone, the member's own page, sign-out. */
export function accountRoutes(app: FastifyInstance, desk: Desk): void {
  inBothLanguages(app, 'GET', accountUrl, (request, reply) => showAccount(desk, request, reply));
  inBothLanguages(app, 'POST', `${invoicesUrl}/:id/removal`, async (request, reply) => {
    const { id } = request.params as { id: string };
    const who = await desk.who(request, reply);
    await refusalOf(['invoice_profile.not_found', 'request.invalid'], () =>
      desk.parts.call(who, customers.removeInvoiceProfile, { params: { id } }),
    );
    setFlash(reply, desk.parts.secret, { did: 'invoice_removed' });
    return reply.redirect(desk.siteOf(request).href(accountUrl), 303);
  });
  inBothLanguages(app, 'GET', signInUrl, async (request, reply) => {
    const { actor } = await desk.who(request, reply);
    const next = nextOf(queryOf(request).get('next'));
    if (actor.customerId !== undefined) return reply.redirect(desk.siteOf(request).href(placeOf(next)), 302);
    const flash = takeFlash(request, reply, desk.parts.secret);
    const notice: NoticeView | undefined =
      flash['did'] === 'signed_out' ? { tone: 'good', text: desk.siteOf(request).say(words.signedOut) } : undefined;
    return show(desk, request, reply, { phone: '', isSent: false, next, notice });
  });

  inBothLanguages(app, 'POST', `${signInUrl}/code`, async (request, reply) => {
    const form = formOf(request);
    const site = desk.siteOf(request);
    const given = { phone: form.get('phone') ?? '', next: nextOf(form.get('next')) };
    const phone = parsePhone(given.phone);
    const wrong = checkPhone(given.phone);
    if (phone === undefined || wrong)
      return show(desk, request, reply, { ...given, isSent: false, trouble: wrong && site.say(wrong.word, wrong.values) });
    const who = await desk.who(request, reply);
    const answer = await refusalOf(['request.too_many'], () =>
      desk.parts.call(who, identity.requestPhoneCode, { body: { phone } }),
    );
    const trouble = 'refused' in answer ? sentence(site, 'request.too_many', answer.refused.details) : undefined;
    return show(desk, request, reply, { ...given, phone, isSent: trouble === undefined, trouble });
  });

  inBothLanguages(app, 'POST', signInUrl, async (request, reply) => {
    const form = formOf(request);
    const site = desk.siteOf(request);
    const given = { phone: form.get('phone') ?? '', next: nextOf(form.get('next')), isSent: true };
    const code = (form.get('code') ?? '').normalize('NFKC').replaceAll(/\D/g, '');
    if (code.length !== 6) return show(desk, request, reply, { ...given, trouble: site.say(words.codeMissing) });
    const refused = await atIdentity(app, desk, { request, reply }, identity.auth.signInShopper.path, {
      phone: parsePhone(given.phone),
      code,
    });
    if (refused) return show(desk, request, reply, { ...given, trouble: sentence(site, refused.code, refused.details) });
    return reply.redirect(site.href(placeOf(given.next)), 303);
  });

  inBothLanguages(app, 'POST', signOutUrl, async (request, reply) => {
    await atIdentity(app, desk, { request, reply }, identity.auth.signOutShopper.path, {});
    rememberCount(reply, 0);
    setFlash(reply, desk.parts.secret, { did: 'signed_out' });
    return reply.redirect(desk.siteOf(request).href(signInUrl), 303);
  });
}

const nexts: Readonly<Record<string, string>> = { checkout: checkoutUrl, cart: cartUrl, coupons: couponsUrl };
const nextOf = (text: string | null): string => (text !== null && Object.hasOwn(nexts, text) ? text : '');
const placeOf = (next: string): string => nexts[next] ?? accountUrl;
const sentence = (site: Site, code: ErrorCode, details: Readonly<Record<string, unknown>>): string =>
  errorSentence(code, details, site.language);

async function showAccount(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { call, secret } = desk.parts;
  const site = desk.siteOf(request);
  const who = await desk.who(request, reply);
  if (who.actor.customerId === undefined) return reply.redirect(site.href(signInUrl), 302);
  const after = queryOf(request).get('after') ?? undefined;
  const [categories, profile, mine, addresses, invoices, standing, coupons] = await Promise.all([
    desk.categories(),
    call(who, customers.getProfile),
    call(who, orders.listMyOrders, { query: { after, limit: 10 } }),
    call(who, customers.listAddresses),
    call(who, customers.listInvoiceProfiles),
    call(who, membership.getMyStanding),
    call(who, promotions.listMyCoupons),
  ]);
  const did = takeFlash(request, reply, secret)['did'];
  const said = {
    saved: words.saved,
    removed: words.removed,
    invoice_saved: words.invoiceSaved,
    invoice_removed: words.invoiceRemoved,
    email_proved: emailWords.done,
  }[String(did)];
  const notice: NoticeView | undefined = said && { tone: 'good', text: site.say(said) };
  const pictures = await showLines(desk, { lines: mine.items.flatMap(({ lines }) => lines), substitutions: [] });
  const view = {
    categories,
    profile,
    orders: mine,
    pictures,
    addresses: addresses.items,
    invoices: invoices.items,
    standing,
    usableCoupons: coupons.items.filter(({ state }) => state === 'usable').length,
    notice,
  };
  return desk.sendOwn(request, reply, { page: <AccountPage site={site} view={view} /> });
}

async function show(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  part: Omit<SignInView, 'categories' | 'sandboxCode'>,
): Promise<FastifyReply> {
  const site = desk.siteOf(request);
  const sandboxCode = part.isSent ? await codeOnSandboxPhone(desk, part.phone) : undefined;
  const view = { ...part, categories: await desk.categories(), sandboxCode };
  return desk.sendOwn(request, reply, {
    status: part.trouble === undefined ? 200 : 422,
    page: <SignInPage site={site} view={view} />,
  });
}

/** In the demo no message leaves the house: the newcomer reads the code here. Elsewhere the house refuses and nothing shows. */
async function codeOnSandboxPhone(desk: Desk, text: string): Promise<string | undefined> {
  const phone = parsePhone(text);
  if (phone === undefined) return undefined;
  const answer = await refusalOf(['page.not_found'], () =>
    desk.parts.call({ actor: undefined }, identity.listSandboxMessages, { query: { phone } }),
  );
  return 'reply' in answer ? answer.reply.items[0]?.code : undefined;
}

interface Wire {
  code: ErrorCode;
  details: Readonly<Record<string, unknown>>;
}

/** Speaks to the identity handler of this very app for a browser without scripts, and hands its cookies on. */
async function atIdentity(
  app: FastifyInstance,
  desk: Desk,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  path: string,
  body: object,
): Promise<Wire | undefined> {
  const answer = await app.inject({
    method: 'POST',
    url: `/api${path}`,
    headers: {
      origin: desk.parts.origin,
      host: request.headers.host ?? '',
      cookie: request.headers.cookie ?? '',
      'content-type': 'application/json',
      'x-forwarded-for': request.ip,
    },
    payload: JSON.stringify(body),
    remoteAddress: '127.0.0.1',
  });
  for (const line of [answer.headers['set-cookie'] ?? []].flat()) addCookie(reply, line);
  if (answer.statusCode < 400) return undefined;
  const problem = answer.json<Partial<Wire>>();
  return { code: problem.code ?? 'server.busy', details: problem.details ?? {} };
}
