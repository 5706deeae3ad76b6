import type { Mailer } from '../../../platform/mail.ts';
import type { CodeMail, CodeMessage } from '../code-mail.ts';

const texts = {
  'zh-CN': ({ code, link }: Pick<CodeMessage, 'code' | 'link'>) => ({
    subject: `验证码 ${code}`,
    text: `您正在验证这个邮箱。验证码是 ${code}，30 分钟内有效。\n\n也可以打开这个地址（需要登录）：\n${link}\n\n不是您本人操作，请忽略这封邮件。`,
  }),
  en: ({ code, link }: Pick<CodeMessage, 'code' | 'link'>) => ({
    subject: `Your code is ${code}`,
    text: `You are proving this e-mail address to be yours. The code is ${code}; it works for 30 minutes.\n\nOr open this address, signed in:\n${link}\n\nIf this was not you, ignore this mail.`,
  }),
};

/** Codes by the house's mail server. */
export const smtpCodeMail = (mailer: Mailer): CodeMail => ({
  sendCode: async (_, { id, email, code, link, language }) =>
    (await mailer.send({ id, to: email, ...texts[language]({ code, link }) })).outcome === 'accepted',
});
