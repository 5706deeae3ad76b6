import { beforeEach, expect, test } from 'vitest';
import { usedPhone } from './sample-cart.ts';
import { serveSample, type Served } from './served.ts';

// The whole way from product to order as a browser without scripts walks it: links and plain forms.

let shop: Served;
beforeEach(async () => {
  shop = await serveSample();
});

const good = {
  name: '王敏',
  phone: '138 0013 8000',
  province: '330000',
  city: '330100',
  district: '330106',
  detail: '文三路 90 号',
  note: '',
};

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
  expect((await shop.post('/en/checkout/start')).location).toBe('/en/checkout');
  expect(await shop.get('/en/checkout')).toContain('Pay ¥178.00');
});

test('one request is one visitor, however many things it does', async () => {
  let newcomers = 0;
  shop.parts.actorOf = () => Promise.resolve({ kind: 'shopper', name: `guest ${(newcomers += 1)}` });
  expect((await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1', next: 'checkout' })).location).toBe('/checkout');
  expect(newcomers).toBe(1);
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
  for (const typed of ['王敏', '1380013800', '<option value="330106" selected', '放门口']) expect(wrong.html).toContain(typed);
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
  expect(await shop.get('/cart')).not.toContain('action="/checkout/start"');
  expect((await shop.app.inject({ url: '/checkout' })).headers.location).toBe('/cart');
});

test('one box takes a whole address', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  const pasted = await shop.post('/checkout', { do: 'paste', whole: '王敏 13800138000 浙江省杭州市西湖区文三路 90 号' });
  expect(pasted.html).toMatch(/name="name" value="王敏"/);
  expect(pasted.html).toContain('<option value="330106" selected');
  expect(pasted.html).toContain('value="文三路 90 号"');
  const unread = await shop.post('/checkout', { ...good, do: 'paste', whole: 'somewhere' });
  expect(unread.html).toContain('没能全部认出');
  expect(unread.html).toContain('value="文三路 90 号"');
});

test('province, city and district are chosen step by step without a script, what was typed kept', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  const first = await shop.post('/checkout', { name: '王敏', province: '330000', do: 'divisions' });
  expect(first.html).toContain('<option value="330200">宁波市');
  expect(first.html).toContain('value="王敏"');
  const other = await shop.post('/checkout', { province: '110000', city: '330100', district: '330106', do: 'divisions' });
  expect(other.html).not.toContain('value="330106"');
  expect(JSON.parse(await shop.get('/divisions?parent=330100'))).toMatchObject({
    items: [{ code: '330106' }, { code: '330102' }],
  });
});

test('each line says which rule gave what, and the amounts below sum to the total', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '3' });
  await shop.post('/cart/terms', { do: 'coupon:TEN-7Q2K' });
  const html = await shop.get('/cart');
  const why = /<ul class="why"[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '';
  expect(why).toContain('满 200 减 20');
  expect(why).toContain('无门槛 10 元券');
  expect(html).toContain('无门槛 10 元券（TEN-7Q2K）');
  const amounts = /<dl class="amounts">([\s\S]*?)<\/dl>/.exec(html)?.[1] ?? '';
  const fen = [...amounts.matchAll(/<dd[^>]*>\s*(−?)¥([\d.]+)/g)].map(
    ([, minus, text]) => Math.round(Number(text) * 100) * (minus ? -1 : 1),
  );
  const [total = 0, ...rows] = [fen.at(-2), ...fen.slice(0, -2)];
  expect(rows.reduce<number>((sum, one) => sum + (one ?? 0), 0)).toBe(total);
});

test('what is nearly reached is said, what did not apply says why, for whoever asks', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  const html = await shop.get('/cart');
  expect(html).toContain('再买 ¥111.00 可享“满 200 减 20”');
  expect(html).toContain('首单九折：只限首单');
});

test('a code that gives nothing says its own reason: unknown, expired and used up are three things', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  const said = async (code: string) => {
    const sent = await shop.post('/cart/terms', { code, do: 'code' });
    const flash = sent.cookies.find((line) => line.startsWith('ts_flash='))?.split(';')[0] ?? '';
    return (await shop.app.inject({ url: '/cart', headers: { cookie: flash } })).body;
  };
  expect(await said('NOPE')).toContain('券码 NOPE 没有优惠：没有这个券码');
  expect(await said('OLD-11AA')).toContain('券码 OLD-11AA 没有优惠：已过期');
  expect(await said('GONE-22BB')).toContain('券码 GONE-22BB 没有优惠：已用完');
  expect(await said('TEN-7Q2K')).toContain('已用上券码 TEN-7Q2K');
  expect(await said('')).toContain('请填写券码');
});

