import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { refuse } from '../../platform/fail.ts';

const unpackers = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
} as const;

const isPacked = (encoding: string): encoding is keyof typeof unpackers => Object.hasOwn(unpackers, encoding);

/**
 * The JSON of a body, whatever it is labelled as (text, a form) and however it is packed. Unpacking stops at `bytesMax`: a bomb fills no
 * memory. Refuses `request.too_large`, `request.invalid`.
 */
export async function readBody(body: Buffer, encoding: string | undefined, bytesMax: number): Promise<unknown> {
  const bytes = await unpack(body, (encoding ?? 'identity').trim().toLowerCase(), bytesMax);
  return parseJson(bytes.toString('utf8'));
}

async function unpack(body: Buffer, encoding: string, bytesMax: number): Promise<Buffer> {
  if (encoding === 'identity' || encoding === '') return looksGzipped(body) ? unpack(body, 'gzip', bytesMax) : body;
  if (!isPacked(encoding)) return refuse('request.invalid', { issues: [issue('unknown_encoding', encoding)] });
  try {
    return await unpackers[encoding](body, { maxOutputLength: bytesMax });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') refuse('request.too_large', { bytesMax });
    return refuse('request.invalid', { issues: [issue('not_packed', encoding)] });
  }
}

/** Some clients forget the header, or a proxy took it off. JSON never begins like this. */
const looksGzipped = (body: Buffer): boolean => body.length > 2 && body[0] === 0x1f && body[1] === 0x8b && body[2] === 8;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const data = text.startsWith('data=') ? new URLSearchParams(text).get('data') : null; // a real form with the JSON in it
    if (data === null) return refuse('request.invalid', { issues: [issue('not_json', '')] });
    return parseJson(data.startsWith('{') ? data : Buffer.from(data, 'base64').toString('utf8'));
  }
}

const issue = (code: string, got: string) => ({ at: 'body', path: '', code, message: `The body cannot be read ${got}`.trim() });
