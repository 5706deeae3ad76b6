import { randomUUID } from 'node:crypto';
import { orders } from '@tongshang/contract';
import type { FastifyInstance } from 'fastify';
import { setFlash } from '../http/cookies.ts';
import type { Desk } from '../http/desk.ts';
import { formOf } from '../http/forms.ts';
import { refusalOf } from '../http/refusal.ts';
import { orderUrl } from '../lib/urls.ts';
import { inBothLanguages } from './both.ts';
import { tokenIn } from './orders.tsx';

/** What the house asked on an order and its buyer answers: a question in words, another product for one that is short. */
export function answerRoutes(app: FastifyInstance, desk: Desk): void {
  const { call, secret } = desk.parts;

  inBothLanguages(app, 'POST', '/orders/:number/answers', async (request, reply) => {
    const form = formOf(request);
    const { number } = request.params as { number: string };
    const token = tokenIn(form);
    const answer = (form.get('answer') ?? '').trim().slice(0, 500);
    const who = await desk.who(request, reply);
    const outcome =
      answer === ''
        ? undefined
        : await refusalOf(['order.wrong_state', 'order.not_found'], () =>
            call(who, orders.answerQuestion, {
              params: { number },
              body: { token, answer },
              idempotencyKey: form.get('key') ?? randomUUID(),
            }),
          );
    setFlash(reply, secret, { did: outcome === undefined ? 'no_answer' : 'reply' in outcome ? 'answered' : 'changed' });
    return reply.redirect(desk.siteOf(request).href(orderUrl(number, token)), 303);
  });

  inBothLanguages(app, 'POST', '/orders/:number/substitutions/:substitutionId', async (request, reply) => {
    const form = formOf(request);
    const { number, substitutionId } = request.params as { number: string; substitutionId: string };
    const token = tokenIn(form);
    const isAccepted = form.get('answer') === 'yes';
    const who = await desk.who(request, reply);
    const outcome = await refusalOf(
      [
        'order.wrong_state',
        'order.not_found',
        'substitution.not_found',
        'substitution.wrong_state',
        'stock.insufficient',
        'fulfilment.too_late',
        'request.invalid',
      ],
      () =>
        call(who, orders.settleMySubstitution, {
          params: { number, substitutionId },
          body: { token, isAccepted },
          // another answer is another intent, even from the same page
          idempotencyKey: `${form.get('key') ?? randomUUID()}-${isAccepted ? 'yes' : 'no'}`,
        }),
    );
    setFlash(reply, secret, { did: 'reply' in outcome ? (isAccepted ? 'substituted' : 'declined') : 'changed' });
    return reply.redirect(desk.siteOf(request).href(orderUrl(number, token)), 303);
  });
}
