import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, randomUUID, sign, verify } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { afterExpiryMs } from './provider.ts';
import { startSandboxPay } from './server.ts';
import { openStorage } from './storage.ts';

const validator = join(import.meta.dirname, '../../../../node_modules/.bin/html-validate');
const dir = mkdtempSync(join(tmpdir(), 'tongshang-sandbox-'));
const ear = {
  heard: [] as { noticeId: string; payment: { paymentId: string; state: string; paidFen: number } }[],
  answers: [] as string[],
};
const merchant = createServer((request, response) => {
  let text = '';
  request.on('data', (part: Buffer) => void (text += part.toString()));
  request.on('end', () => {
    const { payload, signature } = JSON.parse(text) as { payload: string; signature: string };
    const key = createPublicKey(readFileSync(join(dir, 'provider-public.pem')));
    if (verify('sha256', Buffer.from(payload), key, Buffer.from(signature, 'base64'))) ear.heard.push(JSON.parse(payload));
    response.end(ear.answers.shift() ?? 'success');
  });
});
await new Promise<void>((resolve) => merchant.listen(0, '127.0.0.1', resolve));
const notifyUrl = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/notices`;
const pay = await startSandboxPay({ port: 0, dir, backoffFactor: 0.01 });
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await pay.stop();
  merchant.closeAllConnections();
  merchant.close();
  await rm(dir, { recursive: true, force: true });
});

async function ask(path: string, body: object, origin = pay.origin) {
  const payload = JSON.stringify({ ...body, nonce: 'n1' });
  const key = createPrivateKey(readFileSync(join(dir, 'merchant-private.pem')));
  const signature = sign('sha256', Buffer.from(payload), key).toString('base64');
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ payload, signature }),
  });
  const envelope = (await response.json()) as { payload: string };
  return JSON.parse(envelope.payload) as {
    nonce: string;
    ok: boolean;
    error?: string;
    result: { payUrl: string; providerRef: string; payment: unknown };
  };
}
async function created(over: object = {}) {
  const paymentId = randomUUID();
  const answer = await ask('/api/payments', {
    paymentId, reference: '261122-<b>', amountFen: 23_650, currency: 'CNY', expiresAt: null, notifyUrl, returnUrl: 'http://shop.test/paid/1?token=a&b=1', ...over,
  }); // prettier-ignore
  return { paymentId, answer, payUrl: answer.result?.payUrl };
}
const press = (payUrl: string, act: string) =>
  fetch(payUrl, { method: 'POST', body: new URLSearchParams({ act }), redirect: 'manual' });
const heardOf = (paymentId: string) => ear.heard.filter((one) => one.payment.paymentId === paymentId);

test('a notice comes again and again until it is answered with success', async () => {
  const { paymentId, payUrl } = await created();
  ear.answers = ['fail', '<html>', '"no"'];
  const answer = await press(payUrl, 'pay');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, 'http://shop.test/paid/1?token=a&b=1']);
  await vi.waitFor(() => expect(heardOf(paymentId)).toHaveLength(4), { timeout: 5000 });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(heardOf(paymentId)).toHaveLength(4);
  expect(new Set(heardOf(paymentId).map((one) => one.noticeId)).size).toBe(1);
  expect(heardOf(paymentId)[0]).toMatchObject({ payment: { state: 'paid', paidFen: 23_650 } });
});

test('every choice on the page does what it says', async () => {
  const twice = await created();
  await press(twice.payUrl, 'pay_twice_told');
  const declined = await created();
  await press(declined.payUrl, 'decline');
  const wrong = await created();
  await press(wrong.payUrl, 'pay_wrong_amount');
  const late = await created();
  await press(late.payUrl, 'pay_told_late');
  await vi.waitFor(
    () =>
      expect([heardOf(twice.paymentId).length, heardOf(declined.paymentId).length, heardOf(wrong.paymentId).length]).toEqual([
        2, 1, 1,
      ]),
    { timeout: 5000 },
  );
  expect(heardOf(declined.paymentId)[0]?.payment).toMatchObject({ state: 'declined', paidFen: 0 });
  expect(heardOf(wrong.paymentId)[0]?.payment).toMatchObject({ state: 'paid', paidFen: 23_649 });
  expect(heardOf(late.paymentId)).toEqual([]);
  expect((await press(declined.payUrl, 'pay')).status).toBe(409); // decided once

  const expiresAt = Date.now() + 60_000;
  const after = await created({ expiresAt: new Date(expiresAt).toISOString() });
  expect((await press(after.payUrl, 'pay_after_expiry')).status).toBe(200);
  const storage = openStorage(dir);
  expect(storage.paymentBy('merchant_id', after.paymentId)).toMatchObject({ state: 'open', payAt: expiresAt + afterExpiryMs });
  storage.close();
});

test('the same payment created twice is one; a refund happens once and never exceeds the payment', async () => {
  const { paymentId, payUrl, answer } = await created();
  const again = await created({ paymentId });
  expect(again.answer.result.providerRef).toBe(answer.result.providerRef);
  expect((await created({ paymentId, amountFen: 1 })).answer).toMatchObject({ ok: false, error: 'payment.exists', nonce: 'n1' });
  const refund = (refundId: string, amountFen: number) => ask('/api/refunds', { refundId, paymentId, amountFen });
  expect(await refund(randomUUID(), 1)).toMatchObject({ ok: false, error: 'payment.not_paid' });
  await press(payUrl, 'pay');
  const refundId = randomUUID();
  expect(await refund(refundId, 20_000)).toMatchObject({ ok: true });
  expect(await refund(refundId, 20_000)).toMatchObject({ ok: true });
  expect(await refund(randomUUID(), 4000)).toMatchObject({ ok: false, error: 'refund.exceeds_payment' });
  const { result } = await ask('/api/payments/query', { paymentId });
  expect(result.payment).toMatchObject({
    state: 'paid',
    paidFen: 23_650,
    refunds: [{ refundId, amountFen: 20_000, state: 'done' }],
  });
});

test('a question without the right signature is not answered', async () => {
  for (const body of [{ payload: '{}', signature: 'bm8=' }, {}]) {
    const answer = await fetch(`${pay.origin}/api/refunds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(401);
  }
  expect(await ask('/api/payments', { amountFen: -1 })).toMatchObject({
    ok: false,
    error: expect.stringContaining('request.invalid'),
  });
});

