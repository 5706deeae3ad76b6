import { randomUUID } from 'node:crypto';
import { delivery as contract } from '@tongshang/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import { bookParcels, handOverParcels } from './book-parcels.ts';
import { findLate } from './find-late.ts';
import { moveSandboxParcelsJob } from './move-sandbox-parcels.ts';
import { newTrackingNumber, type Reported, standingOf } from './parcel.ts';
import { carrierKey, signReport } from './receive-tracking.ts';
import { aTariff } from './testing.ts';

const world = useWorld();
const staff = aStaff('operations');

type Event = { eventId?: string; status: 'in_transit' | 'out_for_delivery' | 'failed' | 'delivered' | 'returned'; at: string };

async function aParcel(promisedOn = '2026-11-24') {
  const fulfilmentId = randomUUID();
  const booked = await world.run(async (ctx) => {
    await aTariff(ctx);
    const parcels = await bookParcels(ctx, [
      { fulfilmentId, fulfilmentNumber: fulfilmentId.slice(0, 8), location: 'WH1', region: '上海市 上海市 黄浦区', grams: 800, carrier: 'SLOW',
        service: 'SLOW-STD', priceFen: 600, promisedOn },
    ]); // prettier-ignore
    await handOverParcels(ctx, [fulfilmentId]);
    return parcels;
  });
  const [parcel] = booked;
  if (parcel === undefined) throw new Error('nothing was booked');
  const post = (events: readonly Event[], { carrier = 'SLOW', key = carrierKey(world.config.secret, carrier) } = {}) => {
    const payload = JSON.stringify({
      events: events.map((event) => ({
        eventId: `${event.status} ${event.at}`,
        ...event,
        trackingNumber: parcel.trackingNumber,
      })),
    });
    return world.call(
      contract.receiveTracking,
      { params: { carrier }, body: { payload, signature: signReport(key, payload) } },
      aShopper(),
    );
  };
  const get = () => world.call(contract.getParcel, { params: { parcelId: parcel.parcelId } }, staff);
  return { ...parcel, post, get };
}

const deliveredEvents = async (fulfilmentId: string) => {
  const { rows } = await world.db.pool.query<{ at: string }>(
    "select payload ->> 'at' as at from platform.event where name = 'delivery.parcel_delivered' and payload ->> 'fulfilmentId' = $1",
    [fulfilmentId],
  );
  return rows.map(({ at }) => at);
};
const inTransit: Event = { status: 'in_transit', at: '2026-11-22T10:00:00Z' };
const out: Event = { status: 'out_for_delivery', at: '2026-11-24T01:00:00Z' };
const delivered: Event = { status: 'delivered', at: '2026-11-24T03:30:00Z' };

test('reports in whatever order, repeated or all at once, bring a parcel to the same place, and its arrival is told once', async () => {
  for (const posts of [[[inTransit], [out], [delivered]], [[delivered], [out], [inTransit]], [[out, delivered, inTransit]], [[delivered], [delivered, inTransit], [delivered]]]) {
    const parcel = await aParcel();
    for (const events of posts) await parcel.post(events);
    await parcel.post([delivered]);
    expect(await parcel.get()).toMatchObject({ state: 'delivered', deliveredAt: expect.stringContaining('2026-11-24T03:30:00') as string, isLate: false });
    expect(await deliveredEvents(parcel.fulfilmentId)).toEqual(['2026-11-24T03:30:00.000Z']);
  } // prettier-ignore
});

test('the same report from two of the carrier’s machines at once is taken once', async () => {
  const parcel = await aParcel();
  const answers = await Promise.all(Array.from({ length: 6 }, () => parcel.post([inTransit, out, delivered])));
  expect(answers.reduce((sum, { taken }) => sum + taken, 0)).toBe(3);
  expect(answers.reduce((sum, { repeated }) => sum + repeated, 0)).toBe(15);
  expect(await deliveredEvents(parcel.fulfilmentId)).toHaveLength(1);
});

test('different reports about one parcel at the same moment: it stands where the latest of them says', async () => {
  for (let round = 0; round < 12; round += 1) {
    const parcel = await aParcel();
    await Promise.all([parcel.post([delivered]), parcel.post([out]), parcel.post([inTransit])]);
    expect((await parcel.get()).state).toBe('delivered');
    expect(await deliveredEvents(parcel.fulfilmentId)).toHaveLength(1);
  }
});

test('a report with a wrong signature, of another carrier, or that nobody can read has no effect', async () => {
  const parcel = await aParcel();
  await expect(parcel.post([delivered], { key: 'guessed' })).rejects.toMatchObject({ code: 'tracking.bad_signature' });
  await expect(parcel.post([delivered], { carrier: 'NONE' })).rejects.toMatchObject({ code: 'carrier.not_found' });
  expect(await parcel.post([delivered], { carrier: 'FAST' })).toMatchObject({ taken: 0, unknown: [parcel.trackingNumber] });
  const payload = '{"events":[{"status":"teleported"}]}';
  const body = { payload, signature: signReport(carrierKey(world.config.secret, 'SLOW'), payload) };
  await expect(world.call(contract.receiveTracking, { params: { carrier: 'SLOW' }, body }, aShopper())).rejects.toMatchObject({
    code: 'tracking.unreadable',
  });
  expect((await parcel.get()).state).toBe('handed_over');
});

