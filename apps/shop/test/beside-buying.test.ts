import { beforeEach, expect, test } from 'vitest';
import { anAskedOrder } from './sample-orders.ts';
import { serveSample, type Served } from './served.ts';

// What stands beside the way to buy: a line put back, figures for scripts, forms of strangers, the member's own pages.

let shop: Served;
beforeEach(async () => {
  shop = await serveSample();
});

test('a removed line can be put back', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '3' });
  const removed = await shop.post('/cart/lines/SKU-5/removal');
  const flash = removed.cookies.find((line) => line.startsWith('ts_flash='))?.split(';')[0] ?? '';
  const cart = await shop.app.inject({ url: '/cart', headers: { cookie: flash } });
  expect(cart.body).toContain('已移除');
  expect(cart.body).toContain('name="quantity" value="3"');
  expect((await shop.app.inject({ url: '/cart', headers: { cookie: `${flash.slice(0, -3)}xyz` } })).body).not.toContain('已移除');
});

test('scripts get figures: the cart after adding, or why not', async () => {
  const json = { accept: 'application/json' };
  const added = await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '2' }, json);
  expect(JSON.parse(added.html)).toEqual({ count: 2, totalFen: 17800 });
  shop.refuseNext('stock.insufficient', { available: 1 });
  const refused = await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '2' }, json);
  expect([refused.status, JSON.parse(refused.html)]).toEqual([409, { code: 'stock.insufficient', details: { available: 1 } }]);
});

test('a form sent from another site changes nothing', async () => {
  const before = shop.calls.length;
  const foreign = await shop.post('/cart/lines', { sku: 'SKU-5' }, { origin: 'https://evil.example' });
  expect(foreign.status).toBe(403);
  expect(shop.calls.slice(before).filter((one) => !one.startsWith('GET'))).toEqual([]);
  const opaque = await shop.post('/cart/lines', { sku: 'SKU-5' }, { origin: 'null' });
  expect(opaque.status).toBe(403);
});

test('reading a page never changes anything', async () => {
  for (const url of ['/cart', '/checkout', '/p/item-2', '/orders/x', '/paid/x', '/sign-in']) await shop.app.inject({ url });
  expect(shop.calls.filter((one) => !one.startsWith('GET'))).toEqual([]);
});

test('a bug shows a page with a code for the log, not a stack', async () => {
  shop.parts.call = (() => Promise.reject(new Error('secret detail'))) as never;
  const broken = await shop.app.inject({ url: '/cart' });
  expect(broken.statusCode).toBe(500);
  expect(broken.body).toContain('这一页没能打开');
  expect(broken.body).not.toContain('secret detail');
});

test('signing in asks for the code that was sent, says how a number is wrong, and forgets nothing', async () => {
  const wrong = await shop.post('/sign-in/code', { phone: '1380013800', next: 'checkout' });
  expect([wrong.status, wrong.html.includes('手机号少 1 位'), wrong.html.includes('value="1380013800"')]).toEqual([
    422,
    true,
    true,
  ]);
  const sent = await shop.post('/sign-in/code', { phone: '138 0013 8000', next: 'checkout' });
  expect(sent.html).toContain('验证码已发到 138 0013 8000');
  expect(sent.html).toContain('验证码是 385722');
  expect(sent.html).toContain('name="next" value="checkout"');
  const unfinished = await shop.post('/sign-in', { phone: '13800138000', code: '12', next: 'checkout' });
  expect([unfinished.status, unfinished.html.includes('请填写短信里的 6 位数字')]).toEqual([422, true]);
});

test('only a member sees an account; anybody else is asked to sign in', async () => {
  for (const url of ['/account', '/account/addresses'])
    expect((await shop.app.inject({ url })).headers.location).toBe('/sign-in');
  const member = await serveSample({ isMember: true });
  expect(await member.get('/account')).toContain('您好，王敏');
});