test('a code by Enter in the checkout form is a code, not a payment; nothing typed is lost', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  const { do: _, ...form } = await checkoutForm();
  const sent = await shop.post('/checkout', { ...form, ...good, code: 'TEN-7Q2K' });
  expect(sent.status).toBe(200);
  expect(sent.html).toContain('支付 ¥87.00');
  expect(sent.html).toContain('value="文三路 90 号"');
  expect(shop.orders.size).toBe(0);
});

test('a member sees the coupon that saves most in the cart already, pays with points, and may drop both', async () => {
  const member = await serveSample({ isMember: true });
  await member.post('/cart/lines', { sku: 'SKU-5', quantity: '7' }); // ¥623: the big coupon counts
  const inCart = await member.get('/cart');
  expect(inCart).toContain('已用，省 ¥60.00');
  expect(inCart).toContain('已自动为您选了最省的');
  expect(inCart).toContain('<dd>¥543.00</dd>');
  expect((await member.post('/checkout/start')).location).toBe('/checkout');
  expect(await member.get('/checkout')).toContain('已用，省 ¥60.00');
  expect(await member.get('/checkout')).toContain('支付 ¥543.00');
  const spent = await member.post('/checkout', { ...good, do: 'points-all' });
  expect(spent.html).toContain('积分抵现（2,400 分）');
  expect(spent.html).toContain('支付 ¥519.00');
  const plain = await member.post('/checkout', { ...good, do: 'drop:BIG-M3PA' });
  expect(plain.html).toContain('支付 ¥579.00');
  expect((await member.post('/checkout', { ...good, do: 'points-none' })).html).toContain('支付 ¥603.00');
});

test('several parcels: each needs an address and units, never more than the cart holds', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '2' });
  const added = await shop.post('/checkout', { ...good, do: 'parcel-add', parcels: '0' });
  expect(added.html).toContain('name="parcels" value="1"');
  expect(added.html).toContain('name="p1-units-SKU-5"');
  const form = await checkoutForm();
  const second = Object.fromEntries(Object.entries(good).map(([field, value]) => [`p1-${field}`, value]));
  const tooMany = await shop.post('/checkout', { ...form, ...good, ...second, parcels: '1', 'p1-units-SKU-5': '3' });
  expect([tooMany.status, tooMany.html.includes('购物车里只有 2 件')]).toEqual([422, true]);
  const empty = await shop.post('/checkout', { ...form, ...good, parcels: '1', 'p1-units-SKU-5': '0' });
  expect(empty.html).toContain('这个包裹还没有商品');
  const fits = { ...form, ...good, ...second, parcels: '1', 'p1-units-SKU-5': '1', total: '18600' };
  expect((await shop.post('/checkout', fits)).status).toBe(303);
  expect(shop.orders.size).toBe(1);
});

test('the freight of several parcels stands in the amounts before anything is asked, in the cart too', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '2' });
  const form = await checkoutForm();
  const second = Object.fromEntries(Object.entries(good).map(([field, value]) => [`p1-${field}`, value]));
  const parcels = { ...second, parcels: '1', 'p1-units-SKU-5': '1' };
  const shown = await shop.post('/checkout', { ...form, ...good, ...parcels, do: 'amounts' });
  expect(shown.html).toContain('运费（2 个包裹）');
  expect(shown.html).toContain('支付 ¥186.00');
  expect(shown.html).toContain('name="total" value="18600"');
  expect(await shop.get('/cart')).toContain('运费（2 个包裹）');
  const back = await shop.get('/checkout'); // what the cart knows of its parcels is in the form, addresses are not
  expect(back).toContain('支付 ¥186.00');
  expect(back).toMatch(/name="p1-units-SKU-5"[^>]*value="1"/);
  const paid = await shop.post('/checkout', { ...form, ...good, ...parcels, total: '18600' });
  expect(paid.status).toBe(303);
});

test('collecting in a store costs no freight and needs no address; the day of arrival goes with the order when it is sent', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' }); // ¥89.00 and ¥8.00 freight
  expect(await shop.get('/cart')).toContain('预计 2026-11-25 前送达');
  const form = await checkoutForm();
  expect(await shop.get('/checkout')).toContain('预计 2026-11-25 前送达');
  const nowhere = await shop.post('/checkout', { ...form, ...good, way: 'pickup' });
  expect([nowhere.status, nowhere.html.includes('请选择自提门店')]).toEqual([422, true]);
  const own = { name: '王敏', phone: '13800138000', way: 'pickup', pickup: 'S01' };
  const shown = await shop.post('/checkout', { ...form, ...own, do: 'amounts' });
  expect(shown.html).toContain('支付 ¥89.00');
  expect(shown.html).toMatch(/value="S02" disabled/);
  expect((await shop.post('/checkout', { ...form, ...own, total: '8900' })).status).toBe(303);
});

