import { beforeEach, expect, test } from 'vitest';
import { serveSample, type Served } from './served.ts';

// The whole way from product to order as a browser without scripts walks it: links and plain forms.

let shop: Served;
beforeEach(async () => {
  shop = await serveSample();
});

const good = { name: '王敏', phone: '138 0013 8000', province: '浙江省', city: '杭州市西湖区', detail: '文三路 90 号', note: '' };

async function checkoutForm(): Promise<Record<string, string>> {
  const html = await shop.get('/checkout');
  const hidden = [...html.matchAll(/<input type="hidden" name="(key|version|total)" value="([^"]+)"/g)].map(
    ([, name = '', value = '']) => [name, value],
  );
  return { ...(Object.fromEntries(hidden) as Record<string, string>), do: 'pay' };
}

test('a guest buys with plain forms: add, cart, checkout, away to the payment page', async () => {
  const added = await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '2' });
  expect([added.status, added.location]).toEqual([303, '/cart']);
  expect(added.cookies.some((line) => line.startsWith('ts_count=2;') && !line.includes('HttpOnly'))).toBe(true);
  expect(await shop.get('/cart')).toContain('¥178.00');

  const form = await checkoutForm();
  expect(await shop.get('/checkout')).toContain('支付 ¥178.00');
  const paid = await shop.post('/checkout', { ...form, ...good });
  expect([paid.status, paid.location]).toEqual([303, '/pay/SO20261122-0001?language=zh-CN']);
  expect(shop.orders.size).toBe(1);
});

test('the English shop keeps its language through every step', async () => {
  expect((await shop.post('/en/cart/lines', { sku: 'SKU-5', quantity: '1' })).location).toBe('/en/cart');
  expect((await shop.post('/en/cart/lines', { sku: 'SKU-5', quantity: '1', next: 'checkout' })).location).toBe('/en/checkout');
  expect(await shop.get('/en/checkout')).toContain('Pay ¥178.00');
});

test('pressing twice is one order', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  const form = { ...(await checkoutForm()), ...good };
  const [first, second] = await Promise.all([shop.post('/checkout', form), shop.post('/checkout', form)]);
  expect(second.location).toBe(first.location);
  expect(shop.orders.size).toBe(1);
});

test('a wrong form comes back with sentences at the fields, everything typed still there, and no order', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  const form = await checkoutForm();
  const wrong = await shop.post('/checkout', { ...form, ...good, phone: '1380013800', detail: '', note: '放门口' });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('手机号少 1 位');
  expect(wrong.html).toContain('<a href="#detail">请填写街道、门牌号</a>');
  expect(wrong.html).toContain('<title>错误：结算');
  for (const typed of ['王敏', '1380013800', '杭州市西湖区', '放门口']) expect(wrong.html).toContain(typed);
  expect(wrong.html).toContain(`name="key" value="${form['key']}"`);
  expect(shop.orders.size).toBe(0);
});

test('a changed price is asked about before anything is charged, with what was typed kept', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  const form = { ...(await checkoutForm()), ...good };
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' }); // meanwhile, in another tab
  const asked = await shop.post('/checkout', form);
  expect(asked.status).toBe(409);
  expect(asked.html).toContain('金额由 ¥97.00 变为 ¥178.00，还没有扣款');
  expect(asked.html).toContain('支付 ¥178.00');
  expect(asked.html).toContain('文三路 90 号');
  expect(shop.orders.size).toBe(0);
});

test('short stock leads back to the cart that says which line', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-2-00', quantity: '9' });
  expect(await shop.get('/cart')).toContain('只剩 3 件，请减少数量');
  expect(await shop.get('/cart')).not.toContain('href="/checkout"');
  expect((await shop.app.inject({ url: '/checkout' })).headers.location).toBe('/cart');
});

test('one box takes a whole address', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  const pasted = await shop.post('/checkout', { do: 'paste', whole: '王敏 13800138000 浙江省杭州市西湖区文三路 90 号' });
  expect(pasted.html).toContain('name="name" autocomplete="name" value="王敏"');
  expect(pasted.html).toContain('value="杭州市西湖区"');
  expect(pasted.html).toContain('value="文三路 90 号"');
  expect(pasted.html).toContain('<option value="浙江省" selected>');
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

test('an order can be cancelled while it may be, by the link alone, and says so afterwards', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  await shop.post('/checkout', { ...(await checkoutForm()), ...good });
  const html = await shop.get('/orders/SO20261122-0001?token=guest-token');
  expect(html).toContain('取消这张订单？');
  expect(html).toContain('name="token" value="guest-token"');
  const cancelled = await shop.post('/orders/SO20261122-0001/cancellation', { token: 'guest-token', key: 'a-key-of-intent' });
  expect(cancelled.location).toBe('/orders/SO20261122-0001?token=guest-token');
  const after = await shop.get(cancelled.location);
  expect(after).toContain('已取消');
  expect(after).not.toContain('取消这张订单？');
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
