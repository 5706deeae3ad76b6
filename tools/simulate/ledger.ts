// Real demand: the invoices of a retailer's ledger, replayed with their hours, buyers and quantities on the simulated days.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createRandom } from '../../apps/server/src/demo/random.ts';
import { readCsv } from '../../apps/server/src/platform/table-file/csv.ts';
import { addDays, daysBetween, startOfDay } from '../../apps/server/src/platform/time.ts';
import type { Assortment } from './assortment.ts';
import { drawFate, type Person, type Visit } from './demand.ts';

export interface LedgerLine {
  invoice: string;
  sku: string;
  name: string;
  quantity: number;
  day: string;
  /** Milliseconds after midnight. */
  time: number;
  priceFen: number;
  customer: string;
}

/** Reads the one ledger (`*.csv.gz` or `*.csv`) of a folder. Throws a sentence when there is none. */
export function readLedger(dir: string): LedgerLine[] {
  const file = existsSync(dir) ? readdirSync(dir).find((name) => /\.csv(\.gz)?$/.test(name)) : undefined;
  if (file === undefined) throw new Error(`${dir} holds no ledger: a .csv or .csv.gz`);
  const bytes = readFileSync(join(dir, file));
  return parseLedger((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}

/** Pence of the ledger's pounds, in fen; one rate for all, as only proportions matter. */
const fenPerPound = 920;

/**
 * The lines that are sales of goods: cancellations, adjustments, write-offs and codes that are no goods (postage, fees, vouchers) are left
 * out. A SKU is a stock code in capitals; its name is the first one seen.
 */
export function parseLedger(text: string): LedgerLine[] {
  const reader = readCsv(',');
  const [head = [], ...rows] = [...reader.push(text), ...reader.end()];
  const at = (name: string) => head.indexOf(name);
  const columns = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID'].map(at);
  if (columns.includes(-1))
    throw new Error('the ledger has no columns InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID');
  return rows.flatMap((row) => {
    const [invoice = '', code = '', name = '', quantity = '', date = '', price = '', customer = ''] = columns.map(
      (column) => row[column] ?? '',
    );
    const sku = code.trim().toUpperCase();
    const isSale = /^\d+$/.test(invoice) && /^\d{5}[A-Z]{0,2}$/.test(sku) && Number(quantity) > 0 && Number(price) > 0;
    const [day = '', clock = '00:00'] = date.split(' ');
    const [hour = 0, minute = 0] = clock.split(':').map(Number);
    return isSale
      ? [{ invoice, sku, name: name.trim(), quantity: Number(quantity), day, time: (hour * 60 + minute) * 60_000, priceFen: Math.max(1, Math.round(Number(price) * fenPerPound)), customer }]
      : []; // prettier-ignore
  });
}

export interface Replay {
  lines: readonly LedgerLine[];
  seed: number;
  from: string;
  days: number;
  people: readonly Person[];
}

/** The ledger's days that become the simulated ones: from its first day that has the same weekday as `from`. */
export function replayedDays({ lines, from, days }: Pick<Replay, 'lines' | 'from' | 'days'>): string[] {
  const first = lines.reduce((least, { day }) => (day < least ? day : least), '9999-12-31');
  const begin = addDays(first, ((daysBetween(first, from) % 7) + 7) % 7);
  return Array.from({ length: days }, (_, index) => addDays(begin, index));
}

const linesMax = 200; // of a cart
const unitsMax = 999; // of a cart's line

/** One visit an invoice; what it says twice of a SKU is one line. What becomes of an order is drawn, as the ledger does not say it. */
export function replayDemand(replay: Replay): Visit[][] {
  const { lines, seed, from, people } = replay;
  const ofDay = Map.groupBy(lines, ({ day }) => day);
  let number = 0;
  return replayedDays(replay).map((ledgerDay, index) => {
    const random = createRandom(seed * 1009 + index);
    const midnight = startOfDay(addDays(from, index)).getTime();
    const invoices = [...Map.groupBy(ofDay.get(ledgerDay) ?? [], ({ invoice }) => invoice).values()];
    const visits = invoices.map((own) => {
      const bySku = Map.groupBy(own, ({ sku }) => sku);
      const wanted = [...bySku].slice(0, linesMax).map(([sku, same]) => ({
        sku,
        words: same[0]?.name ?? sku,
        quantity: Math.min(unitsMax, same.reduce((sum, { quantity }) => sum + quantity, 0)), // prettier-ignore
      }));
      const { customer, time } = own[0] ?? { customer: '', time: 0 };
      const person = (customer === '' ? undefined : people[Number(customer) % people.length]) ?? random.pick(people);
      return { at: new Date(midnight + time), person, lines: wanted, ...drawFate(random, wanted.length), isLooker: false };
    });
    return visits.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map((visit) => ({ ...visit, number: (number += 1) }));
  });
}

/** The ledger weighs nothing; its goods are small gifts. */
const giftGrams = 100;

/** What the ledger sells in those days, each code a SKU at its middle price; the firm expects what it will sell, evenly. */
export function ledgerAssortment(replay: Pick<Replay, 'lines' | 'from' | 'days'>): Assortment {
  const days = new Set(replayedDays(replay));
  const bySku = [...Map.groupBy(replay.lines.filter(({ day }) => days.has(day)), ({ sku }) => sku)]; // prettier-ignore
  const goods = bySku.map(([sku, own]) => {
    const prices = own.map(({ priceFen }) => priceFen).toSorted((a, b) => a - b);
    const priceFen = prices[Math.floor(prices.length / 2)] ?? 1;
    const daily = own.reduce((sum, { quantity }) => sum + Math.min(quantity, unitsMax), 0) / replay.days;
    return {
      sku,
      words: own.find(({ name }) => name !== '')?.name ?? sku,
      unitsOn: () => daily,
      priceFen,
      costFen: Math.round(priceFen * 0.45),
      supplier: ['SUP-F', 'SUP-E', 'SUP-A'][Number(sku.slice(0, 5)) % 3] ?? 'SUP-A',
      packSize: 12,
      shelfLifeDays: undefined,
      isSerialised: false,
      expectedUnits: daily,
    };
  });
  return {
    goods,
    categories: [{ code: 'gifts', name: '礼品', nameEn: 'Gifts', position: 0 }],
    products: goods.map(({ sku, words, costFen }) => ({
      code: sku,
      name: words,
      nameEn: words,
      category: 'gifts',
      line: 'general',
      state: 'active',
      variants: [{ sku, costFen, taxRateBp: 1300, weightGrams: giftGrams }],
    })),
    isDemo: false,
  };
}
