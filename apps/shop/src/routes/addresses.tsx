import { randomUUID } from 'node:crypto';
import { customers, type ErrorCode } from '@tongshang/contract';
import { errorSentence } from '@tongshang/ui/words/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setFlash } from '../http/cookies.ts';
import type { Desk } from '../http/desk.ts';
import { formOf } from '../http/forms.ts';
import { refusalOf } from '../http/refusal.ts';
import { checkRecipient, emptyRecipient, formFrom, readRecipient, toRecipient } from '../lib/recipient.ts';
import { accountUrl, addressesUrl, signInUrl } from '../lib/urls.ts';
import { AddressPage, type AddressView } from '../pages/address.tsx';
import { inBothLanguages } from './both.ts';
import { recognise } from './checkout.tsx';

type Part = Omit<AddressView, 'categories' | 'places'>;

const idOf = (request: FastifyRequest): string | undefined => (request.params as { id?: string }).id;

/** A member's address book: add, change, remove. */
export function addressRoutes(app: FastifyInstance, desk: Desk): void {
  const { call, secret } = desk.parts;

  inBothLanguages(app, 'GET', addressesUrl, (request, reply) =>
    show(desk, request, reply, { form: emptyRecipient, troubles: {}, whole: '', isDefault: false, key: randomUUID() }),
  );
  inBothLanguages(app, 'GET', `${addressesUrl}/:id`, async (request, reply) => {
    const who = await desk.who(request, reply);
    const id = idOf(request);
    const known = who.actor.customerId === undefined ? [] : (await call(who, customers.listAddresses)).items;
    const one = known.find((address) => address.id === id);
    if (one === undefined) return reply.redirect(desk.siteOf(request).href(accountUrl), 302);
    return show(desk, request, reply, {
      id,
      form: formFrom(one),
      troubles: {},
      whole: '',
      isDefault: one.isDefault,
      key: randomUUID(),
    });
  });

  const save = async (request: FastifyRequest, reply: FastifyReply) => {
    const input = formOf(request);
    const site = desk.siteOf(request);
    const id = idOf(request);
    const form = readRecipient(input);
    const whole = input.get('whole') ?? '';
    const kept: Part = {
      id,
      form,
      troubles: {},
      whole,
      isDefault: input.get('default') === '1',
      key: input.get('key') ?? randomUUID(),
    };
    if (input.get('do') === 'divisions') return show(desk, request, reply, kept);
    if (input.get('do') === 'paste') {
      const filled = await recognise({ desk, request, reply }, whole, form);
      return show(desk, request, reply, { ...kept, form: filled.form, whole: filled.isAll ? '' : whole });
    }
    const places = await desk.places(form);
    const troubles = checkRecipient(form, places);
    if (Object.keys(troubles).length > 0) return show(desk, request, reply, { ...kept, troubles }, 422);
    const { address, ...recipient } = toRecipient(form, places);
    const body = { ...recipient, detail: address, isDefault: kept.isDefault };
    const who = await desk.who(request, reply);
    const answer = await refusalOf(['address.too_many', 'address.district_unknown', 'address.not_found'], () =>
      id === undefined
        ? call(who, customers.addAddress, { body, idempotencyKey: kept.key })
        : call(who, customers.editAddress, { params: { id }, body }),
    );
    if ('refused' in answer) {
      const text = errorSentence(answer.refused.code as ErrorCode, answer.refused.details, site.language);
      return show(desk, request, reply, { ...kept, notice: { tone: 'bad', text } }, 409);
    }
    setFlash(reply, secret, { did: 'saved' });
    return reply.redirect(site.href(accountUrl), 303);
  };
  inBothLanguages(app, 'POST', addressesUrl, save);
  inBothLanguages(app, 'POST', `${addressesUrl}/:id`, save);

  inBothLanguages(app, 'POST', `${addressesUrl}/:id/removal`, async (request, reply) => {
    const { id } = request.params as { id: string };
    const who = await desk.who(request, reply);
    await refusalOf(['address.not_found', 'request.invalid'], () => call(who, customers.removeAddress, { params: { id } }));
    setFlash(reply, secret, { did: 'removed' });
    return reply.redirect(desk.siteOf(request).href(accountUrl), 303);
  });
}

async function show(desk: Desk, request: FastifyRequest, reply: FastifyReply, part: Part, status = 200): Promise<FastifyReply> {
  const site = desk.siteOf(request);
  const { actor } = await desk.who(request, reply);
  if (actor.customerId === undefined) return reply.redirect(site.href(signInUrl), 302);
  const view = { ...part, categories: await desk.categories(), places: await desk.places(part.form) };
  return desk.sendOwn(request, reply, { status, page: <AddressPage site={site} view={view} /> });
}
