import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/fail.ts';
import { receiveFile, safeFileName } from '../../platform/table-file/receive-file.ts';
import { mappingFor, recogniseFile } from './columns/recognise.ts';
import { inspectFile } from '../../platform/table-file/inspect-file.ts';
import { imports, type Kind, type Options } from './tables.ts';

export interface UploadFile {
  /** undefined lets the headings decide. */
  kind: Kind | undefined;
  fileName: string;
  /** Whose file it is; the mapping is remembered for it. */
  source: string;
  bytes: AsyncIterable<Buffer>;
  options?: Partial<Options>;
}

export const uploadBytesMax = 256 * 1024 * 1024;
const partBytes = 1024 * 1024;

/**
 * Stores a file and recognises its columns; nothing of it lands yet. The bytes pass through a private folder of this machine and end
 * in the database, where any worker finds them. Refuses import.unreadable, request.too_large.
 */
export async function uploadFile(
  outside: { inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T> },
  input: UploadFile,
): Promise<string> {
  return receiveFile({ bytes: input.bytes, bytesMax: uploadBytesMax }, async (received) => {
    const facts = await inspectFile(received);
    const { options, headers } = await recogniseFile(() => createReadStream(received), facts, input.options);
    if (headers.length === 0) refuse('import.unreadable', { reason: 'empty' });
    const isPacked = facts.isGzip || facts.format === 'xlsx';
    const stored = isPacked ? received : await packed(received);
    const { size } = await stat(received);

    return await outside.inTx(async (ctx) => {
      const known = await mappingFor(ctx.tx, { kind: input.kind, source: input.source, headers });
      const { id } = await imports(ctx.tx)
        .insertInto('job')
        .values({
          kind: known.kind ?? 'orders',
          state: 'uploaded',
          file_name: safeFileName(input.fileName),
          size_bytes: size,
          text_bytes: facts.textBytes,
          format: facts.format,
          is_gzip: facts.format === 'csv',
          sheets: JSON.stringify(facts.sheets),
          headers: JSON.stringify(headers),
          mapping: JSON.stringify(known.mapping),
          options: JSON.stringify({ ...options, ...known.options, ...input.options }),
          source: input.source,
          phase: null,
          rows_total: null,
          preview: 'null',
          failure: 'null',
          created_by: actorLabel(ctx.actor).name,
          created_at: ctx.now,
          started_at: null,
          finished_at: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await storeParts(ctx, id, stored);
      return id;
    });
  });
}

/** Text is kept packed: a tenth of the space, and quicker to fetch than it is to unpack. */
async function packed(path: string): Promise<string> {
  await pipeline(createReadStream(path), createGzip({ level: 1 }), createWriteStream(`${path}.gz`));
  return `${path}.gz`;
}

async function storeParts(ctx: Ctx, jobId: string, path: string): Promise<void> {
  let partNo = 0;
  for await (const bytes of createReadStream(path, { highWaterMark: partBytes })) {
    await imports(ctx.tx).insertInto('file_part').values({ job_id: jobId, part_no: partNo, bytes }).execute();
    partNo += 1;
  }
}
