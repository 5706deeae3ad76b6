import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import type { EntryClass, LedgerSum } from '../tables.ts';
import { fenOf } from './amount.ts';
import type { Ledger, LedgerDocument } from './land-orders.ts';
import { type ClassedLine, type LineClass, sumsOf } from './ledger.ts';

const entryClasses: ReadonlySet<LineClass> = new Set<EntryClass>([
  'fee',
  'discount',
  'freight_refund',
  'adjustment',
  'stock_correction',
]);

const isEntry = (line: ClassedLine): boolean => entryClasses.has(line.class);

/** Keeps the lines of a ledger that are neither sale nor return, so that nothing of it is lost; the same line is kept once, however often it comes. */
export async function bookEntries(
  ctx: Ctx,
  { job, rate }: Ledger,
  documents: readonly LedgerDocument[],
): Promise<{ rows: { created: number; unchanged: number }; sums: LedgerSum[] }> {
  const entries = documents.flatMap(({ key, lines }) =>
    lines.flatMap((line, index) => {
      if (!isEntry(line)) return [];
      const { row, rowNo } = line;
      const amountFen = fenOf(row.quantity, row.priceMicros, rate);
      return [
        {
          document: key,
          position: index + 1,
          rowNo,
          class: line.class,
          code: row.sku,
          text: row.name,
          quantity: row.quantity,
          amountFen,
          customer: row.customer || null,
          at: new Date(row.placedAtMs),
        },
      ];
    }),
  );
  if (entries.length === 0) return { rows: { created: 0, unchanged: 0 }, sums: [] };
  const written = await run(
    ctx.tx,
    sql`insert into imports.entry (channel, document, position, job_id, row_no, class, code, text, quantity, amount_fen, customer, at)
      select ${job.options.channel}, document, position, ${job.id}, "rowNo", class, code, text, quantity, "amountFen", customer, at
      from json_to_recordset(${JSON.stringify(entries)}::json) as e (document text, position int, "rowNo" int, class text, code text, text text,
        quantity int, "amountFen" bigint, customer text, at timestamptz)
      on conflict do nothing returning position`,
  );
  return {
    rows: { created: written.length, unchanged: entries.length - written.length },
    sums: sumsOf(entries.map((entry) => ({ ...entry, lines: 1 }))),
  };
}
