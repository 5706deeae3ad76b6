import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refuse } from '../fail.ts';

/**
 * Keeps what streams in as a file in a private folder of this machine while `work` looks at it; both are gone afterwards.
 * Refuses request.too_large.
 */
export async function receiveFile<T>(
  { bytes, bytesMax }: { bytes: AsyncIterable<Buffer>; bytesMax: number },
  work: (path: string) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'tongshang-file-'));
  try {
    const received = join(dir, 'received');
    await pipeline(Readable.from(bytes), limitBytes(bytesMax), createWriteStream(received));
    return await work(received);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function limitBytes(bytesMax: number): Transform {
  let seen = 0;
  return new Transform({
    transform: (part: Buffer, _encoding, done) => {
      seen += part.length;
      if (seen > bytesMax) {
        try {
          refuse('request.too_large', { bytesMax });
        } catch (error) {
          done(error as Error);
        }
      } else done(null, part);
    },
  });
}

/** A file's name for people to read: no folders, no control characters. It never becomes a path. */
export const safeFileName = (name: string): string =>
  basename(name.replaceAll('\\', '/'))
    .replaceAll(/[\p{Cc}\p{Bidi_Control}"<>|:*?]/gu, '')
    .trim()
    .slice(0, 200) || 'file';
