import { randomUUID } from 'node:crypto';
import { customers as contract, identity } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';
import type { CodeMail, CodeMessage } from '../identity/index.ts';
import { askEmailCode } from './ask-email-code.ts';
import { aCustomer } from './testing.ts';
import { upsertCustomers } from './upsert-customers.ts';

const world = useWorld();

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

test('the mail names a link of the shop in its language to enter the code; without a mail server, or while it is away, the member is told', async () => {
  const { customerId = '' } = await member();
  const mails: CodeMessage[] = [];
  const post = (isTaken: boolean): CodeMail => ({ sendCode: (_, mail) => Promise.resolve(mails.push(mail) > 0 && isTaken) });
  const asking = (codeMail: CodeMail | undefined) => {
    world.clock.advance(61_000);
    const parts = { secret: world.config.secret, shopOrigin: 'https://shop.test', codeMail };
    return askEmailCode({ inTx: world.run }, parts, { customerId, email: 'c@example.com', language: 'en' });
  };
  await expect(asking(undefined)).rejects.toMatchObject({ code: 'mail.unavailable' });
  await expect(asking(post(false))).rejects.toMatchObject({ code: 'mail.unavailable' });
  expect(await asking(post(true))).toEqual({ expiresInSeconds: 1800, resendInSeconds: 60 });
  const { email, link, code } = mails[1]!;
  expect([email, link]).toEqual(['c@example.com', `https://shop.test/en/account/email?code=${code}`]);
  expect(await prove(aShopper({ customerId }), code)).toMatchObject({ email: 'c@example.com', isEmailProved: true });
});
