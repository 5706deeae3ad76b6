import { expect, test } from 'vitest';
import { openMailer } from '../../platform/mail.ts';
import { startMailbox } from '../../platform/testing-mail.ts';
import { smtpCodeMail } from './adapters/smtp-code-mail.ts';

test('a code goes out by mail with its link, in the language of the reader; a server that is away is told, not thrown', async () => {
  const box = await startMailbox();
  const mailOf = (port: number) =>
    smtpCodeMail(openMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'no-reply@guyu.example' }));
  const house = { inTx: () => Promise.reject(new Error('a mail needs no database')) };
  const message = { id: 'm-1', email: 'c@example.com', code: '042917', link: 'https://shop.test/account/email?code=042917' };
  expect(await mailOf(box.port).sendCode(house, { ...message, language: 'en' })).toBe(true);
  expect(await mailOf(box.port).sendCode(house, { ...message, language: 'zh-CN' })).toBe(true);
  expect(box.mails.map(({ subject }) => subject)).toEqual(['Your code is 042917', '验证码 042917']);
  for (const { text, to } of box.mails) expect([text?.includes(message.link), to?.[0]?.address]).toEqual([true, 'c@example.com']);
  await box.stop();
  expect(await mailOf(box.port).sendCode(house, { ...message, language: 'en' })).toBe(false);
});
