import { Readable } from 'node:stream';
import type { imports as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { World } from '../../../test/world.ts';
import { system } from '../../platform/ctx.ts';
import { inTx } from '../../platform/db.ts';
import type { JobRun } from '../../platform/jobs.ts';
import { moveImport } from './move-import.ts';
import { getImport } from './queries.ts';
import { runImportJob } from './run-import.ts';
import type { Kind, Options } from './tables.ts';
import { uploadFile } from './upload-file.ts';

export type ImportView = z.input<typeof contract.Import>;

/** Bytes as an upload brings them, in pieces of an awkward size. */
const inPieces = (bytes: Buffer, size = 1_237): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size)),
  );

/** A file that was uploaded and recognised. */
export async function anUpload(
  world: World,
  content: string | Buffer,
  over: { kind?: Kind; fileName?: string; source?: string; options?: Partial<Options> } = {},
): Promise<ImportView> {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
  const input = {
    kind: over.kind,
    fileName: over.fileName ?? 'file.csv',
    source: over.source ?? '',
    options: over.options ?? {},
  };
  const id = await uploadFile({ inTx: world.run }, { ...input, bytes: inPieces(bytes) });
  return world.inTx((tx) => getImport(tx, id));
}

/** Uploads a file and lands it, to the end. */
export async function anImport(
  world: World,
  content: string | Buffer,
  over: Parameters<typeof anUpload>[2] = {},
): Promise<ImportView> {
  const { id } = await anUpload(world, content, over);
  return runTo(world, id, 'run');
}

export async function runTo(world: World, id: string, move: 'run' | 'check' | 'resume'): Promise<ImportView> {
  await world.run((ctx) => moveImport(ctx, { id, move }));
  await world.drain();
  return world.inTx((tx) => getImport(tx, id));
}

/** A worker of our own, to stop or break at a chosen transaction. */
export function aWorker(
  world: World,
  {
    beforeTx = () => undefined,
    signal = new AbortController().signal,
  }: { beforeTx?: (count: number) => void; signal?: AbortSignal } = {},
) {
  let count = 0;
  const run: JobRun = {
    inTx: (work) =>
      inTx(world.db, { actor: system('worker'), now: world.clock.now() }, async (ctx) => {
        const result = await work(ctx);
        count += 1;
        beforeTx(count);
        return result;
      }),
    now: world.clock.now,
    signal,
  };
  return { carryOn: (importId: string) => runImportJob.work(run, { importId } as never) };
}
