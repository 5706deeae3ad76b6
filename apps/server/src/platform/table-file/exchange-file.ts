import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { refuse } from '../fail.ts';
import type { Outside } from '../route.ts';
import type { TableFile } from './write-table.ts';

/** The one file of a multipart body, or a raw body, as it streams in. */
export async function uploadedBytes({ raw }: Outside, bytesMax: number): Promise<AsyncIterable<Buffer>> {
  const request = raw?.request;
  if (request?.isMultipart?.() === true) {
    const part = await request.file({ limits: { fileSize: bytesMax + 1, files: 1 } });
    if (part !== undefined) return part.file as AsyncIterable<Buffer>;
  }
  const body: unknown = request?.body;
  if (body instanceof Readable) return body as AsyncIterable<Buffer>;
  if (Buffer.isBuffer(body)) return Readable.from([body]);
  return refuse('request.invalid', { issues: [{ at: 'body', path: 'file', code: 'missing' }] });
}

/** Replies with a file; a caller inside the house gets nothing. */
export async function sendFile(
  { raw }: Outside,
  { contentType, fileName, body }: TableFile & { fileName: string },
): Promise<undefined> {
  if (raw === undefined) return;
  void raw.reply
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .header('cache-control', 'no-store')
    .send(Buffer.isBuffer(body) ? body : Readable.from(body));
  await finished(raw.reply.raw);
}
