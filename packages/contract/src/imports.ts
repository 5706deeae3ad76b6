import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { ChannelCode, Currency, Id, Instant, LocationCode, page, paging } from './values.ts';

export const importKinds = ['products', 'stock', 'customers', 'orders'] as const;
export const ImportKind = z.enum(importKinds);

/** What a column can mean, by kind; `required` columns must be mapped before a check. Consoles name them by key. */
export const importFields = {
  products: [
    { field: 'sku', required: true },
    { field: 'name', required: true },
    { field: 'style', required: false },
    { field: 'nameEn', required: false },
    { field: 'brand', required: false },
    { field: 'category', required: false },
    { field: 'line', required: false },
    { field: 'color', required: false },
    { field: 'size', required: false },
    { field: 'barcode', required: false },
    { field: 'price', required: false },
    { field: 'cost', required: false },
    { field: 'taxRate', required: false },
    { field: 'weight', required: false },
    { field: 'shelfLifeDays', required: false },
    { field: 'summary', required: false },
    { field: 'state', required: false },
  ],
  stock: [
    { field: 'sku', required: true },
    { field: 'quantity', required: true },
    { field: 'location', required: false },
    { field: 'cost', required: false },
  ],
  customers: [
    { field: 'customer', required: true },
    { field: 'name', required: false },
    { field: 'phone', required: false },
    { field: 'email', required: false },
  ],
  orders: [
    { field: 'order', required: true },
    { field: 'sku', required: true },
    { field: 'quantity', required: true },
    { field: 'price', required: true },
    { field: 'placedAt', required: true },
    { field: 'name', required: false },
    { field: 'customer', required: false },
    { field: 'customerName', required: false },
    { field: 'phone', required: false },
    { field: 'region', required: false },
    { field: 'address', required: false },
    { field: 'note', required: false },
  ],
} as const satisfies Readonly<Record<(typeof importKinds)[number], readonly { field: string; required: boolean }[]>>;

export type ImportField = (typeof importFields)[keyof typeof importFields][number]['field'];
const everyField = [...new Set(Object.values(importFields).flatMap((fields) => fields.map(({ field }) => field)))] as [
  ImportField,
  ...ImportField[],
];
export const ImportFieldName = z.enum(everyField);

/** Why a row cannot land, a closed list. `value` beside it is what the cell held. */
export const badRowCodes = [
  'cell.missing', // a required cell is empty
  'cell.too_long',
  'number.invalid',
  'number.not_whole',
  'number.negative',
  'number.too_large',
  'date.invalid',
  'date.in_future',
  'phone.invalid',
  'email.invalid',
  'id.damaged', // a spreadsheet turned a long number into 6.9E+12 or cut its digits
  'choice.unknown', // not one of the words this column knows
  'row.too_wide', // more cells than the header has columns: usually an unquoted separator
  'row.repeated', // the same key earlier in this file, with other values
  'sku.unknown',
  'location.unknown',
  'category.unknown',
  'order.held_back', // another row of the same order is bad: an order lands whole or not at all
  'order.too_long', // more lines than one order may have
  'order.mixed_customers',
  'order.different', // this number is stored already, with another total or time; the stored order is kept
  'stock.promised', // fewer units than are promised to open orders
] as const;
export const BadRowCode = z.enum(badRowCodes);
export const BadRowReason = z.object({
  code: BadRowCode,
  field: ImportFieldName.nullable(),
  value: z.string().nullable(),
});

/** Where the lines of an order ledger end up; the sums by class add up to the sum of the file. */
export const ledgerClasses = [
  'sale', // goods: a line of an order
  'freight', // postage: the freight of its order
  'return', // a cancellation line, against the order it undoes
  'return_unmatched', // a cancellation line whose purchase is not known: a return without an order
  'fee', // bank charges, marketplace fees, commission: booked as an entry
  'discount', // a discount given outside an order: booked as an entry
  'freight_refund', // postage given back: booked as an entry
  'adjustment', // bad debt and other corrections: booked as an entry
  'stock_correction', // units written off or found, without money: booked as an entry
] as const;
export const LedgerClass = z.enum(ledgerClasses);

const Decimal = z.string().regex(/^\d{1,9}(\.\d{1,8})?$/);
const Prefix = z.string().trim().max(8);
const Codes = z.array(z.string().trim().min(1).max(64)).max(200);

