import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type * as behaviour from './behaviour.ts';

interface Sent {
  batch: { event?: string; name?: string; messageId: string; anonymousId: string }[];
}

/** As much of a browser as the snippet asks for; each test gets its own, and a fresh copy of the snippet. */
function aBrowser(over: { consent?: string; stored?: [string, string][] } = {}) {
  const kept = new Map<string, string>(over.stored);
  const target = new EventTarget();
  const sent: Sent[] = [];
  const browser = {
    kept,
    sent,
    /** Status of the next answers; 0: no network. */
    status: 200,
    navigator: { onLine: true, doNotTrack: null, sendBeacon: (_to: string, body: Blob) => beacons.push(body) > 0 },
    go: (name: string) => void target.dispatchEvent(new Event(name)),
    names: () => sent.flatMap(({ batch }) => batch.map(({ event, name }) => event ?? name)),
    beacons: async () => Promise.all(beacons.map(async (body) => JSON.parse(await body.text()) as Sent)),
  };
  const beacons: Blob[] = [];
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  vi.stubGlobal('navigator', browser.navigator);
  vi.stubGlobal('location', { pathname: '/p/a', search: '' });
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  vi.stubGlobal('document', {
    body: { dataset: { key: 'k', kind: 'product', ...(over.consent !== undefined && { consent: over.consent }) } },
    documentElement: { lang: 'zh-CN' },
    title: 'T',
    referrer: '',
    visibilityState: 'visible',
    getElementById: () => null,
  });
  vi.stubGlobal('fetch', (_to: string, { body }: { body: string }) => {
    if (browser.status === 0) return Promise.reject(new TypeError('no network'));
    sent.push(JSON.parse(body) as Sent);
    return Promise.resolve({ ok: browser.status < 300, status: browser.status });
  });
  return browser;
}

let copies = 0;
/** A copy of its own under an address of its own: modules that others share are left alone. */
const snippet = async () => {
  copies += 1;
  return (await import(/* @vite-ignore */ `./behaviour.ts?copy=${copies}`)) as typeof behaviour;
};
const waiting = ({ kept }: ReturnType<typeof aBrowser>) => JSON.parse(kept.get('ts_events') ?? '[]') as Sent['batch'];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('events of a moment leave together, and leave the device only when the house has them', async () => {
  const browser = aBrowser();
  const { trackPage, track } = await snippet();
  trackPage();
  track('Product Added', { sku: 'A' });
  expect(waiting(browser)).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(500);
  expect(browser.sent).toHaveLength(1);
  expect(browser.names()).toEqual(['product', 'Product Added']);
  expect(waiting(browser)).toEqual([]);
});

test('without network, and while the house has trouble, events wait; what another page left goes first, each under its own id', async () => {
  const before = aBrowser();
  before.navigator.onLine = false;
  (await snippet()).track('Product Viewed', { sku: 'A' });
  await vi.advanceTimersByTimeAsync(5_000);
  before.go('pagehide');
  expect([before.sent, await before.beacons()]).toEqual([[], []]);

  const browser = aBrowser({ stored: [...before.kept] });
  browser.status = 503;
  const { trackPage } = await snippet();
  trackPage();
  await vi.advanceTimersByTimeAsync(500);
  expect(waiting(browser)).toHaveLength(2);
  const [first] = browser.sent;
  browser.status = 200;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(browser.sent.at(-1)?.batch).toEqual(first?.batch);
  expect(browser.sent.at(-1)?.batch.map(({ event, name }) => event ?? name)).toEqual(['Product Viewed', 'product']);
  expect(waiting(browser)).toEqual([]);
});

test('a page that is left sends what waits with it', async () => {
  const browser = aBrowser();
  const { trackPage, track } = await snippet();
  trackPage();
  track('Product Added', { sku: 'A' });
  browser.go('pagehide');
  expect((await browser.beacons()).map(({ batch }) => batch.length)).toEqual([2]);
  expect(waiting(browser)).toEqual([]);
});

test('who refuses sends nothing, and nothing of them stays; who was not asked yet sends what they did once they agree', async () => {
  const refusing = aBrowser();
  const first = await snippet();
  first.track('Product Viewed', {});
  first.setRefused(true);
  first.track('Product Added', {});
  await vi.advanceTimersByTimeAsync(1_000);
  refusing.go('pagehide');
  expect([refusing.sent, await refusing.beacons(), [...refusing.kept.keys()]]).toEqual([[], [], ['ts_no_usage']]);

  const asked = aBrowser({ consent: 'ask' });
  const second = await snippet();
  second.track('Product Viewed', {});
  await vi.advanceTimersByTimeAsync(1_000);
  expect([asked.sent, [...asked.kept.keys()]]).toEqual([[], []]);
  second.setRefused(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked.names()).toEqual(['Product Viewed']);
});
