import type { Ctx } from '../../platform/ctx.ts';

/** How text messages leave the house. Called outside any transaction; throws when the provider did not take the message. */
export interface Sms {
  sendCode: (
    house: { inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T> },
    message: { phone: string; code: string },
  ) => Promise<void>;
}