/** How a file is to be read; every import starts with `defaultImportOptions`, detection fills encoding, delimiter, sheet and header row. */
export const ImportOptions = z.object({
  encoding: z.enum(['utf-8', 'gb18030', 'utf-16le', 'windows-1252']),
  delimiter: z.enum([',', ';', '\t', '|']),
  /** XLSX: the sheet's name. */
  sheet: z.string().max(64).nullable(),
  /** The row that holds the headings, counted from 1 as a spreadsheet shows it. */
  headerRow: z.int().min(1).max(50),
  /** The zone that the file's local times are in. */
  timeZone: z.string().min(1).max(64),
  /** What 03/04/2026 means; dates that begin with the year need no answer. */
  dateOrder: z.enum(['dmy', 'mdy']),
  /** The currency of the file's amounts. */
  currency: Currency,
  /** CNY for one unit of `currency`, at the fixed rate that the importing person states. Not needed for CNY. */
  exchangeRate: Decimal.nullable(),
  /** Orders: the channel they belong to. */
  channel: ChannelCode,
  /** Stock: the location of rows that name none. */
  location: LocationCode,
  /** Orders: SKUs that the catalogue lacks become draft products; without it their rows are bad. */
  createProducts: z.boolean(),
  /** Orders: an order number that begins so undoes an earlier purchase; empty switches the rule off. */
  cancellationPrefix: Prefix,
  /** Orders: an order number that begins so is a book-keeping correction. */
  adjustmentPrefix: Prefix,
  /** Orders: codes in the SKU column that are no goods. Case does not matter. */
  freightCodes: Codes,
  feeCodes: Codes,
  discountCodes: Codes,
  adjustmentCodes: Codes,
});

export const defaultImportOptions: z.output<typeof ImportOptions> = {
  encoding: 'utf-8',
  delimiter: ',',
  sheet: null,
  headerRow: 1,
  timeZone: 'Asia/Shanghai',
  dateOrder: 'mdy',
  currency: 'CNY',
  exchangeRate: null,
  channel: 'wholesale',
  location: 'WH1',
  createProducts: true,
  cancellationPrefix: 'C',
  adjustmentPrefix: 'A',
  freightCodes: ['POST', 'DOT', 'C2'],
  feeCodes: ['BANK CHARGES', 'AMAZONFEE', 'CRUK'],
  discountCodes: ['D'],
  adjustmentCodes: ['B'],
};

export const ColumnMapping = z.array(ImportFieldName.nullable()).max(200);

export const importStates = ['uploaded', 'checking', 'checked', 'running', 'paused', 'done', 'cancelled', 'failed'] as const;
export const ImportState = z.enum(importStates);

