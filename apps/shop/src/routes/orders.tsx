import { randomUUID } from 'node:crypto';
import { orders, payments, storefront } from '@tongshang/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setFlash, takeFlash } from '../http/cookies.ts';
import type { Desk } from '../http/desk.ts';
import { formOf, queryOf } from '../http/forms.ts';
import { refusalOf } from '../http/refusal.ts';
import { callOffs } from '../lib/refund.ts';
import { cartUrl, orderUrl, paidUrl } from '../lib/urls.ts';
import type { NoticeView } from '../parts/notice.tsx';
import { CallOffPage } from '../pages/call-off.tsx';
import { OrderPage } from '../pages/order.tsx';
import { orderSkus } from '../pages/order-lines.tsx';
import { PaidPage } from '../pages/paid.tsx';
import type { Site } from '../site.ts';
import type { Order, ShownSku } from '../views.ts';
import { orders as words } from '../words/orders.ts';
import { inBothLanguages } from './both.ts';
import { notFound } from './browse.tsx';
import { inLanguage } from './checkout.tsx';

interface Found {
  number: string;
  token: string | undefined;
  order: Order | undefined;
}

/** The guest's key to the order, from its link or form. */
export const tokenIn = (values: URLSearchParams): string | undefined => values.get('token')?.slice(0, 200) || undefined;

/** An order as its buyer sees it: by session, or by the link that a guest keeps. */
export function orderRoutes(app: FastifyInstance, desk: Desk): void {
  const { call, secret } = desk.parts;

  const find = async (request: FastifyRequest, reply: FastifyReply, token: string | undefined): Promise<Found> => {
    const { number } = request.params as { number: string };
    const answer = await refusalOf(['order.not_found', 'request.invalid'], async () =>
      call(await desk.who(request, reply), orders.getMyOrder, { params: { number }, query: { token } }),
    );
    return { number, token, order: 'reply' in answer ? answer.reply : undefined };
  };

  const showWith = (Page: typeof OrderPage) => async (request: FastifyRequest, reply: FastifyReply) => {
    const site = desk.siteOf(request);
    const [categories, { order, token }] = await Promise.all([
      desk.categories(),
      find(request, reply, tokenIn(queryOf(request))),
    ]);
    if (order === undefined) return desk.sendOwn(request, reply, notFound(site, categories));
    const notice = noticeOf(site, takeFlash(request, reply, secret)['did']);
    const pictures = await showLines(desk, order);
    const view = { categories, order, token, key: randomUUID(), pictures, notice };
    return desk.sendOwn(request, reply, { page: <Page site={site} view={view} />, paysOutside: true });
  };
  inBothLanguages(app, 'GET', '/orders/:number', showWith(OrderPage));
  inBothLanguages(app, 'GET', '/paid/:number', showWith(PaidPage));

  inBothLanguages(app, 'GET', '/paid/:number/state', async (request, reply) => {
    const { order } = await find(request, reply, tokenIn(queryOf(request)));
    return reply.header('cache-control', 'no-store').send({ state: order?.state ?? null });
  });

  inBothLanguages(app, 'POST', '/orders/:number/cancellation', async (request, reply) => {
    const form = formOf(request);
    const { number } = request.params as { number: string };
    const token = tokenIn(form);
    const who = await desk.who(request, reply);
    const answer = await refusalOf(['order.wrong_state', 'order.not_found'], () =>
      call(who, orders.cancelMyOrder, { params: { number }, body: { token }, idempotencyKey: form.get('key') ?? randomUUID() }),
    );
    setFlash(reply, secret, { did: 'reply' in answer ? 'cancelled' : 'changed' });
    return reply.redirect(desk.siteOf(request).href(orderUrl(number, token)), 303);
  });

  inBothLanguages(app, 'GET', '/orders/:number/changes', async (request, reply) => {
    const site = desk.siteOf(request);
    const query = queryOf(request);
    const [categories, { order, token }] = await Promise.all([desk.categories(), find(request, reply, tokenIn(query))]);
    if (order === undefined) return desk.sendOwn(request, reply, notFound(site, categories));
    const view = { categories, order, token, key: randomUUID(), calledOff: callOffs(order, query) };
    return desk.sendOwn(request, reply, { page: <CallOffPage site={site} view={view} /> });
  });

  inBothLanguages(app, 'POST', '/orders/:number/line-cancellations', async (request, reply) => {
    const form = formOf(request);
    const { number, token, order } = await find(request, reply, tokenIn(form));
    const lines =
      order === undefined ? [] : callOffs(order, form).map(({ line, quantity }) => ({ lineNo: line.lineNo, quantity }));
    const who = await desk.who(request, reply);
    const answer =
      lines.length === 0
        ? { refused: undefined }
        : await refusalOf(['order.wrong_state', 'order.not_found', 'order.line_not_found', 'order.exceeds_line'], () =>
            call(who, orders.cancelMyLines, {
              params: { number },
              body: { token, lines },
              idempotencyKey: form.get('key') ?? randomUUID(),
            }),
          );
    setFlash(reply, secret, { did: 'reply' in answer ? 'called_off' : 'changed' });
    return reply.redirect(desk.siteOf(request).href(orderUrl(number, token)), 303);
  });

  inBothLanguages(app, 'POST', '/orders/:number/repetition', async (request, reply) => {
    const token = tokenIn(formOf(request));
    const { number } = request.params as { number: string };
    const who = await desk.who(request, reply);
    const again = await call(who, orders.buyAgain, { params: { number }, body: { token } });
    setFlash(reply, secret, { again });
    return reply.redirect(desk.siteOf(request).href(cartUrl), 303);
  });

  inBothLanguages(app, 'POST', '/orders/:number/payment', async (request, reply) => {
    const { number } = request.params as { number: string };
    const token = tokenIn(formOf(request));
    const site = desk.siteOf(request);
    const who = await desk.who(request, reply);
    const answer = await refusalOf(['order.wrong_state', 'order.not_found', 'payment.provider_unavailable'], () =>
      call(who, orders.payMyOrder, { params: { number }, body: { token } }),
    );
    if ('reply' in answer) return reply.redirect(inLanguage(answer.reply.payUrl, site), 303);
    setFlash(reply, secret, { did: answer.refused.code === 'payment.provider_unavailable' ? 'provider_down' : 'not_payable' });
    return reply.redirect(site.href(orderUrl(number, token)), 303);
  });

  inBothLanguages(app, 'POST', '/paid/:number/check', async (request, reply) => {
    const token = tokenIn(formOf(request));
    const site = desk.siteOf(request);
    const { number, order } = await find(request, reply, token);
    const paymentId = order?.payments.find(({ state }) => state === 'pending')?.id;
    if (paymentId !== undefined) {
      const who = await desk.who(request, reply);
      const answer = await refusalOf(['payment.not_found', 'payment.provider_unavailable'], () =>
        call(who, payments.checkPayment, { params: { paymentId } }),
      );
      if ('refused' in answer) setFlash(reply, secret, { did: 'provider_down' });
    }
    return reply.redirect(site.href(paidUrl(number, token)), 303);
  });
}

