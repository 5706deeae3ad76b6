// A process that is as much of a browser as @segment/analytics-next, unmodified, asks for; so that no test file is. Sends one of each
// type to argv[2] (host), one by one or in batches (argv[3]), and ends when all were answered.
import type { AnalyticsBrowserSettings, InitOptions } from '@segment/analytics-next';

const [, , host = '', strategy = 'single', anonymousId = ''] = process.argv;

const kept = new Map<string, string>();
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};
const nothing = () => undefined;
const document = {
  cookie: '',
  title: '棉质T恤',
  referrer: '',
  readyState: 'complete',
  querySelector: () => null,
  querySelectorAll: () => [],
  getElementsByTagName: () => [],
  addEventListener: nothing,
  removeEventListener: nothing,
};
const target = new EventTarget();
Object.defineProperty(navigator, 'onLine', { value: true });
Object.assign(globalThis, {
  window: globalThis,
  document,
  location: new URL('http://shop.test/p/tee?utm_campaign=spring&token=secret'),
  localStorage: storage,
  sessionStorage: storage,
  addEventListener: target.addEventListener.bind(target),
  removeEventListener: target.removeEventListener.bind(target),
});

const { AnalyticsBrowser } = await import('@segment/analytics-next'); // reads `window` as it is loaded
const segment = { apiHost: `${host}/v1`, protocol: 'http' };
const batching = { deliveryStrategy: { strategy: 'batching', config: { size: 5 } } };
const options = { integrations: { 'Segment.io': strategy === 'batch' ? { ...segment, ...batching } : segment } } as InitOptions;
const settings = {
  writeKey: 'ts_shop_web',
  cdnSettings: { integrations: { 'Segment.io': { apiKey: 'ts_shop_web' } } },
} as unknown as AnalyticsBrowserSettings;
let answers = 0;
const send = globalThis.fetch;
globalThis.fetch = async (...asked: Parameters<typeof fetch>) => {
  const answer = await send(...asked);
  answers += answer.ok ? 1 : 0;
  return answer;
};
const [analytics] = await AnalyticsBrowser.load(settings, { ...options, disableClientPersistence: true });
analytics.setAnonymousId(anonymousId);
await analytics.track('Product Viewed', { sku: 'A', price: 89 });
await analytics.page('shop', '首页');
await analytics.identify('c-claimed', { plan: 'gold', email: 'a@b.cn' });
await analytics.group('g-1');
await analytics.alias('c-claimed', 'before');
while (answers < (strategy === 'batch' ? 1 : 5)) await new Promise((resolve) => setTimeout(resolve, 10));
process.exit(0);