test('a member proves a mail address by its code, also by the link of the mail, and reads what is wrong; without any script', async () => {
  expect((await shop.app.inject({ url: '/account/email' })).headers.location).toBe('/sign-in');
  const member = await serveSample({ isMember: true });
  expect(await member.get('/account')).toContain('添加邮箱');
  const wrong = await member.post('/account/email/code', { email: 'min' });
  expect([wrong.status, wrong.html.includes('邮箱写成 name@example.com 这样'), wrong.html.includes('value="min"')]).toEqual([
    422,
    true,
    true,
  ]);
  member.refuseNext('mail.unavailable');
  expect((await member.post('/account/email/code', { email: 'min@example.com' })).html).toContain('邮件暂时发不出去');
  const sent = await member.post('/account/email/code', { email: ' Min@Example.com ' });
  expect(sent.html).toContain('验证码已发到 min@example.com');
  expect(sent.html).toContain('验证码是 275313');
  expect(await member.get('/en/account/email?code=275313')).toContain('value="275313"');
  expect(member.calls, 'looking at the link of the mail proves nothing').not.toContain('POST /profile/email');
  expect((await member.post('/account/email', { code: '27' })).html).toContain('请填写邮件里的 6 位数字');
  member.refuseNext('email.taken');
  expect((await member.post('/account/email', { code: '275313', email: 'min@example.com' })).html).toContain(
    '已由另一个会员验证',
  );
  const proved = await member.post('/account/email', { code: '275 313', email: 'min@example.com' });
  expect([proved.status, proved.location]).toEqual([303, '/account']);
  const account = await member.get('/account');
  expect([account.includes('已验证'), account.includes('min@example.com'), account.includes('更换邮箱')]).toEqual([
    true,
    true,
    true,
  ]);
});

test('what the house asks stands on the order; the answer and the choice go back, an empty answer is none', async () => {
  shop.orders.set('SO-ASKED', anAskedOrder());
  const page = await shop.get('/orders/SO-ASKED');
  expect(page).toContain('公司名称要写在面单上吗？');
  expect(page).toContain('价格更低，会退您 ¥20.00');
  const key = 'an-intent-of-its-own';

  expect((await shop.post('/orders/SO-ASKED/answers', { key, answer: '  ' })).location).toBe('/orders/SO-ASKED');
  expect(await shop.get('/orders/SO-ASKED'), 'nothing was answered').toContain('公司名称要写在面单上吗？');
  await shop.post('/orders/SO-ASKED/answers', { key, answer: '不用' });
  const answered = await shop.get('/orders/SO-ASKED');
  expect(answered).not.toContain('公司名称要写在面单上吗？');

  const substitution = anAskedOrder().substitutions[0]?.id ?? '';
  await shop.post(`/orders/SO-ASKED/substitutions/${substitution}`, { key, answer: 'no' });
  const settled = await shop.get('/orders/SO-ASKED');
  expect(shop.orders.get('SO-ASKED')?.substitutions[0]?.state).toBe('declined');
  expect(settled).not.toContain('可以，改发');
});

test('what a search did not find can be told with a plain form; too little and too much are said, what was typed stays', async () => {
  expect(await shop.get('/search?q=zzzz')).toContain('action="/wishes"');
  const kept = await shop.post('/wishes', { text: '羊绒围巾', note: '灰色' });
  expect([kept.status, kept.html.includes('我们记下了“羊绒围巾”')]).toEqual([200, true]);
  const short = await shop.post('/wishes', { text: '羊', note: '灰色' });
  expect(short.status).toBe(422);
  expect(short.html).toContain('value="羊"');
  expect(short.html).toContain('灰色');
  shop.refuseNext('product_request.too_many', { max: 20 });
  const refused = await shop.post('/en/wishes', { text: 'wool scarf' });
  expect([refused.status, refused.html.includes('You told us a lot today')]).toEqual([429, true]);
});
