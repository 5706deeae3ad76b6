import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const env = { DATABASE_URL: 'postgres://x', CLICKHOUSE_URL: 'http://x', TONGSHANG_SECRET: 's' };
const mailOf = (over: Record<string, string>) => readSettings({ ...env, ...over }).mail;

test('mail takes an address of a server and a sender; what is wrong is said when the house starts, without the password', () => {
  const smtpUrl = 'smtps://house:hidden@mail.example.com:465';
  expect(mailOf({})).toBeUndefined();
  expect(mailOf({ SMTP_URL: '' })).toBeUndefined();
  for (const from of ['no-reply@guyu.example', '谷雨 <no-reply@guyu.example>'])
    expect(mailOf({ SMTP_URL: smtpUrl, MAIL_FROM: from })).toEqual({ smtpUrl, from });
  for (const from of ['', 'Guyu', 'Guyu <no-reply>'])
    expect(() => mailOf({ SMTP_URL: smtpUrl, MAIL_FROM: from })).toThrow(/^MAIL_FROM/);
  expect(() => mailOf({ SMTP_URL: 'house:hidden@mail.example.com', MAIL_FROM: 'a@b.example' })).toThrow(
    /^SMTP_URL((?!hidden).)*$/,
  );
});