function noticeOf(site: Site, did: unknown): NoticeView | undefined {
  switch (did) {
    case 'cancelled':
      return { tone: 'good', text: site.say(words.cancelledNow) };
    case 'called_off':
      return { tone: 'good', text: site.say(words.calledOffNow) };
    case 'answered':
      return { tone: 'good', text: site.say(words.answered) };
    case 'no_answer':
      return { tone: 'bad', text: site.say(words.answerMissing) };
    case 'substituted':
      return { tone: 'good', text: site.say(words.substituted) };
    case 'declined':
      return { tone: 'good', text: site.say(words.substituteDeclined) };
    case 'changed':
      return { tone: 'bad', text: site.say(words.changed) };
    case 'not_payable':
      return { tone: 'bad', text: site.say(words.notPayable) };
    case 'provider_down':
      return { tone: 'bad', text: site.say(words.providerDown) };
    default:
      return undefined;
  }
}

/** Pictures, choices and present addresses of what was ordered, by SKU. */
export async function showLines(desk: Desk, order: Pick<Order, 'lines' | 'substitutions'>): Promise<Map<string, ShownSku>> {
  const sku = orderSkus(order);
  if (sku.length === 0) return new Map();
  const { items } = await desk.parts.call({ actor: undefined }, storefront.showSkus, { query: { sku } });
  return new Map(items.map((item) => [item.sku, item]));
}
