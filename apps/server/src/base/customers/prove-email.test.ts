import { randomUUID } from 'node:crypto';
import { customers as contract, identity } from '@tongshang/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import { type Mailbox, startMailbox } from '../../platform/testing-mail.ts';
import { openMailer } from '../../platform/mail.ts';
import { smtpCodeMail } from '../identity/adapters/smtp-code-mail.ts';
import { askEmailCode } from './ask-email-code.ts';
import { aCustomer } from './testing.ts';
import { upsertCustomers } from './upsert-customers.ts';

const world = useWorld();
let box: Mailbox;
beforeAll(async () => void (box = await startMailbox()));
afterAll(() => box.stop());

const member = async () => aShopper({ customerId: await world.run((ctx) => aCustomer(ctx, randomUUID())) });
type Member = Awaited<ReturnType<typeof member>>;
const ask = (who: Member, email: string) => world.call(contract.requestEmailCode, { body: { email } }, who);
const newestCode = async (email: string) =>
  (await world.call(identity.listSandboxMails, { query: { email } }, aShopper())).items[0]?.code ?? '';
const prove = (who: Member, code: string) => world.call(contract.proveEmail, { body: { code } }, who);
const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('an address is a member’s once they enter the code it received, and no more once they write another', async () => {
  const who = await member();
  await ask(who, 'Ming@Example.COM');
  const code = await newestCode('ming@example.com');
  expect(code).toMatch(/^\d{6}$/);
  await expect(prove(who, otherThan(code))).rejects.toMatchObject({ code: 'auth.code_wrong' });
  expect(await world.call(contract.getProfile, {}, who)).toMatchObject({ email: null, isEmailProved: false });
  expect(await prove(who, code)).toMatchObject({ email: 'ming@example.com', isEmailProved: true });
  await expect(prove(who, code)).rejects.toMatchObject({ code: 'auth.code_expired' });
  const edit = (email: string) => world.call(contract.editProfile, { body: { email } }, who);
  expect(await edit('MING@example.com')).toMatchObject({ isEmailProved: true });
  expect(await edit('else@example.com')).toMatchObject({ email: 'else@example.com', isEmailProved: false });
});

test("a code is its member's alone, lives half an hour, bears five tries, and is sent once a minute", async () => {
  const [who, stranger] = [await member(), await member()];
  await ask(who, 'a@example.com');
  await expect(ask(who, 'b@example.com')).rejects.toMatchObject({ code: 'request.too_many' });
  await expect(ask(stranger, 'a@example.com')).rejects.toMatchObject({ code: 'request.too_many' });
  const code = await newestCode('a@example.com');
  await expect(prove(stranger, code)).rejects.toMatchObject({ code: 'auth.code_expired' });
  for (let tries = 0; tries < 5; tries += 1)
    await expect(prove(who, otherThan(code))).rejects.toMatchObject({ code: 'auth.code_wrong' });
  await expect(prove(who, code)).rejects.toMatchObject({ code: 'auth.code_expired' });
  world.clock.advance(61_000);
  await ask(who, 'a@example.com');
  world.clock.advance(30 * 60_000);
  await expect(prove(who, await newestCode('a@example.com'))).rejects.toMatchObject({ code: 'auth.code_expired' });
});

test('an address that two members prove stays the first one’s: they are never made one, and the conflict is told', async () => {
  const [first, second] = [await member(), await member()];
  const email = 'family@example.com';
  for (const who of [first, second]) {
    world.clock.advance(61_000);
    await ask(who, email);
    const proving = prove(who, await newestCode(email));
    if (who === first) await proving;
    else await expect(proving).rejects.toMatchObject({ code: 'email.taken' });
  }
  expect(await world.call(contract.getProfile, {}, second)).toMatchObject({ email: null, isEmailProved: false });
  const { rows } = await world.db.pool.query(`select payload from platform.event where name = 'customers.email_conflicted'`);
  expect(rows).toEqual([{ payload: { customerId: second.customerId, otherCustomerId: first.customerId } }]);
});

test('an import does not overwrite an address that was proved', async () => {
  const row = { source: 'import' as const, externalId: 'K-9', name: 'x', email: 'old@example.com' };
  const [known] = await world.run((ctx) => upsertCustomers(ctx, [row]));
  const who = aShopper({ customerId: known!.customerId });
  world.clock.advance(61_000);
  await ask(who, 'own@example.com');
  await prove(who, await newestCode('own@example.com'));
  await world.run((ctx) => upsertCustomers(ctx, [{ ...row, name: 'y' }]));
  expect(await world.call(contract.getProfile, {}, who)).toMatchObject({
    name: 'y',
    email: 'own@example.com',
    isEmailProved: true,
  });
});

test('with a mail server the code goes out by mail with a link to enter it; without one, or while it is away, the member is told', async () => {
  const { customerId = '' } = await member();
  const asking = (port: number | undefined) => {
    world.clock.advance(61_000);
    const mailer = openMailer({ smtpUrl: `smtp://127.0.0.1:${port ?? 1}`, from: 'Guyu <no-reply@guyu.example>' });
    const codeMail = port === undefined ? undefined : smtpCodeMail(mailer);
    const parts = { secret: world.config.secret, shopOrigin: 'https://shop.test', codeMail };
    return askEmailCode({ inTx: world.run }, parts, { customerId, email: 'c@example.com', language: 'en' });
  };
  for (const port of [undefined, 1]) await expect(asking(port)).rejects.toMatchObject({ code: 'mail.unavailable' });
  expect(await asking(box.port)).toEqual({ expiresInSeconds: 1800, resendInSeconds: 60 });
  const [mail] = box.mails;
  expect(mail).toMatchObject({ to: [{ address: 'c@example.com' }], subject: expect.stringMatching(/^Your code is \d{6}$/) });
  const [, code = ''] = /https:\/\/shop\.test\/en\/account\/email\?code=(\d{6})/.exec(mail!.text ?? '') ?? [];
  expect(await prove(aShopper({ customerId }), code)).toMatchObject({ email: 'c@example.com', isEmailProved: true });
});