test('parcels that changed the amount since it was shown are asked about; nothing is charged before', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '2' });
  const form = await checkoutForm();
  const second = Object.fromEntries(Object.entries(good).map(([field, value]) => [`p1-${field}`, value]));
  const asked = await shop.post('/checkout', { ...form, ...good, ...second, parcels: '1', 'p1-units-SKU-5': '1' });
  expect(asked.status).toBe(409);
  expect(asked.html).toContain('每个包裹各算一次运费，金额由 ¥178.00 变为 ¥186.00，还没有扣款');
  expect(asked.html).toContain('支付 ¥186.00');
  expect(shop.orders.size).toBe(0);
});

test('a phone that has had its share of a limited offer is told so, with the new amounts, before anything is charged', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '3' }); // ¥267 − ¥20
  const form = { ...(await checkoutForm()), ...good, phone: usedPhone };
  const asked = await shop.post('/checkout', form);
  expect(asked.html).toContain('这个手机号已经用过。金额由 ¥247.00 变为 ¥267.00');
  expect(asked.html).toContain('支付 ¥267.00');
  expect(shop.orders.size).toBe(0);
  expect(await shop.get('/cart')).toContain('<dd>¥267.00</dd>'); // the cart counts by the phone too from now on
});

test('an order that points and coupons cover needs no payment: the button says so and leads to the order', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  const { parts } = shop;
  const { call } = parts;
  parts.call = (async (who, endpoint, input) => {
    const reply = await call(who, endpoint, input);
    if (endpoint.path === '/cart') return { ...(reply as object), totalFen: 0 };
    return endpoint.path === '/cart/checkout' ? { ...(reply as object), payUrl: null, paymentId: null } : reply;
  }) as typeof call;
  expect(await shop.get('/checkout')).toContain('提交订单');
  const placed = await shop.post('/checkout', { ...(await checkoutForm()), total: '9700', ...good });
  expect(placed.location).toBe('/paid/SO20261122-0001?token=guest-token');
});

test('checkout keeps the units, says until when, and renews only when asked', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  expect(await shop.get('/checkout')).toContain('商品还没有为您保留');
  const started = await shop.post('/checkout/start');
  expect(started.location).toBe('/checkout');
  expect(await shop.get('/checkout')).toContain('data-until="2026-11-22T06:15:00.000Z"');
  shop.refuseNext('cart.hold_exhausted');
  expect((await shop.post('/checkout', { ...good, do: 'hold' })).html).toContain('已延长到上限');
  const before = shop.calls.filter((one) => one === 'PUT /cart/hold').length;
  await shop.post('/checkout/start'); // going there again is no renewal
  expect(shop.calls.filter((one) => one === 'PUT /cart/hold')).toHaveLength(before);
  const late = await serveSample();
  await late.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  late.refuseNext('stock.insufficient', { available: 0 });
  expect((await late.post('/checkout/start')).location).toBe('/cart');
});

test('single units are called off after their refund was shown; all of them are the whole order', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  await shop.post('/checkout', { ...(await checkoutForm()), ...good });
  const number = 'SO20261122-0001';
  const order = shop.orders.get(number);
  if (order) shop.orders.set(number, { ...order, state: 'paid', paidAt: order.placedAt });
  const shown = await shop.get(`/orders/${number}/changes?token=guest-token&line-1=1`);
  expect(shown).toContain('取消 1 件，退 ¥129.00');
  expect(shown).toContain(`action="/orders/${number}/line-cancellations"`);
  expect(shop.calls).not.toContain('POST /shop/orders/:number/line-cancellations');
  const done = await shop.post(`/orders/${number}/line-cancellations`, { token: 'guest-token', key: 'an-intent', 'line-1': '1' });
  expect(done.location).toBe(`/orders/${number}?token=guest-token`);
  expect(await shop.get(done.location)).toContain('已取消 1 件，¥129.00');
  expect(await shop.get(`/orders/${number}/changes?line-1=0`)).toContain('还没有选要取消的件数');
  expect(await shop.get(`/orders/${number}/changes?line-1=9`)).toContain(`action="/orders/${number}/cancellation"`);
});

