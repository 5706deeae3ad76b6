import type { Ctx } from '../../platform/ctx.ts';
import { saveLocations } from '../inventory/index.ts';
import { provinceCodes } from './province.ts';
import { saveCarrier, savePlace, saveService } from './save-terms.ts';

const near = new Set(['310000', '320000', '330000', '340000']);
const zones = provinceCodes.flatMap((province) =>
  ['330000', '310000'].map((origin) => ({
    origin,
    province,
    zone: province === origin ? 'same' : near.has(province) ? 'near' : 'far',
  })),
);

/**
 * Two carriers and two places: SLOW is cheap (1 / 2 / 5 days), FAST dear (1 / 1 / 2 days) and keeps cold. WH1 in Zhejiang sends every day
 * until 16:00, S01 in Shanghai also hands out pick-ups for 7 days.
 */
export async function aTariff(ctx: Ctx): Promise<void> {
  await saveLocations(ctx, [
    { code: 'WH1', name: '中心仓', nameEn: 'Main warehouse', kind: 'warehouse' },
    { code: 'S01', name: '人民路店', nameEn: 'Renmin Road store', kind: 'store' },
  ]);
  for (const [carrier, name, nameEn] of [['SLOW', '慢递', 'Slow Parcel'], ['FAST', '飞递', 'Fast Parcel']] as const)
    await saveCarrier(ctx, { carrier, name, nameEn, phone: '400-000-0000', isActive: true, zones }); // prettier-ignore
  const row = (zone: string, firstFen: number, stepFen: number, days: number) => ({
    zone,
    firstGrams: 1000,
    firstFen,
    stepGrams: 500,
    stepFen,
    days,
  });
  const terms = { nameEn: '', maximumGrams: 50_000, isActive: true };
  await saveService(ctx, {
    service: 'SLOW-STD',
    carrier: 'SLOW',
    name: '标准快递',
    storages: ['ambient'],
    ...terms,
    prices: [row('same', 500, 100, 1), row('near', 600, 150, 2), row('far', 900, 400, 5)],
  });
  await saveService(ctx, {
    service: 'FAST-EXP',
    carrier: 'FAST',
    name: '特快',
    storages: ['ambient', 'chilled', 'frozen'],
    ...terms,
    prices: [row('same', 1200, 200, 1), row('near', 1500, 300, 1), row('far', 2300, 900, 2)],
  });
  const place = {
    address: '嘉兴市南湖区仓储路 1 号',
    phone: '0573-1234567',
    cutOff: '16:00',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    openingHours: '10:00–22:00',
  };
  const pickup = { pickupReadyMinutes: 120, pickupKeepDays: 7 };
  await savePlace(ctx, { location: 'WH1', province: '330000', ...place, ships: true, offersPickup: false, ...pickup });
  await savePlace(ctx, { location: 'S01', province: '310000', ...place, ships: true, offersPickup: true, ...pickup });
}