test('the key that staff give to a carrier is the one its reports are checked with', async () => {
  const parcel = await aParcel();
  const { key } = await world.call(contract.getCarrierKey, { params: { carrier: 'SLOW' } }, staff);
  expect(await parcel.post([inTransit], { key })).toMatchObject({ taken: 1 });
});

test('a parcel that is not there on the promised day is late: shown, told once, and still late when it comes', async () => {
  const parcel = await aParcel('2026-11-24');
  const look = async () => {
    await world.db.pool.query("select graphile_worker.add_job($1, '{}')", [findLate.name]);
    await world.drain();
    const { rows } = await world.db.pool.query(
      "select from platform.event where name = 'delivery.parcel_late' and payload ->> 'parcelId' = $1",
      [parcel.parcelId],
    );
    return rows.length;
  };
  world.clock.set('2026-11-24T15:59:00Z');
  expect(await look()).toBe(0);
  world.clock.set('2026-11-24T16:01:00Z'); // past local midnight
  expect([await look(), await look()]).toEqual([1, 1]);
  expect((await world.call(contract.listParcels, { query: { late: 'true' } }, staff)).items.map(({ id }) => id)).toContain(
    parcel.parcelId,
  );
  await parcel.post([{ status: 'delivered', at: '2026-11-25T02:00:00Z' }]);
  expect(await parcel.get()).toMatchObject({ state: 'delivered', isLate: true });
  expect((await world.call(contract.listParcels, { query: { late: 'true' } }, staff)).items.map(({ id }) => id)).not.toContain(
    parcel.parcelId,
  );
  world.clock.set('2026-11-22T04:00:00Z');
});

test('what a carrier reported is never changed afterwards', async () => {
  const parcel = await aParcel();
  await parcel.post([inTransit]);
  for (const statement of ["update delivery.tracking_event set status = 'delivered'", 'delete from delivery.tracking_event'])
    await expect(world.db.pool.query(statement)).rejects.toThrow('append-only');
});

test('where a parcel stands does not depend on the order of its reports', () => {
  const reported = fc.record({
    status: fc.constantFrom(
      'handed_over' as const,
      'in_transit' as const,
      'out_for_delivery' as const,
      'failed' as const,
      'delivered' as const,
    ),
    at: fc.integer({ min: 0, max: 5 }).map((hour) => new Date(hour * 3_600_000)),
  });
  fc.assert(
    fc.property(fc.array(reported, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (reports: Reported[], dice) => {
      const shuffled = reports.map((report) => ({ report, key: dice.next().value ?? 0 })).toSorted((a, b) => a.key - b.key);
      const again = standingOf(shuffled.map(({ report }) => report));
      const [first] = [standingOf(reports)];
      expect([again?.status, again?.at.getTime()]).toEqual([first?.status, first?.at.getTime()]);
      if (reports.some(({ status }) => status === 'delivered')) expect(first?.status).toBe('delivered');
    }),
  );
});

test('a waybill number ends with a digit that shows a mistyped one', () => {
  const number = newTrackingNumber('sf', 123_456);
  expect(number).toMatch(/^SF\d{12}$/);
  const check = (text: string) => newTrackingNumber('SF', Number(text.slice(2, -1))) === text;
  expect(check(number)).toBe(true);
  for (let place = 2; place < number.length; place += 1)
    expect(check(`${number.slice(0, place)}${(Number(number[place]) + 1) % 10}${number.slice(place + 1)}`)).toBe(false);
});

test("the sandbox's carriers bring every parcel to an end, though half of their reports are lost and come again", async () => {
  const parcels = await Promise.all(Array.from({ length: 6 }, () => aParcel()));
  let count = 0;
  const post = async (carrier: string, reports: readonly { at: Date }[]) => {
    count += 1;
    if (count % 2 === 1) throw new Error('lost');
    const payload = JSON.stringify({ events: reports });
    await world.call(
      contract.receiveTracking,
      { params: { carrier }, body: { payload, signature: signReport(carrierKey(world.config.secret, carrier), payload) } },
      aShopper(),
    );
  };
  const { work } = moveSandboxParcelsJob({ post });
  for (let minute = 0; minute < 14; minute += 1) {
    world.clock.advance(60_000);
    const step = { inTx: world.run, now: world.clock.now, signal: new AbortController().signal };
    await work(step as never, {} as never).catch(() => work(step as never, {} as never));
  }
  const states = await Promise.all(parcels.map(async ({ get }) => (await get()).state));
  expect(states.filter((state) => !['delivered', 'returned'].includes(state))).toEqual([]);
  world.clock.set('2026-11-22T04:00:00Z');
});
