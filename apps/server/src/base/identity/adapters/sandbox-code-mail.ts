import type { CodeMail } from '../code-mail.ts';
import { identity } from '../tables.ts';

/** A mailbox of the demo: codes are kept, to be read on the page that asks for them, and go nowhere. */
export const sandboxCodeMail: CodeMail = {
  sendCode: async ({ inTx }, { email, code }) => {
    await inTx((ctx) => identity(ctx.tx).insertInto('sandbox_mail').values({ email, code, sent_at: ctx.now }).execute());
    return true;
  },
};
