// A shop whose pages carry Segment's own browser client, unmodified, in a real browser: nothing of it is told but where to send.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { shop } from './places.ts';

const client = join(import.meta.dirname, '../../node_modules/@segment/analytics-next/dist/umd');
const writeKey = 'ts_shop_web';

interface Client {
  track: (event: string, properties: object) => Promise<unknown>;
  page: (category: string, name: string) => Promise<unknown>;
  identify: (userId: string, traits: object) => Promise<unknown>;
}
interface WithClient {
  AnalyticsNext: { AnalyticsBrowser: { load: (settings: object, options: object) => Promise<[Client, unknown]> } };
}
interface Sent {
  messageId: string;
  type: string;
}
interface Heard {
  status: number;
  sent: readonly Sent[];
  reply: unknown;
}

/** A page of the shop's own address that loads the client from there, and what our endpoints answered to it. */
async function openPage(page: Page): Promise<{ heard: Heard[]; strangers: string[] }> {
  const heard: Heard[] = [];
  const strangers: string[] = [];
  await page.route('**/*', async (route) => {
    const { origin, pathname } = new URL(route.request().url());
    if (origin !== shop) {
      strangers.push(route.request().url());
      return route.abort();
    }
    if (pathname === '/with-segment/') {
      const body = '<!doctype html><meta charset="utf-8"><title>棉质T恤</title><script src="/with-segment/index.js"></script>';
      return route.fulfill({ contentType: 'text/html', body });
    }
    if (!pathname.startsWith('/with-segment/')) return route.continue();
    const body = await readFile(join(client, pathname.replace('/with-segment/', ''))).catch(() => undefined);
    return route.fulfill(body === undefined ? { status: 404 } : { contentType: 'text/javascript', body });
  });
  page.on('response', async (response) => {
    const request = response.request();
    if (request.method() !== 'POST' || !new URL(response.url()).pathname.startsWith('/v1/')) return;
    const body = request.postDataJSON() as Sent & { batch?: Sent[] };
    heard.push({ status: response.status(), sent: body.batch ?? [body], reply: await response.json() });
  });
  await page.goto(`${shop}/with-segment/?utm_campaign=spring`);
  return { heard, strangers };
}

for (const strategy of ['standard', 'batching'] as const) {
  test(`Segment’s browser client, unmodified, is answered for track, page and identify, sending ${strategy}`, async ({
    page,
    request,
  }) => {
    const { heard, strangers } = await openPage(page);
    const delivery = { strategy, config: { size: 3, timeout: 500 } };
    await page.evaluate(
      async ({ key, host, deliveryStrategy }) => {
        const { AnalyticsBrowser } = (globalThis as unknown as WithClient).AnalyticsNext;
        const settings = { writeKey: key, cdnSettings: { integrations: { 'Segment.io': { apiKey: key } } } };
        const segment = { apiHost: `${host}/v1`, protocol: 'http', deliveryStrategy };
        const [analytics] = await AnalyticsBrowser.load(settings, { integrations: { 'Segment.io': segment } });
        await analytics.track('Product Viewed', { sku: 'GY-TS01-WH-M', price: 89 });
        await analytics.page('shop', '首页');
        await analytics.identify('customer-of-theirs', { plan: 'gold', email: 'a@b.cn' });
      },
      { key: writeKey, host: new URL(shop).host, deliveryStrategy: delivery },
    );

    const sent = () => heard.flatMap((one) => one.sent);
    await expect.poll(() => sent().map(({ type }) => type)).toEqual(['track', 'page', 'identify']);
    for (const { status, reply, sent: events } of heard) {
      expect(status).toBe(200);
      expect(reply).toMatchObject({ success: true, accepted: events.length, duplicates: 0, rejected: [] });
    }
    expect(strangers, 'nothing is asked of anybody else').toEqual([]);
    const again = await request.post(`${shop}/v1/batch`, { data: { writeKey, batch: sent() } });
    expect(await again.json(), 'each is known: it was kept').toMatchObject({ accepted: 3, duplicates: 3 });
  });
}
