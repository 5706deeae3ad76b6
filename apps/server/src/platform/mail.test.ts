import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { openMailer, readSmtpUrl } from './mail.ts';
import { type Mailbox, startMailbox } from './testing-mail.ts';

const open: Mailbox[] = [];
const mailbox = async (...given: Parameters<typeof startMailbox>): Promise<Mailbox> => {
  const box = await startMailbox(...given);
  open.push(box);
  return box;
};
afterAll(() => Promise.all(open.map((box) => box.stop())));

const from = '谷雨 <no-reply@guyu.example>';
const mail = { id: 'd-1', to: 'chen@guyu.example', subject: '经营日报 · 2026-11-22', text: '见附件。' };

test('a mail arrives as it was written, with its files and with the Message-ID that its id makes, each time the same', async () => {
  const box = await mailbox();
  const mailer = openMailer({ smtpUrl: `smtp://127.0.0.1:${box.port}`, from });
  const content = Buffer.from([0, 255, 10, 13, 46]);
  const attachments = [{ filename: '日报.pdf', content, contentType: 'application/pdf' }];
  expect(await mailer.send({ ...mail, attachments })).toMatchObject({ outcome: 'accepted' });
  await mailer.send(mail);
  const [first, second] = box.mails;
  expect(first).toMatchObject({ subject: mail.subject, from: { address: 'no-reply@guyu.example', name: '谷雨' } });
  expect(first?.text?.trim()).toBe(mail.text);
  expect(first?.to).toEqual([{ address: mail.to, name: '' }]);
  expect(first?.attachments[0]).toMatchObject({ filename: '日报.pdf', mimeType: 'application/pdf' });
  expect(Buffer.from(first!.attachments[0]!.content as ArrayBuffer)).toEqual(content);
  expect([first?.messageId, second?.messageId]).toEqual(['<d-1@guyu.example>', '<d-1@guyu.example>']);
});

test('what the server will never take is refused with its answer; what it cannot take now is not', async () => {
  const box = await mailbox();
  const mailer = openMailer({ smtpUrl: `smtp://127.0.0.1:${box.port}`, from });
  box.unknown.add('gone@guyu.example');
  expect(await mailer.send({ ...mail, to: 'gone@guyu.example' })).toEqual({
    outcome: 'refused',
    answer: '550 5.1.1 gone@guyu.example: no such user',
  });
  box.refuseNext({ code: 554, text: '5.7.1 looks like spam' }, { code: 451, text: '4.7.0 come back later' });
  expect(await mailer.send(mail)).toEqual({ outcome: 'refused', answer: '554 5.7.1 looks like spam' });
  expect(await mailer.send(mail)).toEqual({ outcome: 'unavailable', answer: '451 4.7.0 come back later' });
  expect(box.mails).toEqual([]);
});

test('a server that is away, or that takes the line and says nothing, holds nobody up', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const started = Date.now();
  const quiet = openMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from }, { patienceMs: 200 });
  expect((await quiet.send(mail)).outcome).toBe('unavailable');
  await new Promise((resolve) => silent.close(resolve));
  expect((await quiet.send(mail)).answer).toContain('ECONNREFUSED');
  expect(Date.now() - started).toBeLessThan(5000);
});

test('a wrong sign-in is something to mend, and its password stands in no answer', async () => {
  const box = await mailbox({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ password }, _session, done) => done(new Error(`no entry with ${password ?? ''}`)),
  });
  const mailer = openMailer({ smtpUrl: `smtp://house:s3cret%2Fword@127.0.0.1:${box.port}`, from });
  const said = await mailer.send(mail);
  expect(said.outcome).toBe('unavailable');
  expect(said.answer).toContain('no entry with ***');
});

test('the scheme says how the line is encrypted: smtps from the start, and only with a certificate that holds', async () => {
  const box = await mailbox({ secure: true }); // with a certificate that nobody vouches for
  const said = await openMailer({ smtpUrl: `smtps://127.0.0.1:${box.port}`, from }).send(mail);
  expect(said).toMatchObject({ outcome: 'unavailable', answer: expect.stringMatching(/certificate/) });
  const plain = await openMailer({ smtpUrl: `smtp://127.0.0.1:${box.port}`, from }, { patienceMs: 300 }).send(mail);
  expect(plain.outcome).toBe('unavailable');
  expect(box.mails).toEqual([]);
});

test('an address of a mail server that is none is told by its setting, without what it held', () => {
  for (const text of ['', 'mail.example.com', 'http://u:hidden@mail.example.com', 'smtp://'])
    expect(() => readSmtpUrl(text)).toThrow(/^SMTP_URL is not an address/);
  expect(readSmtpUrl('smtps://a%40b:p%2Fw@mail.example.com:465')).toEqual({
    host: 'mail.example.com',
    port: 465,
    isTlsFromStart: true,
    user: 'a@b',
    password: 'p/w',
  });
});
