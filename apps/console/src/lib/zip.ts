/** A file of the archive; its text comes in parts, so that a long one is never whole in memory. */
export interface ZipFile {
  path: string;
  parts: Iterable<string>;
}

interface Packed {
  name: Uint8Array<ArrayBuffer>;
  crc: number;
  size: number;
  blob: Blob;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** The checksum of what came before and of these bytes. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before >>> 0;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

/** A ZIP archive of deflated texts, UTF-8. */
export async function zip(files: readonly ZipFile[], type: string): Promise<Blob> {
  const parts: BlobPart[] = [];
  const entries: { packed: Packed; at: number }[] = [];
  let at = 0;
  for (const { path, parts: texts } of files) {
    const packed = await pack(path, texts);
    entries.push({ packed, at });
    const local = header(0x04034b50, packed);
    parts.push(local, packed.blob);
    at += local.length + packed.blob.size;
  }
  const directory = entries.map((entry) => header(0x02014b50, entry.packed, entry.at));
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  return new Blob([...parts, ...directory, ending(entries.length, size, at)], { type });
}

async function pack(path: string, texts: Iterable<string>): Promise<Packed> {
  const encoder = new TextEncoder();
  const deflate = new CompressionStream('deflate-raw');
  const packed = new Response(deflate.readable).blob(); // read while it is written: neither side waits for the other
  const writer = deflate.writable.getWriter();
  let crc = 0;
  let size = 0;
  for (const text of texts) {
    const bytes = encoder.encode(text);
    crc = crc32(bytes, crc);
    size += bytes.length;
    await writer.write(bytes);
  }
  await writer.close();
  return { name: encoder.encode(path), crc, size, blob: await packed };
}

/** What stands before a file, or for it in the directory (then `at` says where). */
function header(signature: number, { name, crc, size, blob }: Packed, at?: number): Uint8Array<ArrayBuffer> {
  const isEntry = at !== undefined;
  const length = isEntry ? 46 : 30;
  const bytes = new Uint8Array(length + name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  let place = 4;
  const put = (value: number, width: 2 | 4): void => {
    if (width === 2) view.setUint16(place, value, true);
    else view.setUint32(place, value, true);
    place += width;
  };
  if (isEntry) put(20, 2); // made by version 2.0
  put(20, 2); // needs version 2.0
  put(0x0800, 2); // the name is UTF-8
  put(8, 2); // deflate
  put(0, 2); // no time of day:
  put(0x21, 2); // 1980-01-01, so that equal content makes equal files
  put(crc, 4);
  put(blob.size, 4);
  put(size, 4);
  put(name.length, 2);
  put(0, 2); // no extra field
  if (isEntry) view.setUint32(42, at, true);
  bytes.set(name, length);
  return bytes;
}

function ending(count: number, size: number, at: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(22);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, size, true);
  view.setUint32(16, at, true);
  return bytes;
}
