import { findSkus } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { listLocations, setOpeningStock, stockLevelsOf } from '../../../supply/inventory/index.ts';
import { normalHeading } from '../columns/columns.ts';
import { readStockRows, type StockRow } from '../columns/plain-rows.ts';
import { rateOf } from './amount.ts';
import { countEffects } from './effects.ts';
import type { Job } from './job.ts';
import {
  type BadRow,
  blameRepeated,
  type Document,
  type Landed,
  type Prepare,
  readDocuments,
  splitGoodFromBad,
} from './judge.ts';
import { documentOf } from './read-file.ts';

/** Stock files: how many units of a SKU are at a place, counted. The difference to the books becomes a movement. */
export function stockLander(job: Job): Prepare {
  const reader = readStockRows({ mapping: job.mapping, width: job.headers.length, rate: rateOf(job.options) });
  const { keyOf } = documentOf(job);
  return (block) => {
    const documents = readDocuments(block, reader, keyOf);
    const sort = async (ctx: Ctx) => {
      await blameUnknown(ctx, job, documents);
      for (const document of documents) blameRepeated(document.lines, 'sku', ({ row }) => `${row.sku}\n${row.location}`);
      return splitGoodFromBad(documents, { isWhole: false });
    };
    return {
      judge: async (ctx) => (await sort(ctx)).bad,
      land: async (ctx) => {
        const { good, bad } = await sort(ctx);
        return land(ctx, job, good, bad);
      },
    };
  };
}

/** Puts the place's code where the file has its name, and says what is unknown or promised away. */
async function blameUnknown(ctx: Ctx, job: Job, documents: readonly Document<StockRow>[]): Promise<void> {
  const lines = documents.flatMap((document) => document.lines);
  const places = new Map<string, string>();
  for (const { code, name, nameEn } of (await listLocations(ctx.tx)).items)
    for (const word of [code, name, nameEn]) places.set(normalHeading(word), code);
  const skus = [...new Set(lines.map(({ row }) => row.sku))];
  const known = await findSkus(ctx.tx, skus);
  const bound = new Map(
    (await stockLevelsOf(ctx.tx, skus)).map((level) => [`${level.sku}\n${level.location}`, level.promised + level.unavailable]),
  );
  for (const line of lines) {
    const { row } = line;
    const place = places.get(normalHeading(row.location === '' ? job.options.location : row.location));
    if (place === undefined)
      line.reasons.push({ code: 'location.unknown', field: 'location', value: row.location || job.options.location });
    else row.location = place;
    if (row.sku !== '' && !known.has(row.sku)) line.reasons.push({ code: 'sku.unknown', field: 'sku', value: row.sku });
    if (line.reasons.length === 0 && row.quantity < (bound.get(`${row.sku}\n${row.location}`) ?? 0))
      line.reasons.push({ code: 'stock.promised', field: 'quantity', value: String(row.quantity) });
  }
}

async function land(ctx: Ctx, job: Job, good: readonly Document<StockRow>[], bad: BadRow[]): Promise<Landed> {
  const lines = good.flatMap((document) => document.lines);
  const levels = lines.map(({ row }) => ({
    sku: row.sku,
    location: row.location,
    onHand: row.quantity,
    unitCostFen: row.costFen,
  }));
  const outcomes =
    levels.length === 0
      ? []
      : await setOpeningStock(ctx, { cause: `import:${job.id}`, rows: levels, proposers: [job.created_by] });
  const changed = outcomes.filter((outcome) => outcome === 'changed').length;
  const waiting = outcomes.filter((outcome) => outcome === 'waiting').length;
  const unchanged = lines.length - changed - waiting;
  return {
    good: changed + waiting,
    unchanged,
    bad,
    effects: countEffects([
      { what: 'stock', created: 0, changed, unchanged },
      { what: 'corrections', created: waiting, changed: 0, unchanged: 0 },
    ]),
    ledger: [],
  };
}
