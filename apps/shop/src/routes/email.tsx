import { customers, type ErrorCode, identity } from '@tongshang/contract';
import { errorSentence } from '@tongshang/ui/words/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setFlash } from '../http/cookies.ts';
import type { Desk } from '../http/desk.ts';
import { formOf, queryOf } from '../http/forms.ts';
import { refusalOf } from '../http/refusal.ts';
import { accountUrl, emailUrl, signInUrl } from '../lib/urls.ts';
import { EmailPage, type EmailView } from '../pages/email.tsx';
import { email as words } from '../words/email.ts';
import { inBothLanguages } from './both.ts';

type Part = Pick<EmailView, 'email' | 'isSent' | 'code' | 'trouble'>;

const digitsOf = (text: string | null): string => (text ?? '').normalize('NFKC').replaceAll(/\D/g, '');

/** A member's mail address: a code goes to it, and entering the code proves it. The mail's link only fills the code in. */
export function emailRoutes(app: FastifyInstance, desk: Desk): void {
  const { call, secret } = desk.parts;

  inBothLanguages(app, 'GET', emailUrl, async (request, reply) => {
    const who = await desk.who(request, reply);
    const site = desk.siteOf(request);
    if (who.actor.customerId === undefined) return reply.redirect(site.href(signInUrl), 302);
    const code = digitsOf(queryOf(request).get('code')).slice(0, 6);
    if (code !== '') return show(desk, request, reply, { email: '', isSent: true, code });
    const { email } = await call(who, customers.getProfile);
    return show(desk, request, reply, { email: email ?? '', isSent: false, code: '' });
  });

  inBothLanguages(app, 'POST', `${emailUrl}/code`, async (request, reply) => {
    const who = await desk.who(request, reply);
    const site = desk.siteOf(request);
    if (who.actor.customerId === undefined) return reply.redirect(site.href(signInUrl), 303);
    const email = (formOf(request).get('email') ?? '').normalize('NFKC').trim().toLowerCase();
    const body = { email, language: site.language };
    const answer = await refusalOf(['request.invalid', 'request.too_many', 'mail.unavailable'], () =>
      call(who, customers.requestEmailCode, { body }),
    );
    if ('reply' in answer) return show(desk, request, reply, { email, isSent: true, code: '' });
    const { code, details } = answer.refused;
    const trouble =
      code === 'request.invalid' ? site.say(words.addressWrong) : errorSentence(code as ErrorCode, details, site.language);
    return show(desk, request, reply, { email, isSent: false, code: '', trouble });
  });

  inBothLanguages(app, 'POST', emailUrl, async (request, reply) => {
    const who = await desk.who(request, reply);
    const site = desk.siteOf(request);
    if (who.actor.customerId === undefined) return reply.redirect(site.href(signInUrl), 303);
    const form = formOf(request);
    const code = digitsOf(form.get('code'));
    const kept: Part = { email: form.get('email') ?? '', isSent: true, code: '' };
    if (code.length !== 6) return show(desk, request, reply, { ...kept, trouble: site.say(words.codeMissing) });
    const answer = await refusalOf(['auth.code_wrong', 'auth.code_expired', 'email.taken'], () =>
      call(who, customers.proveEmail, { body: { code } }),
    );
    if ('refused' in answer) {
      const trouble = errorSentence(answer.refused.code as ErrorCode, answer.refused.details, site.language);
      return show(desk, request, reply, { ...kept, trouble });
    }
    setFlash(reply, secret, { did: 'email_proved' });
    return reply.redirect(site.href(accountUrl), 303);
  });
}

async function show(desk: Desk, request: FastifyRequest, reply: FastifyReply, part: Part): Promise<FastifyReply> {
  const site = desk.siteOf(request);
  const sandboxCode = part.isSent && part.email !== '' ? await codeInSandbox(desk, part.email) : undefined;
  const view = { ...part, categories: await desk.categories(), sandboxCode };
  return desk.sendOwn(request, reply, {
    status: part.trouble === undefined ? 200 : 422,
    page: <EmailPage site={site} view={view} />,
  });
}

/** In the demo without a mail server the newcomer reads the code here. Elsewhere nothing shows. */
async function codeInSandbox(desk: Desk, email: string): Promise<string | undefined> {
  const answer = await refusalOf(['page.not_found', 'request.invalid'], () =>
    desk.parts.call({ actor: undefined }, identity.listSandboxMails, { query: { email } }),
  );
  return 'reply' in answer ? answer.reply.items[0]?.code : undefined;
}
