import type { Sms } from '../sms.ts';
import { identity } from '../tables.ts';

/** A phone of the demo: messages are kept, to be read on its page, and go nowhere. */
export const sandboxSms: Sms = {
  sendCode: ({ inTx }, { phone, code }) =>
    inTx(async (ctx) => {
      await identity(ctx.tx).insertInto('sandbox_message').values({ phone, code, sent_at: ctx.now }).execute();
    }),
};