test('before payment single units are called off too: the page says what is left to pay, and nothing of a refund', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '2' });
  await shop.post('/checkout', { ...(await checkoutForm()), ...good });
  const [number] = [...shop.orders.keys()];
  const order = await shop.get(`/orders/${number}?token=guest-token`);
  expect(order).toContain('先看还要付多少');
  const shown = await shop.get(`/orders/${number}/changes?token=guest-token&line-1=1`);
  expect(shown).toContain('取消后应付');
  expect(shown).toMatch(/取消 1 件\s*<\/button>/);
  expect(shown).not.toContain('<dt>退款</dt>');
});

test('a member adds an invoice title, changes it, and reads what is wrong with it', async () => {
  const member = await serveSample({ isMember: true });
  const account = await member.get('/account');
  expect(account).toContain('href="/account/invoices/');
  expect(await member.get('/account/invoices')).toContain('添加发票抬头');
  const edit = await member.get('/account/invoices/0193a000-0000-7000-8000-000000000881');
  expect(edit).toContain('value="91350100M000100Y43"');
  expect(edit).toMatch(/value="company" checked/);
  expect(edit, 'what was kept goes with the form and is not lost by saving it').toContain('value="fapiao@guyu.example"');
  const company = { invoice: 'company', 'invoice-title': '杭州谷雨良品有限公司', 'invoice-taxNumber': '1' };
  const wrong = await member.post('/account/invoices/0193a000-0000-7000-8000-000000000881', company);
  expect([wrong.status, wrong.html.includes('value="杭州谷雨良品有限公司"')]).toEqual([422, true]);
  const right = { ...company, 'invoice-taxNumber': '91350100M000100Y43' };
  const noMail = await member.post('/account/invoices', { ...right, 'invoice-email': 'fapiao@' });
  expect([noMail.status, noMail.html.includes('邮箱地址不完整')]).toEqual([422, true]);
  const saved = await member.post('/account/invoices/0193a000-0000-7000-8000-000000000881', right);
  expect([saved.status, saved.location, saved.html.slice(0, 3000)]).toEqual([303, '/account', '']);
  expect(member.calls).toContain('PUT /profile/invoices/:id');
  expect((await member.post('/account/invoices', right)).location).toBe('/account');
  expect((await shop.app.inject({ url: '/account/invoices' })).headers.location).toBe('/sign-in');
});

test('buying again fills the cart and names what is not sold now', async () => {
  await shop.post('/cart/lines', { sku: 'SKU-5', quantity: '1' });
  await shop.post('/checkout', { ...(await checkoutForm()), ...good });
  const again = await shop.post('/orders/SO20261122-0001/repetition');
  expect(again.location).toBe('/cart');
  const flash = again.cookies.find((line) => line.startsWith('ts_flash='))?.split(';')[0] ?? '';
  expect((await shop.app.inject({ url: '/cart', headers: { cookie: flash } })).body).toContain(
    '已放进 2 件；这些现在买不到：旧款茶杯',
  );
});

test('a guest who takes a coupon signs in first and comes back; a member has it, or hears why not', async () => {
  expect((await shop.post('/coupons/x/taking')).location).toBe('/sign-in?next=coupons');
  const member = await serveSample({ isMember: true });
  const take = async () => {
    const sent = await member.post('/coupons/0193a000-0000-7000-8000-000000000851/taking');
    const flash = sent.cookies.find((line) => line.startsWith('ts_flash='))?.split(';')[0] ?? '';
    return (await member.app.inject({ url: sent.location, headers: { cookie: flash } })).body;
  };
  expect(await take()).toContain('已领到“无门槛 10 元券”');
  member.refuseNext('coupon_batch.used_up');
  expect(await take()).toContain('这张券刚被领完');
  member.refuseNext('coupon.limit_reached');
  expect(await take()).toContain('这张券您已领到上限');
});

test('the flash counter is the house’s: the figures that scripts ask for are those on the page', async () => {
  const { sales } = JSON.parse(await shop.get('/flash/state')) as {
    sales: { left: number; items: { sku: string; left: number }[] }[];
  };
  const html = await shop.get('/flash');
  expect(html).toContain(`还剩 ${sales[0]?.left} / 100 件`);
  expect(html).toContain('每人限购 2 件');
  expect(html).toContain('已抢光');
  expect(sales[0]?.items.map(({ left }) => left)).toEqual([37, 0]);
  expect(await shop.get('/p/item-4')).toContain('距结束');
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
