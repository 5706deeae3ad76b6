import { expect, test } from 'vitest';
import { type Arrival, readEvent } from './wire.ts';

const arrival: Arrival = {
  receivedAt: new Date('2026-11-22T04:00:00.000Z'),
  sentAt: undefined,
  visitorId: undefined,
  newId: () => 'made-here',
};
const read = (raw: unknown, over: Partial<Arrival> = {}) => readEvent(raw, { ...arrival, ...over });
const track = { type: 'track', event: 'Product Viewed', anonymousId: 'v1', messageId: 'm1' };

test('a track of the wire is kept with its visitor, name and properties', () => {
  expect(
    read({ ...track, properties: { sku: 'A', name: '棉质T恤', price: 99 }, context: { page: { path: '/p/a?token=x' } } }),
  ).toEqual({
    messageId: 'm1',
    type: 'track',
    event: 'Product Viewed',
    visitorId: 'v1',
    customerId: undefined,
    at: '2026-11-22T04:00:00.000Z',
    clientAt: undefined,
    sentAt: undefined,
    path: '/p/a',
    language: undefined,
    campaign: undefined,
    properties: { sku: 'A', name: '棉质T恤', price: 99 },
  });
});

test('what names a person is not kept, wherever it stands', () => {
  const kept = read({
    type: 'identify',
    userId: 'c1',
    traits: {
      email: 'a@b.cn',
      phone: '13800138000',
      firstName: 'Min',
      plan: 'gold',
      shipping: { address: 'x', city: '上海' },
      list: [{ name: 'Li' }],
    },
    context: { ip: '1.2.3.4', userAgent: 'x' },
  });
  expect(kept).toMatchObject({
    type: 'identify',
    customerId: 'c1',
    properties: { plan: 'gold', shipping: { city: '上海' }, list: [{}] },
  });
  expect(JSON.stringify(kept)).not.toMatch(/a@b|1380013|Min|1\.2\.3\.4/);
});

test('every reason is named at once', () => {
  expect(read({ type: 'bark', timestamp: 'yesterday', properties: [] })).toEqual([
    'event.unknown_type',
    'event.no_visitor',
    'event.no_name',
    'event.bad_timestamp',
    'event.bad_properties',
  ]);
  expect(read('text')).toEqual(['event.not_an_object']);
  expect(read({ ...track, messageId: '' })).toEqual(['event.bad_message_id']);
});

test('an event without messageId gets one of ours', () => {
  expect(read({ ...track, messageId: undefined })).toMatchObject({ messageId: 'made-here' });
});

test('a wrong clock of the sender cancels out: received − (sent − happened)', () => {
  const late = { ...track, timestamp: '2030-01-01T00:00:00.000Z' };
  expect(read(late, { sentAt: '2030-01-01T00:00:10.000Z' })).toMatchObject({
    at: '2026-11-22T03:59:50.000Z',
    clientAt: '2030-01-01T00:00:00.000Z',
  });
  expect(read(late)).toMatchObject({ at: '2026-11-22T04:00:00.000Z' }); // nothing happens after it was received
});

test('our own signed cookie names the visitor, whatever the page calls them; without one the page does', () => {
  expect(read({ type: 'page', name: '首页', anonymousId: 'a' }, { visitorId: 'cookie' })).toMatchObject({ visitorId: 'cookie' });
  expect(read({ type: 'page', name: '首页', anonymousId: 'a' })).toMatchObject({ visitorId: 'a' });
  expect(read({ type: 'page', name: '首页' }, { visitorId: 'cookie' })).toMatchObject({ visitorId: 'cookie', event: '首页' });
});
