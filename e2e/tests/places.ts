// Where things are in the two shops of the house, and what every journey does: sign in, buy, judge a page.
import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { type APIRequestContext, expect, type Locator, type Page, request } from '@playwright/test';

export const shop = process.env['E2E_SHOP'] ?? '';
export const console_ = process.env['E2E_CONSOLE'] ?? '';

export const roles = ['admin', 'executive', 'operations', 'marketer', 'analyst', 'warehouse', 'clerk'] as const;
export type Role = (typeof roles)[number];
const password = 'guyu-demo-2026';

/** Signs in at the console through its own page, as a demo member of staff. */
export async function signInByHand(page: Page, role: Role): Promise<void> {
  await page.goto(`${console_}/sign-in`);
  await page.getByLabel('邮箱').fill(`${role}@guyu.example`);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible();
}

const signInWith = async (api: APIRequestContext, role: Role): Promise<void> => {
  const answer = await api.post(`${console_}/api/auth/staff/sign-in/email`, {
    headers: { origin: console_ },
    data: { email: `${role}@guyu.example`, password },
  });
  expect(answer.ok(), `${role} signs in`).toBe(true);
};

type State = Awaited<ReturnType<APIRequestContext['storageState']>>;
const kept = new Map<Role, Promise<State>>();

/** One session a role and worker: the house counts how often somebody signs in from one address, as it should. */
function sessionOf(role: Role): Promise<State> {
  const state = kept.get(role) ?? openSession(role);
  kept.set(role, state);
  return state;
}

async function openSession(role: Role): Promise<State> {
  const api = await request.newContext();
  await signInWith(api, role);
  const state = await api.storageState();
  await api.dispose();
  return state;
}

/** The browser is signed in as this role, without the way through the sign-in page. */
export const signIn = async (page: Page, role: Role): Promise<void> => page.context().addCookies((await sessionOf(role)).cookies);

/** What the house answers a member of staff. To prepare and to compare with; what a journey proves, it does on the page. */
export async function askAs(role: Role) {
  const api = await request.newContext({ extraHTTPHeaders: { origin: console_ }, storageState: await sessionOf(role) });
  const read = async <Reply>(sent: Promise<Awaited<ReturnType<APIRequestContext['get']>>>): Promise<Reply> => {
    const answer = await sent;
    expect(answer.ok(), `${answer.url()}: ${answer.status()} ${answer.ok() ? '' : await answer.text()}`).toBe(true);
    return (await answer.json()) as Reply;
  };
  return {
    get: <Reply>(path: string) => read<Reply>(api.get(`${console_}/api${path}`)),
    post: <Reply>(path: string, data: object) =>
      read<Reply>(api.post(`${console_}/api${path}`, { data, headers: { 'idempotency-key': randomUUID() } })),
    put: <Reply>(path: string, data: object) => read<Reply>(api.put(`${console_}/api${path}`, { data })),
    close: () => api.dispose(),
  };
}

