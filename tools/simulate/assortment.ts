// What the simulated firm sells, and how it begins: a part of the demo's assortment, or the goods of a real ledger.
import { type CategoryRow, type ProductRow, upsertCategories, upsertProducts } from '../../apps/server/src/base/catalog/index.ts';
import { createDemoStaff } from '../../apps/server/src/base/identity/index.ts';
import { categories } from '../../apps/server/src/demo/assortment.ts';
import { layCarriers } from '../../apps/server/src/demo/carriers.ts';
import { demoSkus, products } from '../../apps/server/src/demo/catalogue.ts';
import { expectedUnits } from '../../apps/server/src/demo/demand.ts';
import { layRouting } from '../../apps/server/src/demo/handling.ts';
import { layMembership } from '../../apps/server/src/demo/members.ts';
import { makeCustomers } from '../../apps/server/src/demo/people.ts';
import { createRandom } from '../../apps/server/src/demo/random.ts';
import { system } from '../../apps/server/src/platform/ctx.ts';
import { type Db, inTx } from '../../apps/server/src/platform/db.ts';
import { addDays } from '../../apps/server/src/platform/time.ts';
import { setPrices } from '../../apps/server/src/sell/pricing/index.ts';
import { saveService } from '../../apps/server/src/supply/delivery/index.ts';
import { receiveStock, saveLocations } from '../../apps/server/src/supply/inventory/index.ts';
import { saveSuppliers, saveSupplyTerms } from '../../apps/server/src/supply/purchasing/index.ts';
import { setBins } from '../../apps/server/src/supply/warehouse/index.ts';
import type { Person, Wanted } from './demand.ts';

export interface Goods extends Wanted {
  priceFen: number;
  costFen: number;
  supplier: string;
  packSize: number;
  shelfLifeDays: number | undefined;
  isSerialised: boolean;
  /** Units a day that the firm expects of it when the simulation begins. */
  expectedUnits: number;
}

export interface Assortment {
  goods: readonly Goods[];
  categories: readonly CategoryRow[];
  products: readonly ProductRow[];
  /** Kits and tiers of the demo come with its assortment. */
  isDemo: boolean;
}

/** Days from request to receipt, as agreed; what really happens is `suppliers.ts`. Short, so that a month shows several rounds. */
export const suppliers = [
  { code: 'SUP-F', name: '谷源食品合作社', leadTimeDays: 3 },
  { code: 'SUP-E', name: '佛山恒电电器', leadTimeDays: 5 },
  { code: 'SUP-A', name: '嘉兴织造厂', leadTimeDays: 6 },
];

/** The demo's SKUs, or those of so many products evenly over all lines; the firm expects so many units a day in all. */
export function demoAssortment({
  from,
  unitsPerDay,
  productsMax,
}: {
  from: string;
  unitsPerDay: number;
  productsMax: number;
}): Assortment {
  const all = products();
  const shown = all.filter(
    (_, at) => Math.floor((at * productsMax) / all.length) !== Math.floor(((at - 1) * productsMax) / all.length),
  );
  const codes = new Set(shown.map(({ code }) => code));
  const some = demoSkus.filter(({ item }) => codes.has(`GY-${item.code}`));
  const unitsOn = (one: (typeof some)[number], day: string) =>
    expectedUnits({ ...one, item: { ...one.item, fate: 'steady' } }, day, 0.5);
  const units = some.reduce((sum, one) => sum + unitsOn(one, from), 0);
  const supplierOf = { apparel: 'SUP-A', food: 'SUP-F', appliance: 'SUP-E' };
  return {
    categories: categories.map((category, position) => ({ ...category, position })),
    products: shown,
    isDemo: shown.length === all.length,
    goods: some.map((one) => ({
      sku: one.sku,
      words: one.item.name,
      unitsOn: (day) => unitsOn(one, day),
      priceFen: one.priceFen,
      costFen: one.costFen,
      supplier: supplierOf[one.item.line],
      packSize: one.item.line === 'appliance' ? 2 : 4,
      shelfLifeDays: one.item.shelfLifeDays,
      isSerialised: one.item.line === 'appliance',
      expectedUnits: (unitsPerDay * unitsOn(one, from)) / units,
    })),
  };
}

/** The people who buy: the demo's, by seed. */
export const makePeople = (seed: number, count = 2000): Person[] =>
  makeCustomers(createRandom(seed), count).map(({ name, phone, region, address }) => ({ name, phone, region, address }));

