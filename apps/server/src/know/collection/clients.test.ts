import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { pino } from 'pino';
import { PostHog } from 'posthog-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { createBareApp } from '../../app.ts';
import { collectionPlugin } from './plugin.ts';
import { addSource } from './sources.ts';
import { eventsIn } from './testing.ts';
import type { KeptEvent } from './wire.ts';

const world = useWorld();
let app: Awaited<ReturnType<typeof createBareApp>>;
let host: string;
let writeKey: string;
beforeAll(async () => {
  ({ writeKey } = await world.run((ctx) => addSource(ctx, { name: 'partner', channel: 'partner', kind: 'server' })));
  app = await createBareApp({ db: world.db, logger: pino({ enabled: false }) as never, mediaDir: '' });
  await collectionPlugin({ db: world.db, clock: () => new Date(), origins: [] })(app);
  host = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

const events = async (of: (event: KeptEvent) => boolean): Promise<KeptEvent[]> => (await eventsIn(world)).filter(of);
const told = (all: readonly KeptEvent[]) => all.map(({ type, event, customerId }) => `${type} ${event} ${customerId ?? ''}`);

test('@segment/analytics-node works unmodified: every type, each event once', async () => {
  const client = new Analytics({ writeKey, host });
  const failed: unknown[] = [];
  client.on('error', (error) => failed.push(error));
  client.track({ userId: 'node-1', event: 'Order Completed', properties: { order_id: 'N1', total: 12.5 } });
  client.page({ userId: 'node-1', name: '首页' });
  client.screen({ userId: 'node-1', name: '我的' });
  client.identify({ userId: 'node-1', anonymousId: 'node-anon', traits: { plan: 'gold', email: 'a@b.cn' } });
  client.group({ userId: 'node-1', groupId: 'g-1' });
  client.alias({ userId: 'node-1', previousId: 'node-before' });
  await client.closeAndFlush();

  const kept = await events(({ customerId }) => customerId === 'node-1');
  expect(failed).toEqual([]);
  expect(told(kept)).toEqual([
    'track Order Completed node-1', 'page 首页 node-1', 'screen 我的 node-1', 'identify identify node-1', 'group group node-1',
    'alias alias node-1',
  ]); // prettier-ignore
  expect(kept[3]).toMatchObject({ visitorId: 'node-anon', properties: { plan: 'gold' }, isJoining: true });
  expect(kept[3]?.properties).not.toHaveProperty('email');
  expect(kept[5]).toMatchObject({ previousId: 'node-before', isJoining: true });
});

test('@rudderstack/rudder-sdk-node works unmodified: gzip, JSON that it labels as a form', async () => {
  const client = new RudderAnalytics(writeKey, { dataPlaneUrl: host, flushAt: 10 });
  client.track({ userId: 'rudder-1', event: 'Product Viewed', properties: { sku: 'A' } });
  client.identify({ userId: 'rudder-1', traits: { plan: 'silver' } });
  await new Promise<void>((resolve, reject) => void client.flush((error) => (error ? reject(error) : resolve())));

  const kept = await events(({ customerId }) => customerId === 'rudder-1');
  expect(told(kept)).toEqual(['track Product Viewed rudder-1', 'identify identify rudder-1']);
  expect(kept[0]).toMatchObject({
    properties: { sku: 'A' },
    clientAt: expect.stringMatching(/^20/),
    sentAt: expect.stringMatching(/^20/),
  });
});

test('posthog-node works unmodified, its own events in our words', async () => {
  const client = new PostHog(writeKey, { host, flushAt: 20 });
  client.capture({
    distinctId: 'hog-1',
    event: 'Product Viewed',
    properties: { sku: 'A', $current_url: 'http://shop.test/p/a?x=1' },
  });
  client.capture({ distinctId: 'hog-1', event: '$pageview', properties: { $pathname: '/cart' } });
  client.identify({ distinctId: 'hog-1', properties: { plan: 'gold' } });
  client.alias({ distinctId: 'hog-1', alias: 'hog-anon' });
  await client.shutdown();

  const kept = await events(({ customerId }) => customerId === 'hog-1');
  expect(told(kept)).toEqual(['track Product Viewed hog-1', 'page /cart hog-1', 'identify identify hog-1', 'alias alias hog-1']);
  expect(kept[0]).toMatchObject({ path: '/p/a', properties: { sku: 'A' } });
  expect(kept[2]?.properties).toEqual({ plan: 'gold' });
  expect(kept[3]).toMatchObject({ previousId: 'hog-anon' });
});

test.each(['single', 'batch'])('@segment/analytics-next works unmodified, sending %s', async (strategy) => {
  const script = join(import.meta.dirname, '../../../test/browser-client.ts');
  await promisify(execFile)(process.execPath, [script, new URL(host).host, strategy, `next-${strategy}`], { timeout: 10_000 });

  const kept = await events(({ visitorId }) => visitorId === `next-${strategy}`);
  expect(kept.map(({ type, event }) => `${type} ${event}`)).toEqual([
    'track Product Viewed', 'page 首页', 'identify identify', 'group group', 'alias alias',
  ]); // prettier-ignore
  expect(new Set(kept.map(({ messageId }) => messageId)).size).toBe(5);
  expect(kept[0]).toMatchObject({ path: '/p/tee', campaign: 'spring', language: 'en-US' });
  expect(kept[2]?.customerId, 'who signs in, our own cookie says').toBeUndefined();
  expect(kept[2]?.properties).toEqual({ plan: 'gold' });
  expect(JSON.stringify(kept)).not.toMatch(/secret|a@b\.cn/);
});