/** Nothing serious or critical by WCAG 2.2 AA. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // figures that are being asked for again are dimmed for that moment
  await expect(page.locator('.busy')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true) // our pages have no frames: nothing to gather on a blank page of its own
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`); // prettier-ignore
  expect.soft(told, what).toEqual([]);
}

/** The page does not scroll sideways at this width. */
export async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(excess, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** Opens the first product that a search finds. */
export async function openFound(page: Page, words: string): Promise<void> {
  await page.goto(`${shop}/search?q=${encodeURIComponent(words)}`);
  await page.locator('main a[href^="/p/"]').first().click();
  await expect(page.getByRole('button', { name: '加入购物车' }).first()).toBeVisible();
}

/** Puts the product of this page into the cart; the shop says so, at once or after its page has come again. */
export async function addToCart(page: Page): Promise<void> {
  await page.getByRole('button', { name: '加入购物车' }).first().click();
  await expect(
    page
      .locator('main')
      .getByText(/已加入购物车|购物车共 \d+ 件/)
      .or(cartHeading(page))
      .first(),
  ).toBeVisible();
}

const cartHeading = (page: Page): Locator => page.getByRole('heading', { level: 1, name: '购物车' });

/** From the cart to the provider's page, as somebody who fills in everything. */
export async function checkOut(page: Page): Promise<void> {
  await page.goto(`${shop}/cart`);
  await page.getByRole('button', { name: '去结算' }).click();
  await fillRecipient(page);
  await page.getByRole('button', { name: /^支付 ¥/ }).click();
  await expect(page.getByRole('heading', { name: '确认付款' })).toBeVisible();
}

export async function fillRecipient(page: Page): Promise<void> {
  await page.getByLabel('收货人', { exact: true }).fill('王小敏');
  await page.getByLabel('手机号', { exact: true }).fill(aPhone()); // each buyer somebody else: limits count by phone
  await chooseDivision(page, '省份', '浙江省');
  await chooseDivision(page, '城市', '杭州市');
  await chooseDivision(page, '区县', '西湖区');
  await page.getByLabel('详细地址').fill('文三路 90 号 2 幢 301');
}

/** A mobile number that nobody had before. */
export const aPhone = (): string => `138${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;

/** A script fills each level after the one above it; without one a button of the form does. */
async function chooseDivision(page: Page, label: string, name: string): Promise<void> {
  const select = page.getByLabel(label, { exact: true });
  const load = page.getByRole('button', { name: '载入下一级' });
  if ((await select.getByRole('option', { name }).count()) === 0 && (await load.isVisible())) await load.click();
  await select.selectOption({ label: name });
}

/** Pays at the provider and comes back to the shop, which has heard of it; answers the order's number. */
export async function pay(page: Page, button = '付款'): Promise<string> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByRole('heading', { name: '付款收到了' })).toBeVisible({ timeout: 20_000 });
  const [, number = ''] = /\/paid\/([^?/]+)/.exec(page.url()) ?? [];
  expect(number).not.toBe('');
  return decodeURIComponent(number);
}

export const seeOrder = (page: Page): Promise<void> => page.getByRole('link', { name: '看订单' }).click();

/** An order, paid by a guest, without the way through the pages: what journeys of the console begin with. */
export async function anOrder(
  sku: string,
  quantity = 1,
  { address = '文三路 90 号', phone = aPhone(), note }: { address?: string; phone?: string; note?: string } = {},
): Promise<{ number: string; link: string; totalFen: number; pay: () => Promise<void> }> {
  const guest = await request.newContext({ extraHTTPHeaders: { origin: shop } });
  const answered = async <Reply>(sent: ReturnType<APIRequestContext['post']>): Promise<Reply> => {
    const answer = await sent;
    expect(answer.ok(), `${answer.url()}: ${answer.status()}`).toBe(true);
    return (await answer.json()) as Reply;
  };
  const cart = await answered<{ version: number; totalFen: number }>(
    guest.post(`${shop}/api/cart/lines`, { data: { sku, quantity } }),
  );
  const order = await answered<{ number: string; token: string; payUrl: string; totalFen: number }>(
    guest.post(`${shop}/api/cart/checkout`, {
      data: {
        version: cart.version,
        expectedTotalFen: cart.totalFen,
        recipient: { name: '王小敏', phone, region: '浙江省 杭州市西湖区', address },
        note,
      },
    }),
  );
  const pay = async () => {
    const page = await guest.get(new URL(order.payUrl, shop).href);
    const done = await guest.post(page.url(), {
      form: { act: 'pay' },
      maxRedirects: 0,
      headers: { origin: new URL(page.url()).origin },
    });
    expect(done.status(), 'paid at the provider').toBe(303);
    await guest.dispose();
  };
  return { number: order.number, link: `${shop}/orders/${order.number}?token=${order.token}`, totalFen: order.totalFen, pay };
}

/** A SKU that can be bought, by a word of its name. */
export async function aSku(words: string): Promise<{ sku: string; slug: string; name: string }> {
  const api = await request.newContext();
  const { items } = (await (await api.get(`${shop}/api/shop/products?text=${encodeURIComponent(words)}&limit=1`)).json()) as { items: { slug: string }[] }; // prettier-ignore
  const { slug, name, variants } = (await (await api.get(`${shop}/api/shop/products/${items[0]?.slug ?? ''}`)).json()) as {
    slug: string;
    name: string;
    variants: { sku: string; available: number; priceFen: number | null }[];
  };
  await api.dispose();
  const { sku } = variants.find(({ available, priceFen }) => available > 5 && priceFen !== null) ?? { sku: '' };
  expect(sku, `something of ${name} can be bought`).not.toBe('');
  return { sku, slug, name };
}
