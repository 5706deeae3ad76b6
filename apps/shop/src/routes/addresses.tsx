import { randomUUID } from 'node:crypto';
import { customers } from '@tongshang/contract';
import { errorSentence } from '@tongshang/ui/words/errors';
import { parsePhone } from '@tongshang/ui/format/parse';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setFlash } from '../http/cookies.ts';
import type { Desk } from '../http/desk.ts';
import { formOf } from '../http/forms.ts';
import { refusalOf } from '../http/refusal.ts';
import { checkRecipient, emptyRecipient, parseWholeAddress, readRecipient } from '../lib/recipient.ts';
import { accountUrl, addressesUrl, signInUrl } from '../lib/urls.ts';
import { AddressPage, type AddressView } from '../pages/address.tsx';
import { inBothLanguages } from './both.ts';

/** A member's address book. */
export function addressRoutes(app: FastifyInstance, desk: Desk): void {
  const { call, secret } = desk.parts;

  inBothLanguages(app, 'GET', addressesUrl, (request, reply) =>
    show(desk, request, reply, { form: emptyRecipient, troubles: {}, whole: '', isDefault: false, key: randomUUID() }),
  );

  inBothLanguages(app, 'POST', addressesUrl, async (request, reply) => {
    const input = formOf(request);
    const site = desk.siteOf(request);
    const form = readRecipient(input);
    const whole = input.get('whole') ?? '';
    const kept = { form, troubles: {}, whole, isDefault: input.get('default') === '1', key: input.get('key') ?? randomUUID() };
    if (input.get('do') === 'paste')
      return show(desk, request, reply, { ...kept, form: { ...form, ...parseWholeAddress(whole) }, whole: '' });
    const troubles = checkRecipient(form);
    if (Object.keys(troubles).length > 0) return show(desk, request, reply, { ...kept, troubles }, 422);
    const body = {
      name: form.name,
      phone: parsePhone(form.phone) ?? form.phone,
      region: `${form.province} ${form.city}`,
      detail: form.detail,
      isDefault: kept.isDefault,
    };
    const who = await desk.who(request, reply);
    const answer = await refusalOf(['address.too_many'], () =>
      call(who, customers.addAddress, { body, idempotencyKey: kept.key }),
    );
    if ('refused' in answer) {
      const text = errorSentence('address.too_many', answer.refused.details, site.language);
      return show(desk, request, reply, { ...kept, notice: { tone: 'bad', text } }, 409);
    }
    setFlash(reply, secret, { did: 'saved' });
    return reply.redirect(site.href(accountUrl), 303);
  });

  inBothLanguages(app, 'POST', `${addressesUrl}/:id/removal`, async (request, reply) => {
    const { id } = request.params as { id: string };
    const who = await desk.who(request, reply);
    await refusalOf(['address.not_found', 'request.invalid'], () => call(who, customers.removeAddress, { params: { id } }));
    setFlash(reply, secret, { did: 'removed' });
    return reply.redirect(desk.siteOf(request).href(accountUrl), 303);
  });
}

async function show(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  part: Omit<AddressView, 'categories'>,
  status = 200,
): Promise<FastifyReply> {
  const site = desk.siteOf(request);
  const { actor } = await desk.who(request, reply);
  if (actor.customerId === undefined) return reply.redirect(site.href(signInUrl), 302);
  const view = { ...part, categories: await desk.categories() };
  return desk.sendOwn(request, reply, { status, page: <AddressPage site={site} view={view} /> });
}