test('the pages are valid HTML in both languages, before and after paying', async () => {
  const { payUrl } = await created({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
  const pages = [`${payUrl}`, `${payUrl}?lang=en`, `${pay.origin}/pay/none`];
  const texts = await Promise.all(pages.map(async (url) => (await fetch(url)).text()));
  await press(payUrl, 'pay');
  texts.push(await (await fetch(payUrl)).text(), await (await press(payUrl, 'pay')).text());
  for (const text of texts) {
    const checked = spawnSync(validator, ['--stdin', '--preset=standard', '--rule=require-sri:off'], {
      input: text,
      encoding: 'utf8',
    });
    expect([checked.status, checked.stdout]).toEqual([0, '']);
  }
  expect(texts[0]).toContain('¥236.50');
  expect(texts[0]).toContain('261122-&lt;b&gt;');
  expect(texts[1]).toContain('Confirm payment');
});

test('kill -9 between payment and notice loses nothing: the next start tells it', async () => {
  const start = async () => {
    const code = `const { startSandboxPay } = await import(${JSON.stringify(join(import.meta.dirname, 'server.ts'))});
      const pay = await startSandboxPay({ port: 0, dir: ${JSON.stringify(killDir)}, backoffFactor: 0.1 }); console.log(pay.origin);
      process.stdin.on('end', () => process.exit()).resume();`; // ends with this test, whatever happens
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'ignore'] });
    children.push(child);
    const origin = await new Promise<string>((resolve) =>
      child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim())),
    );
    return { child, origin };
  };
  const killDir = join(dir, 'kill');
  const first = await start();
  const heard: string[] = [];
  let isDown = true;
  const shop = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => void (text += part.toString()));
    request.on('end', () => {
      if (!isDown) heard.push(JSON.parse(JSON.parse(text).payload).payment.paymentId);
      response.writeHead(isDown ? 500 : 200).end(isDown ? '' : 'success');
    });
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/`;
  const paymentId = randomUUID();
  const payload = JSON.stringify({
    paymentId,
    reference: 'r',
    amountFen: 5,
    currency: 'CNY',
    expiresAt: null,
    notifyUrl: url,
    returnUrl: 'http://shop.test/',
    nonce: 'n',
  });
  const signature = sign(
    'sha256',
    Buffer.from(payload),
    createPrivateKey(readFileSync(join(killDir, 'merchant-private.pem'))),
  ).toString('base64');
  const reply = await fetch(`${first.origin}/api/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ payload, signature }),
  });
  const { payUrl } = JSON.parse(((await reply.json()) as { payload: string }).payload).result;
  await press(payUrl, 'pay');
  first.child.kill('SIGKILL');
  isDown = false;
  await start();
  await vi.waitFor(() => expect(heard).toEqual([paymentId]), { timeout: 8000 });
  shop.closeAllConnections();
  shop.close();
});
