// Carriers of the demo with their price tables, holidays, and how each location takes part. Prices are made up, in the usual shape.
import type { Ctx } from '../platform/ctx.ts';
import { provinceCodes, saveCalendar, saveCarrier, savePlace, saveService } from '../supply/delivery/index.ts';
import { setBins } from '../supply/warehouse/index.ts';
import { demoSkus } from './catalogue.ts';

const origins = ['310000', '320000', '330000'];
const delta = new Set(['310000', '320000', '330000', '340000']);
const middle = new Set(['110000', '120000', '130000', '350000', '360000', '370000', '410000', '420000', '430000', '440000']);
const remote = new Set(['150000', '540000', '630000', '640000', '650000']);
const overseas = new Set(['710000', '810000', '820000']);

function zoneOf(origin: string, province: string): string {
  if (province === origin) return 'same';
  if (delta.has(province)) return 'near';
  if (middle.has(province)) return 'middle';
  return remote.has(province) ? 'remote' : 'far';
}

const zones = origins.flatMap((origin) =>
  provinceCodes
    .filter((province) => !overseas.has(province))
    .map((province) => ({ origin, province, zone: zoneOf(origin, province) })),
);

/** First kilogram, each further kilogram (fen), days: same province, near, middle, far, remote. */
type Rates = readonly (readonly [firstFen: number, stepFen: number, days: number])[];
const pricesFrom = (rates: Rates) =>
  ['same', 'near', 'middle', 'far', 'remote'].flatMap((zone, index) => {
    const [firstFen, stepFen, days] = rates[index] ?? [];
    if (firstFen === undefined || stepFen === undefined || days === undefined) return [];
    return [{ zone, firstGrams: 1000, firstFen, stepGrams: 1000, stepFen, days }];
  });

const carriers = [
  { carrier: 'ZTO', name: '中通快递', nameEn: 'ZTO Express', phone: '95311' },
  { carrier: 'SF', name: '顺丰速运', nameEn: 'SF Express', phone: '95338' },
  { carrier: 'JDL', name: '京东物流', nameEn: 'JD Logistics', phone: '950616' },
];

const services = [
  { service: 'ZTO-STD', carrier: 'ZTO', name: '标准快递', nameEn: 'Standard', storages: ['ambient' as const], maximumGrams: 30_000,
    prices: pricesFrom([[450, 80, 1], [500, 120, 2], [650, 350, 3], [850, 600, 4], [1500, 1300, 7]]) },
  { service: 'JDL-STD', carrier: 'JDL', name: '京东标快', nameEn: 'JD Standard', storages: ['ambient' as const], maximumGrams: 50_000,
    prices: pricesFrom([[700, 100, 1], [800, 180, 1], [1000, 450, 2], [1300, 700, 3], [2200, 1500, 5]]) },
  { service: 'SF-EXP', carrier: 'SF', name: '顺丰特快', nameEn: 'SF Priority', storages: ['ambient' as const], maximumGrams: 50_000,
    prices: pricesFrom([[1200, 200, 1], [1300, 250, 1], [1800, 700, 1], [2300, 1100, 2], [2900, 1900, 3]]) },
  { service: 'SF-COLD', carrier: 'SF', name: '顺丰冷运', nameEn: 'SF Cold chain', storages: ['chilled' as const, 'frozen' as const], maximumGrams: 30_000,
    prices: pricesFrom([[2200, 400, 1], [2600, 500, 1], [3500, 1200, 1], [4500, 1800, 2]]) },
]; // prettier-ignore

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const store = {
  cutOff: '15:00',
  weekdays: everyDay,
  ships: true,
  offersPickup: true,
  pickupReadyMinutes: 120,
  pickupKeepDays: 7,
  openingHours: '10:00–22:00',
};
const places = [
  { location: 'WH1', province: '330000', address: '浙江省嘉兴市南湖区仓储路 88 号', phone: '0573-82001234', cutOff: '17:00', weekdays: [1, 2, 3, 4, 5, 6, 7],
    ships: true, offersPickup: false, pickupReadyMinutes: 0, pickupKeepDays: 7, openingHours: '' },
  { ...store, location: 'S01', province: '330000', address: '杭州市上城区延安路湖滨银泰 2 楼', phone: '0571-87001234' },
  { ...store, location: 'S02', province: '310000', address: '上海市徐汇区虹桥路 1 号 4 楼', phone: '021-64001234' },
  { ...store, location: 'S03', province: '320000', address: '南京市秦淮区中山南路 18 号 3 楼', phone: '025-84001234' },
]; // prettier-ignore

/** Days on which carriers rest; the state's own list of a year comes in its November, and staff correct it in the console. */
const holidays = [
  ['元旦', 'New Year', ['2027-01-01']],
  ['春节', 'Spring Festival', ['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-02-09']],
  ['国庆节', 'National Day', ['2027-10-01']],
] as const;

/** Who carries parcels at what price, where they leave and where buyers collect. */
export async function layCarriers(ctx: Ctx): Promise<void> {
  for (const carrier of carriers) await saveCarrier(ctx, { ...carrier, isActive: true, zones });
  for (const service of services) await saveService(ctx, { ...service, isActive: true });
  for (const place of places) await savePlace(ctx, place);
  const days = holidays.flatMap(([name, nameEn, own]) =>
    own.map((day) => ({ day, dispatches: false, delivers: false, name, nameEn })),
  );
  await saveCalendar(ctx, { days, asUsual: [] });
}

/** The same, and where every SKU lies. */
export async function layDelivery(ctx: Ctx): Promise<void> {
  await layCarriers(ctx);
  for (const { location } of places)
    await setBins(ctx, {
      location,
      bins: demoSkus.map(({ sku, item }, index) => ({ sku, bin: binOf(item.line, index, location) })),
    });
}

const aisles = { apparel: 'A', food: 'B', appliance: 'C' };
const two = (number: number): string => String(number).padStart(2, '0');
const binOf = (line: keyof typeof aisles, index: number, location: string): string =>
  location === 'WH1'
    ? `${aisles[line]}-${two(1 + Math.floor(index / 24))}-${two(1 + (Math.floor(index / 4) % 6))}-${'ABCD'.charAt(index % 4)}`
    : `${aisles[line]}${two(1 + Math.floor(index / 12))}`;
