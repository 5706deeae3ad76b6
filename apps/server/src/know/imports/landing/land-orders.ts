import type { Customers } from './customers-of-ledger.ts';
import { customersOfLedger } from './customers-of-ledger.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { type ImportedOrder, importOrders, type KnownFacts } from '../../../sell/orders/index.ts';
import { type OrderRow, readOrderRows } from '../columns/order-row.ts';
import type { LedgerSum } from '../tables.ts';
import { fenOf, rateOf, unitFenOf } from './amount.ts';
import { rowsPerDocumentMax } from './block.ts';
import { countEffects } from './effects.ts';
import type { Job } from './job.ts';
import { bookEntries } from './book-entries.ts';
import { type BadRow, blame, type Document, type Landed, type Prepare, readDocuments, splitGoodFromBad } from './judge.ts';
import { landReturns } from './land-returns.ts';
import { type ClassedLine, classify, type Codes, codesOf, sumsOf } from './ledger.ts';
import { createLedgerProducts, findLedgerSkus, type KnownSkus } from './products-of-ledger.ts';
import { documentOf } from './read-file.ts';

export interface LedgerDocument {
  key: string;
  lines: ClassedLine[];
}

/** What a run of one ledger remembers from block to block. */
export interface Ledger {
  job: Job;
  rate: string;
  codes: Codes;
  skus: KnownSkus;
  facts: KnownFacts;
  customers: Customers;
}

/** Order ledgers: lines become orders, returns and entries, each document whole, each line once. */
export function ordersLander(job: Job): Prepare {
  const { mapping, options, headers } = job;
  const reader = readOrderRows({ mapping, width: headers.length, ...options, nowMs: job.created_at.getTime() });
  const ledger: Ledger = {
    job,
    rate: rateOf(options),
    codes: codesOf(options),
    skus: new Map(),
    facts: new Map(),
    customers: new Map(),
  };
  const { keyOf } = documentOf(job);

  return (block) => {
    const documents = readDocuments(block, reader, keyOf);
    for (const document of documents) blameWhole(document, block.tooLong);
    return {
      judge: async (ctx) => {
        if (!options.createProducts) await blameUnknown(ctx, ledger, documents);
        return splitGoodFromBad(documents, { isWhole: true }).bad;
      },
      land: async (ctx) => {
        if (!options.createProducts) await blameUnknown(ctx, ledger, documents);
        const { good, bad } = splitGoodFromBad(documents, { isWhole: true });
        try {
          return await landDocuments(ctx, ledger, good, bad);
        } catch (error) {
          ledger.skus.clear(); // what this transaction made is undone: nothing of it may be remembered
          ledger.facts.clear();
          ledger.customers.clear();
          throw error;
        }
      },
    };
  };
}

function blameWhole(document: Document<OrderRow>, tooLong: readonly string[]): void {
  if (document.lines.length > rowsPerDocumentMax || tooLong.includes(document.key))
    blame(document, { code: 'order.too_long', field: 'order', value: document.key });
  const customers = new Set(document.lines.map(({ row }) => row.customer).filter((customer) => customer !== ''));
  if (customers.size > 1)
    blame(document, { code: 'order.mixed_customers', field: 'customer', value: [...customers].slice(0, 3).join(', ') });
  for (const line of document.lines)
    if (line.row.quantity === 0 && line.reasons.length === 0)
      line.reasons.push({ code: 'number.invalid', field: 'quantity', value: '0' });
}

/** Only goods need a product: postage and fees are codes of the ledger itself. */
async function blameUnknown(ctx: Ctx, { codes, skus }: Ledger, documents: readonly Document<OrderRow>[]): Promise<void> {
  const goods = documents.flatMap((document) => {
    const classes = classify(document, codes);
    return document.lines.filter((_, index) => classes[index] === 'sale' || classes[index] === 'return');
  });
  await findLedgerSkus(
    ctx,
    goods.map(({ row }) => row.sku).filter((sku) => sku !== ''),
    skus,
  );
  for (const line of goods)
    if (line.row.sku !== '' && !skus.has(line.row.sku))
      line.reasons.push({ code: 'sku.unknown', field: 'sku', value: line.row.sku });
}

