import { randomUUID } from 'node:crypto';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { type CodeMail, mailCodeLifeMs, requestMailCode, resendAfterMs } from '../identity/index.ts';

export interface EmailParts {
  secret: string;
  shopOrigin: string;
  /** undefined: no mail server is set, and this is no demo. */
  codeMail: CodeMail | undefined;
}

interface Asked {
  customerId: string;
  email: string;
  language: 'zh-CN' | 'en';
}

/**
 * Mails a member a code for an address that they say is theirs. The code is made in one transaction and sent after it. Refuses
 * `request.too_many`, `mail.unavailable`.
 */
export async function askEmailCode(
  house: { inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T> },
  { secret, shopOrigin, codeMail }: EmailParts,
  { customerId, email, language }: Asked,
): Promise<{ expiresInSeconds: number; resendInSeconds: number }> {
  if (codeMail === undefined) return refuse('mail.unavailable');
  const { code } = await house.inTx((ctx) => requestMailCode(ctx, { customerId, email, secret }));
  const link = `${shopOrigin}${language === 'en' ? '/en' : ''}/account/email?code=${code}`;
  if (!(await codeMail.sendCode(house, { id: randomUUID(), email, code, link, language }))) refuse('mail.unavailable');
  return { expiresInSeconds: mailCodeLifeMs / 1000, resendInSeconds: resendAfterMs / 1000 };
}
