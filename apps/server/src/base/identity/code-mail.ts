import type { Ctx } from '../../platform/ctx.ts';

export interface CodeMessage {
  /** Made anew for each code: what the mail's Message-ID is made of. */
  id: string;
  email: string;
  code: string;
  /** Where the code can be entered; it is filled in there already. */
  link: string;
  language: 'zh-CN' | 'en';
}

/** How codes for mail addresses leave the house. Called outside any transaction; false when the mail was not taken. */
export interface CodeMail {
  sendCode: (house: { inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T> }, message: CodeMessage) => Promise<boolean>;
}
