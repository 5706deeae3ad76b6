// Good rows and bad rows, pure: what may land, and why the rest may not.
import type { Ctx } from '../../../platform/ctx.ts';
import type { RowReader } from '../columns/order-row.ts';
import type { Field, Reason } from '../columns/take.ts';
import type { Effect, LedgerSum } from '../tables.ts';
import type { Block } from './block.ts';

export interface Line<Row> {
  rowNo: number;
  cells: string[];
  row: Row;
  reasons: Reason[];
}

export interface Document<Row> {
  key: string;
  lines: Line<Row>[];
}

export interface BadRow {
  rowNo: number;
  cells: string[];
  reasons: Reason[];
}

/** Reads a block's rows and groups them into documents, each line with the reasons against it. */
export function readDocuments<Row>(
  block: Block,
  reader: RowReader<Row>,
  keyOf: (cells: readonly string[]) => string,
): Document<Row>[] {
  const byKey = new Map<string, Document<Row>>();
  const documents: Document<Row>[] = [];
  for (const { rowNo, cells } of block.rows) {
    const { row, reasons } = reader.read(cells);
    const key = keyOf(cells);
    let document = key === '' ? undefined : byKey.get(key);
    if (document === undefined) {
      document = { key, lines: [] };
      documents.push(document);
      if (key !== '') byKey.set(key, document);
    }
    document.lines.push({ rowNo, cells, row, reasons });
  }
  return documents;
}

/** Adds the reason to every line of a document. */
export function blame<Row>(document: Document<Row>, reason: Reason): void {
  for (const line of document.lines) line.reasons = [...line.reasons, reason];
}

/**
 * Splits documents into those that may land and the rows of the others. Where a document must land whole, a good line in a bad one is
 * held back and says which row is to blame, so that the mended file holds the whole document.
 */
export function splitGoodFromBad<Row>(
  documents: readonly Document<Row>[],
  { isWhole }: { isWhole: boolean },
): { good: Document<Row>[]; bad: BadRow[] } {
  const good: Document<Row>[] = [];
  const bad: BadRow[] = [];
  for (const document of documents) {
    const culprit = document.lines.find(({ reasons }) => reasons.length > 0);
    if (culprit === undefined) good.push(document);
    else if (isWhole) for (const line of document.lines) bad.push(badRow(line, culprit.rowNo));
    else {
      const lines = document.lines.filter(({ reasons }) => reasons.length === 0);
      if (lines.length > 0) good.push({ key: document.key, lines });
      for (const line of document.lines) if (line.reasons.length > 0) bad.push(badRow(line, culprit.rowNo));
    }
  }
  return { good, bad };
}

const badRow = <Row>({ rowNo, cells, reasons }: Line<Row>, culprit: number): BadRow => ({
  rowNo,
  cells,
  reasons: reasons.length > 0 ? reasons : [{ code: 'order.held_back', field: null, value: String(culprit) }],
});

/** What one block came to. Every row of it is counted once: good, unchanged or bad. */
export interface Landed {
  good: number;
  unchanged: number;
  bad: BadRow[];
  effects: Effect[];
  ledger: LedgerSum[];
}

/** A block that was read and grouped, which takes no database; what is left asks the other modules. */
export interface Prepared {
  /** Every bad row of the block; changes nothing. */
  judge: (ctx: Ctx) => Promise<BadRow[]>;
  land: (ctx: Ctx) => Promise<Landed>;
}

export type Prepare = (block: Block) => Prepared;

/** The same key twice in a file: the same values again are harmless, other values are a contradiction that a person must settle. */
export function blameRepeated<Row>(lines: readonly Line<Row>[], field: Field, keyOf: (line: Line<Row>) => string): void {
  const first = new Map<string, Line<Row>>();
  for (const line of lines) {
    const key = keyOf(line);
    const before = first.get(key);
    if (before === undefined) first.set(key, line);
    else if (JSON.stringify(before.row) !== JSON.stringify(line.row))
      line.reasons = [...line.reasons, { code: 'row.repeated', field, value: String(before.rowNo) }];
  }
}