/** What may be asked of an import in each state; consoles disable the rest with the reason. */
export const importMoves = {
  uploaded: ['map', 'check', 'run', 'cancel'],
  checking: ['cancel'],
  checked: ['map', 'check', 'run', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  done: [],
  cancelled: [],
  failed: ['map', 'check', 'resume', 'cancel'],
} as const satisfies Readonly<
  Record<(typeof importStates)[number], readonly ('map' | 'check' | 'run' | 'pause' | 'resume' | 'cancel')[]>
>;

const Count = z.int().min(0);

/** What landed: things of one sort, counted by what the import did to them. */
export const ImportEffect = z.object({
  what: z.enum(['products', 'prices', 'stock', 'customers', 'orders', 'returns', 'entries', 'corrections']),
  created: Count,
  changed: Count,
  unchanged: Count,
});

export const LedgerSum = z.object({
  class: LedgerClass,
  lines: Count,
  units: z.int(),
  /** Signed, fen CNY. */
  amountFen: z.int(),
});

export const Import = z.object({
  id: Id,
  kind: ImportKind,
  state: ImportState,
  fileName: z.string(),
  sizeBytes: Count,
  format: z.enum(['csv', 'xlsx']),
  /** The headings as found. */
  headers: z.array(z.string()),
  sheets: z.array(z.string()),
  mapping: ColumnMapping,
  /** Required fields that no column is mapped to. */
  missing: z.array(ImportFieldName),
  options: ImportOptions,
  /** Whose file it is; mappings are remembered for it and the headings. */
  source: z.string(),
  phase: z.enum(['reading', 'landing']).nullable(),
  /** 0 … 1 over both phases, for the bar. */
  progress: z.number().min(0).max(1),
  rowsTotal: Count.nullable(),
  rowsRead: Count,
  rowsLanded: Count,
  rowsGood: Count,
  rowsUnchanged: Count,
  rowsBad: Count,
  effects: z.array(ImportEffect),
  /** Order ledgers: what the file's lines became. */
  ledger: z.array(LedgerSum),
  /** After a check: what a run would do to the first rows. `isWhole` when these are all rows. */
  preview: z.object({ rows: Count, isWhole: z.boolean(), effects: z.array(ImportEffect) }).nullable(),
  /** Bad rows by reason, most frequent first. */
  reasons: z.array(z.object({ code: BadRowCode, field: ImportFieldName.nullable(), rows: Count })),
  /** Why the import failed as a whole, as data. */
  failure: z.object({ reason: z.string() }).nullable(),
  createdBy: z.string(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});
export type ImportJob = z.output<typeof Import>;

const params = z.object({ id: Id });
const run = { permission: 'imports.run' } as const;
const view = { permission: 'imports.view' } as const;

/** The file is the only part of a multipart/form-data body; it is streamed, never held in memory. */
export const uploadImport = endpoint({
  method: 'POST',
  path: '/imports',
  summary: 'Upload a CSV, TSV, CSV.GZ or XLSX file; its columns are recognised',
  access: run,
  query: z.object({
    kind: ImportKind,
    fileName: z.string().trim().min(1).max(200),
    source: z.string().trim().max(64).default(''),
  }),
  body: z.unknown(),
  reply: Import,
  errors: ['import.unreadable', 'request.too_large'],
});

export const listImports = endpoint({
  method: 'GET',
  path: '/imports',
  summary: 'Imports, newest first',
  access: view,
  query: z.object({ kind: ImportKind.optional(), state: ImportState.optional(), ...paging }),
  reply: page(Import),
  errors: [],
});

/** Cheap: ask once a second while an import runs. */
export const getImport = endpoint({
  method: 'GET',
  path: '/imports/:id',
  summary: 'One import: progress, result, reasons',
  access: view,
  params,
  reply: Import,
  errors: ['import.not_found'],
});

export const getImportSample = endpoint({
  method: 'GET',
  path: '/imports/:id/sample',
  summary: 'The first rows, as read with the present options, with what is wrong in each',
  access: view,
  params,
  reply: z.object({
    rows: z.array(z.object({ rowNo: Count, cells: z.array(z.string()), reasons: z.array(BadRowReason) })),
  }),
  errors: ['import.not_found', 'import.unreadable'],
});

export const setImportMapping = endpoint({
  method: 'PUT',
  path: '/imports/:id/mapping',
  summary: 'Say what each column means and how the file is to be read; undoes an earlier check',
  access: run,
  params,
  body: z.object({
    kind: ImportKind.optional(),
    mapping: ColumnMapping.optional(),
    /** Only what differs; the rest stays as it is. A new sheet, header row, encoding or delimiter reads the headings again. */
    options: ImportOptions.partial().optional(),
  }),
  reply: Import,
  errors: ['import.not_found', 'import.wrong_state', 'import.unreadable', 'import.mapping_incomplete'],
});

const move = (path: 'checks' | 'runs' | 'pause' | 'resumption' | 'cancellation', summary: string) =>
  endpoint({
    method: 'POST',
    path: `/imports/:id/${path}`,
    summary,
    access: run,
    params,
    reply: Import,
    errors: ['import.not_found', 'import.wrong_state', 'import.mapping_incomplete'],
  });

export const checkImport = move('checks', 'Read every row, tell good from bad, preview what would change; changes nothing');
export const runImport = move('runs', 'Land the good rows');
export const pauseImport = move('pause', 'Stop between two chunks; what landed stays');
export const resumeImport = move('resumption', 'Go on where it stopped');
export const cancelImport = move('cancellation', 'Give up the rest; what landed stays');

export const listBadRows = endpoint({
  method: 'GET',
  path: '/imports/:id/bad-rows',
  summary: 'Bad rows with their row number in the file, their cells and all reasons',
  access: view,
  params,
  query: z.object({ code: BadRowCode.optional(), ...paging }),
  reply: page(z.object({ rowNo: Count, cells: z.array(z.string()), reasons: z.array(BadRowReason) })),
  errors: ['import.not_found'],
});

const FileFormat = z.enum(['csv', 'xlsx']).default('csv');
const FileLanguage = z.enum(['zh-CN', 'en']).default('zh-CN');

/** Replies with the file itself (CSV with BOM, or XLSX): the original columns, then row number and reasons. It can be imported again. */
export const downloadBadRows = endpoint({
  method: 'GET',
  path: '/imports/:id/bad-rows/file',
  summary: 'Bad rows as a file, to mend and import again',
  access: view,
  params,
  query: z.object({ format: FileFormat, language: FileLanguage }),
  reply: z.unknown(),
  errors: ['import.not_found'],
});

/** Ledger lines that are neither sale nor return: fees, discounts, corrections. */
export const listLedgerEntries = endpoint({
  method: 'GET',
  path: '/imports/:id/entries',
  summary: 'What a ledger held besides orders and returns',
  access: view,
  params,
  query: z.object({ class: LedgerClass.optional(), ...paging }),
  reply: page(
    z.object({
      id: z.string(),
      rowNo: Count,
      class: LedgerClass,
      document: z.string(),
      code: z.string(),
      text: z.string(),
      quantity: z.int(),
      amountFen: z.int(),
      customer: z.string().nullable(),
      at: Instant,
    }),
  ),
  errors: ['import.not_found'],
});

/** Replies with the file itself: headings and two example rows. */
export const downloadTemplate = endpoint({
  method: 'GET',
  path: '/import-templates/:kind',
  summary: 'An empty file with the right headings and examples',
  access: view,
  params: z.object({ kind: ImportKind }),
  query: z.object({ format: FileFormat, language: FileLanguage }),
  reply: z.unknown(),
  errors: [],
});

export { badRowSentence, badRowWords, importFieldWords } from './import-words.ts';
