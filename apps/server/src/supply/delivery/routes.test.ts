import { delivery as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import { aStock } from '../inventory/testing.ts';
import { promiseDates } from './index.ts';
import { aTariff } from './testing.ts';

const world = useWorld();
const staff = aStaff('operations');
const shopper = aShopper();

const ask = (sku: string, more: { quantity?: number; region?: string } = {}) =>
  world.call(contract.promiseDate, { query: { sku, ...more } }, shopper);

test('the shop names the day that the cheapest service keeps, and until when that day holds', async () => {
  await world.run(async (ctx) => {
    await aTariff(ctx);
    await aStock(ctx, 'mug', 5);
    await aStock(ctx, 'mug', 2, 'S01');
  });
  expect(await ask('mug', { region: '上海市 上海市 黄浦区' })).toEqual({
    promisedOn: '2026-11-24',
    orderBy: '2026-11-22T08:00:00.000Z',
    region: '上海市 上海市 黄浦区',
  });
  expect(await ask('mug', { region: '广东省 广州市 天河区' })).toMatchObject({ promisedOn: '2026-11-27' });
  world.clock.set('2026-11-22T08:00:01Z'); // past the cut-off
  expect(await ask('mug', { region: '上海市 上海市 黄浦区' })).toMatchObject({
    promisedOn: '2026-11-25',
    orderBy: '2026-11-23T08:00:00.000Z',
  });
  world.clock.set('2026-11-22T04:00:00Z');
});

test('what only two places together have is promised for the later day, what nobody has for none', async () => {
  expect(await ask('mug', { quantity: 6, region: '上海市 上海市 黄浦区' })).toMatchObject({ promisedOn: '2026-11-24' }); // WH1's day: S01's is sooner
  expect(await ask('mug', { quantity: 8 })).toMatchObject({ promisedOn: null, orderBy: null });
  await expect(ask('nothing')).rejects.toMatchObject({ code: 'sku.not_found' });
});

test('who asks without an address gets the day for the province of the first place that sends', async () => {
  expect(await ask('mug')).toMatchObject({ region: '浙江', promisedOn: '2026-11-23' });
});

test('pick-up is offered where a store hands out, with what is missing there and when it would be ready', async () => {
  const places = (quantity: number) => world.call(contract.listPickupPlaces, { query: { sku: 'mug', quantity } }, shopper);
  expect((await places(2)).items).toMatchObject([
    { location: 'S01', isAvailable: true, missing: [], readyAt: '2026-11-22T06:00:00.000Z', keepDays: 7 },
  ]);
  expect((await places(3)).items).toMatchObject([
    { location: 'S01', isAvailable: false, missing: [{ sku: 'mug', available: 2 }], readyAt: null },
  ]);
});

test('many parcels are promised with one look: what goes where nothing leaves is promised nothing', async () => {
  const parcel = { region: '上海市 上海市 黄浦区', grams: 1200 };
  const [warm, cold, promised, nowhere] = await world.run((ctx) =>
    promiseDates(ctx, [
      { ...parcel, location: 'WH1' },
      { ...parcel, location: 'WH1', storage: 'frozen' },
      { ...parcel, location: 'WH1', promisedOn: '2026-11-23' },
      { ...parcel, location: 'MARS' },
    ]),
  );
  expect(warm).toMatchObject({ service: 'SLOW-STD', priceFen: 750, promisedOn: '2026-11-24' });
  expect(cold).toMatchObject({ service: 'FAST-EXP', priceFen: 1800, promisedOn: '2026-11-23' });
  expect(promised).toMatchObject({ service: 'FAST-EXP', promisedOn: '2026-11-23' });
  expect(nowhere).toBeUndefined();
});

test('a quote shows every service with its price and day, and marks the one that a parcel would get', async () => {
  const query = { location: 'WH1', region: '广东省 广州市 天河区', grams: 1400 };
  const quote = (more: object) => world.call(contract.quoteParcel, { query: { ...query, ...more } }, staff);
  const shown = ({ items }: Awaited<ReturnType<typeof quote>>) =>
    items.map(({ service, priceFen, arrivesOn, keepsPromise, isChosen }) => [
      service,
      priceFen,
      arrivesOn,
      keepsPromise,
      isChosen,
    ]);
  expect(shown(await quote({}))).toEqual([
    ['SLOW-STD', 1300, '2026-11-27', true, true],
    ['FAST-EXP', 3200, '2026-11-24', true, false],
  ]);
  expect(shown(await quote({ promisedOn: '2026-11-25' }))).toEqual([
    ['SLOW-STD', 1300, '2026-11-27', false, false],
    ['FAST-EXP', 3200, '2026-11-24', true, true],
  ]);
  await expect(quote({ location: 'MARS' })).rejects.toMatchObject({ code: 'location.not_found' });
});

test('carriers, services, places and holidays are data that staff change, and the promise follows at once', async () => {
  const { items } = await world.call(contract.listCarriers, {}, staff);
  const slow = items.find(({ code }) => code === 'SLOW');
  if (slow === undefined) throw new Error('the carrier is gone');
  const [service] = slow.services;
  if (service === undefined) throw new Error('the service is gone');
  const { code, ...terms } = service;
  const prices = terms.prices.map((row) => ({ ...row, days: row.days + 1 }));
  await world.call(contract.saveService, { params: { service: code }, body: { ...terms, prices } }, staff);
  expect(await ask('mug', { region: '上海市 上海市 黄浦区' })).toMatchObject({ promisedOn: '2026-11-25' });

  const holiday = { day: '2026-11-23', dispatches: false, delivers: false, name: '测试假日', nameEn: 'Test holiday' };
  await world.call(contract.saveCalendar, { body: { days: [holiday] } }, staff);
  expect(await ask('mug', { region: '上海市 上海市 黄浦区' })).toMatchObject({ promisedOn: '2026-11-26' });
  expect((await world.call(contract.saveCalendar, { body: { days: [], asUsual: ['2026-11-23'] } }, staff)).items).toEqual([]);

  const { code: carrier, name, nameEn, phone, zones } = slow;
  await world.call(contract.saveCarrier, { params: { carrier }, body: { name, nameEn, phone, zones, isActive: false } }, staff);
  expect(await ask('mug', { region: '上海市 上海市 黄浦区' })).toMatchObject({ promisedOn: '2026-11-23' }); // the fast one is left
  const [place] = (await world.call(contract.listPlaces, {}, staff)).items.filter(({ location }) => location === 'WH1');
  if (place === undefined) throw new Error('the place is gone');
  const { location, name: _, nameEn: __, ...body } = place;
  await world.call(contract.savePlace, { params: { location }, body: { ...body, cutOff: '11:00' } }, staff); // it is noon
  expect(await ask('mug', { quantity: 5, region: '上海市 上海市 黄浦区' })).toMatchObject({ promisedOn: '2026-11-24' });

  await expect(
    world.call(contract.saveService, { params: { service: 'NEW' }, body: { ...terms, carrier: 'NONE' } }, staff),
  ).rejects.toMatchObject({ code: 'carrier.not_found' });
  await expect(world.call(contract.savePlace, { params: { location: 'MARS' }, body }, staff)).rejects.toMatchObject({
    code: 'location.not_found',
  });
});

test('a place is closed on days of its own or works through a holiday; the promise follows, and a stale screen is refused', async () => {
  const params = { location: 'WH1' };
  const query = { from: '2026-11-23', to: '2026-11-25' };
  const leaving = async () =>
    (await world.call(contract.getPlaceCalendar, { params, query }, staff)).days.map((one) => [
      one.day.slice(8),
      one.dispatches,
      one.decidedBy,
    ]);
  const save = (version: number, more: object) =>
    world.call(contract.savePlaceCalendar, { params, body: { version, days: [], ...more } }, staff);
  const promised = () => ask('mug', { quantity: 5, region: '上海市 上海市 黄浦区' });
  const day = (date: string, dispatches: boolean) => ({ day: date, dispatches, name: '盘点', nameEn: 'Stock-take' });

  expect(await save(0, { days: [day('2026-11-23', false)] })).toEqual({ version: 1 });
  expect(await leaving()).toEqual([['23', false, 'place'], ['24', true, 'weekday'], ['25', true, 'weekday']]); // prettier-ignore
  expect(await promised()).toMatchObject({ promisedOn: '2026-11-25' }); // a day later than on a usual Monday

  const holiday = { dispatches: false, delivers: true, name: '测试假日', nameEn: 'Test holiday' };
  const days = ['2026-11-23', '2026-11-24'].map((one) => ({ ...holiday, day: one }));
  await world.call(contract.saveCalendar, { body: { days } }, staff);
  await expect(save(0, { asUsual: ['2026-11-23'] })).rejects.toMatchObject({ code: 'calendar.stale', details: { version: 1 } });
  expect(await save(1, { days: [day('2026-11-24', true)], asUsual: ['2026-11-23'] })).toEqual({ version: 2 });
  expect(await leaving()).toEqual([['23', false, 'house'], ['24', true, 'place'], ['25', true, 'weekday']]); // prettier-ignore
  expect(await promised()).toMatchObject({ promisedOn: '2026-11-25' });
  await expect(
    world.call(contract.savePlaceCalendar, { params: { location: 'MARS' }, body: { version: 0, days: [] } }, staff),
  ).rejects.toMatchObject({ code: 'location.not_found' });
});