export const warehouse = 'WH1';
/** The warehouse sends; stores help out when it has none, and hand out what their buyers come for. */
export const places = [
  { code: warehouse, name: '嘉兴中心仓', nameEn: 'Jiaxing warehouse', kind: 'warehouse' as const },
  { code: 'S01', name: '杭州湖滨店', nameEn: 'Hangzhou Hubin store', kind: 'store' as const },
  { code: 'S02', name: '上海徐家汇店', nameEn: 'Shanghai Xujiahui store', kind: 'store' as const },
  { code: 'S03', name: '南京新街口店', nameEn: 'Nanjing Xinjiekou store', kind: 'store' as const },
];
const stores = places.filter(({ kind }) => kind === 'store').map(({ code }) => code);

/**
 * Lays the firm on its first morning: places, staff, goods, prices, suppliers, and what lies on the shelves, enough for so many days. The
 * only part that does not go through the API: a firm that opens its books has them already.
 */
export async function layFirm(db: Db, { goods, ...shown }: Assortment, { now, from, openingDays }: LayFirm): Promise<void> {
  await inTx(db, { actor: system('simulation'), now }, async (ctx) => {
    await saveLocations(ctx, places);
    await layCarriers(ctx);
    await saveService(ctx, heavyService);
    await layRouting(ctx);
    await createDemoStaff(ctx);
    await upsertCategories(ctx, [...shown.categories]);
    await upsertProducts(ctx, [...shown.products]);
    await setPrices(ctx, goods.map(({ sku, priceFen }) => ({ sku, amountFen: priceFen, validFrom: now })), 'simulation'); // prettier-ignore
    if (shown.isDemo) await layMembership(ctx, from);
    await saveSuppliers(ctx, suppliers);
    await saveSupplyTerms(
      ctx,
      goods.map(({ sku, supplier, costFen, packSize }) => ({
        sku,
        supplier,
        unitCostFen: costFen,
        minimumQuantity: packSize,
        packSize,
        leadTimeDays: null,
        isPreferred: true,
      })),
    );
    const bins = goods.map(({ sku }, index) => ({ sku, bin: binOf(index) }));
    for (const { code: location } of places) await setBins(ctx, { location, bins });
  });
  const shelves = [
    { location: warehouse, days: openingDays },
    ...stores.map((location) => ({ location, days: openingDays * storeShare })),
  ];
  for (const { location, days } of shelves) {
    const lines = goods.map((one) => openingLine(one, { from, days, location })).filter(({ quantity }) => quantity > 0);
    await inTx(db, { actor: system('simulation'), now }, (ctx) =>
      receiveStock(ctx, { cause: `simulation:opening:${location}`, location, lines }),
    );
  }
}

/** What a store holds of its goods, to what the warehouse holds. */
const storeShare = 1 / 6;

/** Aisle, bay and shelf: `B-04-2`. */
const binOf = (index: number): string =>
  `${'ABCDEFGH'.charAt(Math.floor(index / 96) % 8)}-${String(1 + (Math.floor(index / 4) % 24)).padStart(2, '0')}-${1 + (index % 4)}`;

/** What no parcel service takes any more goes by lorry: a ledger's wholesale orders weigh a ton. */
const heavyService = {
  service: 'JDL-LTL', carrier: 'JDL', name: '京东快运', nameEn: 'JD Freight', storages: ['ambient' as const], maximumGrams: 1_000_000, isActive: true,
  prices: ['same', 'near', 'middle', 'far', 'remote'].map((zone, index) => ({ zone, firstGrams: 30_000, firstFen: 6000 + 2000 * index, stepGrams: 1000, stepFen: 150 + 50 * index, days: 2 + index })),
}; // prettier-ignore

export interface LayFirm {
  now: Date;
  from: string;
  /** Days of expected sales on the shelves when the doors open. */
  openingDays: number;
}

function openingLine(one: Goods, { from, days, location }: { from: string; days: number; location: string }) {
  const quantity =
    location === warehouse
      ? Math.ceil((one.expectedUnits * days) / one.packSize) * one.packSize
      : Math.round(one.expectedUnits * days);
  return {
    sku: one.sku,
    quantity,
    unitCostFen: one.costFen,
    ...trackingOf(one, { day: from, quantity, document: `OPEN-${location}` }),
  };
}

/** Lot and last day of food, numbers of appliances: what a receipt must bring. */
export function trackingOf(
  { sku, shelfLifeDays, isSerialised }: Pick<Goods, 'sku' | 'shelfLifeDays' | 'isSerialised'>,
  { day, quantity, document }: { day: string; quantity: number; document: string },
) {
  return {
    ...(shelfLifeDays !== undefined && {
      lot: `L${day.slice(2).replaceAll('-', '')}-${document}`,
      expiresOn: addDays(day, shelfLifeDays),
    }),
    ...(isSerialised && { serials: Array.from({ length: quantity }, (_, index) => `${sku}-${document}-${day}-${index + 1}`) }),
  };
}
