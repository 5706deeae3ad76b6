import { randomUUID } from 'node:crypto';
import { customers, type ErrorCode } from '@tongshang/contract';
import { errorSentence } from '@tongshang/ui/words/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setFlash } from '../http/cookies.ts';
import type { Desk } from '../http/desk.ts';
import { formOf } from '../http/forms.ts';
import { refusalOf } from '../http/refusal.ts';
import { checkInvoice, emptyInvoice, invoiceFrom, readInvoice } from '../lib/invoice.ts';
import { accountUrl, invoicesUrl, signInUrl } from '../lib/urls.ts';
import { InvoicePage, type InvoiceView } from '../pages/invoice.tsx';
import { inBothLanguages } from './both.ts';

type Part = Omit<InvoiceView, 'categories'>;

const idOf = (request: FastifyRequest): string | undefined => (request.params as { id?: string }).id;

/** What stands on a member's invoices: add, change, remove. */
export function invoiceRoutes(app: FastifyInstance, desk: Desk): void {
  const { call, secret } = desk.parts;

  inBothLanguages(app, 'GET', invoicesUrl, (request, reply) =>
    show(desk, request, reply, {
      form: { ...emptyInvoice, kind: 'personal' },
      troubles: {},
      isDefault: false,
      key: randomUUID(),
    }),
  );
  inBothLanguages(app, 'GET', `${invoicesUrl}/:id`, async (request, reply) => {
    const who = await desk.who(request, reply);
    const id = idOf(request);
    const known = who.actor.customerId === undefined ? [] : (await call(who, customers.listInvoiceProfiles)).items;
    const one = known.find((profile) => profile.id === id);
    if (one === undefined) return reply.redirect(desk.siteOf(request).href(accountUrl), 302);
    const part = { id, form: invoiceFrom(one.data), troubles: {}, isDefault: one.isDefault, key: randomUUID() };
    return show(desk, request, reply, part);
  });

  const save = async (request: FastifyRequest, reply: FastifyReply) => {
    const input = formOf(request);
    const site = desk.siteOf(request);
    const id = idOf(request);
    const form = readInvoice(input);
    const kept: Part = {
      id,
      form: form.kind === 'none' ? { ...form, kind: 'personal' } : form,
      troubles: {},
      isDefault: input.get('default') === '1',
      key: input.get('key') ?? randomUUID(),
    };
    const checked = checkInvoice(kept.form);
    if ('troubles' in checked) return show(desk, request, reply, { ...kept, troubles: checked.troubles }, 422);
    if (checked.invoice === undefined) throw new Error('an invoice of a kind has data');
    const body = { data: checked.invoice, isDefault: kept.isDefault };
    const who = await desk.who(request, reply);
    const answer = await refusalOf(['invoice_profile.too_many', 'invoice_profile.not_found', 'request.invalid'], () =>
      id === undefined
        ? call(who, customers.addInvoiceProfile, { body, idempotencyKey: kept.key })
        : call(who, customers.editInvoiceProfile, { params: { id }, body }),
    );
    if ('refused' in answer) {
      const text = errorSentence(answer.refused.code as ErrorCode, answer.refused.details, site.language);
      return show(desk, request, reply, { ...kept, notice: { tone: 'bad', text } }, 409);
    }
    setFlash(reply, secret, { did: 'invoice_saved' });
    return reply.redirect(site.href(accountUrl), 303);
  };
  inBothLanguages(app, 'POST', invoicesUrl, save);
  inBothLanguages(app, 'POST', `${invoicesUrl}/:id`, save);
}

async function show(desk: Desk, request: FastifyRequest, reply: FastifyReply, part: Part, status = 200): Promise<FastifyReply> {
  const site = desk.siteOf(request);
  const { actor } = await desk.who(request, reply);
  if (actor.customerId === undefined) return reply.redirect(site.href(signInUrl), 302);
  const view = { ...part, categories: await desk.categories() };
  return desk.sendOwn(request, reply, { status, page: <InvoicePage site={site} view={view} /> });
}