async function landDocuments(ctx: Ctx, ledger: Ledger, good: readonly Document<OrderRow>[], bad: BadRow[]): Promise<Landed> {
  const documents = good.map((document): LedgerDocument => {
    const classes = classify(document, ledger.codes);
    return { key: document.key, lines: document.lines.map((line, index) => ({ ...line, class: classes[index] ?? 'sale' })) };
  });
  const products = await prepareSkus(ctx, ledger, documents);
  const customers = await customersOfLedger(ctx, documents, ledger.customers);
  const orders = await landSales(ctx, ledger, documents);
  for (const document of documents.filter(({ key }) => orders.different.has(key)))
    bad.push(
      ...document.lines.map(({ rowNo, cells }): BadRow => ({
        rowNo,
        cells,
        reasons: [{ code: 'order.different', field: 'order', value: document.key }],
      })),
    );
  const standing = documents.filter(({ key }) => !orders.different.has(key));
  const returns = await landReturns(ctx, ledger, standing);
  const entries = await bookEntries(ctx, ledger, standing);

  const freshRows = orders.rows.created + returns.rows.created + entries.rows.created;
  const total = standing.reduce((sum, { lines }) => sum + lines.length, 0);
  return {
    good: freshRows,
    unchanged: total - freshRows,
    bad,
    effects: countEffects([
      { what: 'products', created: products, changed: 0, unchanged: 0 },
      { what: 'customers', ...customers },
      { what: 'orders', ...orders.documents },
      { what: 'returns', ...returns.documents },
      { what: 'entries', created: entries.rows.created, changed: 0, unchanged: entries.rows.unchanged },
    ]),
    ledger: [...salesSums(ledger, standing), ...returns.sums, ...entries.sums],
  };
}

async function prepareSkus(ctx: Ctx, { skus }: Ledger, documents: readonly LedgerDocument[]): Promise<number> {
  const names = new Map<string, string>();
  for (const { lines } of documents)
    for (const { row, class: name } of lines)
      if ((name === 'sale' || name === 'return') && (names.get(row.sku) ?? '') === '') names.set(row.sku, row.name);
  await findLedgerSkus(ctx, names.keys(), skus);
  return createLedgerProducts(ctx, names, skus);
}

async function landSales(ctx: Ctx, ledger: Ledger, documents: readonly LedgerDocument[]) {
  const sales = documents
    .map((document) => ({ document, order: orderOf(ledger, document) }))
    .filter(({ order }) => order !== undefined);
  const given = sales.map(({ order }) => order as ImportedOrder);
  const outcomes = await importOrders(ctx, { importId: ledger.job.id, orders: given, facts: ledger.facts });
  const counts = { documents: { created: 0, changed: 0, unchanged: 0 }, rows: { created: 0 }, different: new Set<string>() };
  for (const [index, { document }] of sales.entries()) {
    const outcome = outcomes[index]?.outcome;
    if (outcome === 'different') counts.different.add(document.key);
    else if (outcome === 'unchanged') counts.documents.unchanged += 1;
    else {
      counts.documents.created += 1;
      counts.rows.created += document.lines.filter((line) => line.class === 'sale' || line.class === 'freight').length;
    }
  }
  return counts;
}

/** The order in a document: its goods and their postage; undefined when it holds neither. Its amounts are the ledger's, to the fen. */
function orderOf({ job, rate, skus, customers }: Ledger, { key, lines }: LedgerDocument): ImportedOrder | undefined {
  const goods = lines.filter((line) => line.class === 'sale');
  const freight = lines.filter((line) => line.class === 'freight');
  const [first] = goods.length > 0 ? goods : freight;
  if (first === undefined) return undefined;
  const one = lines.find(({ row }) => row.customer !== '')?.row ?? first.row;
  return {
    channel: job.options.channel,
    externalId: key,
    customerId: customers.get(one.customer),
    placedAt: new Date(Math.min(...lines.map(({ row }) => row.placedAtMs))),
    freightFen: freight.reduce((sum, { row }) => sum + fenOf(row.quantity, row.priceMicros, rate), 0),
    recipient: { name: one.customerName, phone: one.phone, region: one.region, address: one.address },
    note: noteOf(job, lines),
    lines: goods.map(({ row }) => {
      const unitFen = unitFenOf(row.priceMicros, rate);
      return {
        sku: skus.get(row.sku) ?? row.sku,
        quantity: row.quantity,
        unitFen,
        discountFen: row.quantity * unitFen - fenOf(row.quantity, row.priceMicros, rate),
        name: row.name === '' ? undefined : row.name,
      };
    }),
  };
}

/** An order of another currency keeps what its bill said. */
function noteOf({ options }: Job, lines: readonly ClassedLine[]): string | undefined {
  const notes = [...new Set(lines.map(({ row }) => row.note).filter((note) => note !== ''))];
  if (options.currency !== 'CNY') {
    const cents = lines.reduce((sum, { row }) => sum + fenOf(row.quantity, row.priceMicros, '1'), 0);
    notes.push(`${options.currency} ${(cents / 100).toFixed(2)} × ${options.exchangeRate ?? '1'}`);
  }
  return notes.length === 0 ? undefined : notes.join('\n').slice(0, 1000);
}

function salesSums({ rate }: Ledger, documents: readonly LedgerDocument[]): LedgerSum[] {
  const lines = documents
    .flatMap((document) => document.lines)
    .filter((line) => line.class === 'sale' || line.class === 'freight');
  return sumsOf(
    lines.map((line) => ({
      class: line.class,
      lines: 1,
      quantity: line.row.quantity,
      amountFen: fenOf(line.row.quantity, line.row.priceMicros, rate),
    })),
  );
}
