import { sql } from 'kysely';
import type { Ctx } from '../../../platform/ctx.ts';
import { run } from '../../../platform/db.ts';
import { plain, readId } from '../../../platform/table-file/cells.ts';
import type { Field } from '../columns/take.ts';
import { readRows } from '../../../platform/table-file/rows.ts';
import { imports } from '../tables.ts';
import { packBlock } from './block.ts';
import { filePartsOf, holdJob, type Job } from './job.ts';
import { sortRows, type Sorter } from './sort-rows.ts';

type InTx = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
const pendingMax = 20_000;

/**
 * Reads the whole file into blocks of whole documents. Bounded memory, however the rows of a document are spread. Interrupted, it is
 * begun again; nothing has landed yet. Refuses import.unreadable.
 */
export async function readFileIntoBlocks(inTx: InTx, job: Job): Promise<void> {
  await inTx(async (ctx) => {
    await holdJob(ctx, job);
    await imports(ctx.tx).deleteFrom('block').where('job_id', '=', job.id).execute();
    await imports(ctx.tx)
      .updateTable('job')
      .set({ phase: 'reading', rows_read: 0, read_bytes: 0, rows_total: null })
      .where('id', '=', job.id)
      .execute();
  });
  const { keyOf, isSecond } = documentOf(job);
  const sorter = sortRows(keyOf, isSecond);
  const parts = new Map<number, number>();
  let rowsRead = 0;
  let readBytes = 0;
  const how = { format: job.format, isGzip: job.is_gzip, options: job.options };
  for await (const { rows, bytes } of readRows(filePartsOf(inTx, job.id), how)) {
    for (const row of rows) sorter.add(row);
    rowsRead += rows.length;
    readBytes = bytes;
    if (sorter.pending() >= pendingMax) await inTx((ctx) => writeBlocks(ctx, job, sorter, parts, { rowsRead, readBytes }));
  }
  await inTx(async (ctx) => {
    await writeBlocks(ctx, job, sorter, parts, { rowsRead, readBytes });
    await imports(ctx.tx)
      .updateTable('job')
      .set({ is_read: true, rows_total: rowsRead, blocks: sorter.blocks(), next_block: 0 })
      .where('id', '=', job.id)
      .execute();
  });
}

async function writeBlocks(
  ctx: Ctx,
  job: Job,
  sorter: Sorter,
  parts: Map<number, number>,
  { rowsRead, readBytes }: { rowsRead: number; readBytes: number },
): Promise<void> {
  await holdJob(ctx, job);
  for (const { blockNo, block } of sorter.take()) {
    const partNo = parts.get(blockNo) ?? 0;
    parts.set(blockNo, partNo + 1);
    await run(
      ctx.tx,
      sql`insert into imports.block (job_id, block_no, part_no, rows, body)
        values (${job.id}, ${blockNo}, ${partNo}, ${block.rows.length}, ${packBlock(block)})`,
    );
  }
  await imports(ctx.tx).updateTable('job').set({ rows_read: rowsRead, read_bytes: readBytes }).where('id', '=', job.id).execute();
}

/** Which document a row belongs to, by kind: an order, a product with its variants, or the one thing that the row describes. */
export function documentOf({ kind, mapping, options }: Pick<Job, 'kind' | 'mapping' | 'options'>): {
  keyOf: (cells: readonly string[]) => string;
  isSecond: (key: string) => boolean;
} {
  const cell = (field: Field) => {
    const column = mapping.indexOf(field);
    return (cells: readonly string[]): string => readId(cells[column] ?? '');
  };
  const [order, sku, style, customer] = [cell('order'), cell('sku'), cell('style'), cell('customer')];
  const placeColumn = mapping.indexOf('location');
  const prefix = options.cancellationPrefix.toUpperCase();
  switch (kind) {
    case 'orders':
      return { keyOf: order, isSecond: (key) => prefix !== '' && key.toUpperCase().startsWith(prefix) };
    case 'products':
      return { keyOf: (cells) => style(cells) || sku(cells), isSecond: () => false };
    case 'stock':
      return { keyOf: (cells) => `${sku(cells)}\n${plain(cells[placeColumn] ?? '')}`, isSecond: () => false };
    case 'customers':
      return { keyOf: customer, isSecond: () => false };
  }
}
