// What a zip file says about itself, read from its central directory before anything is unpacked.

export interface ZipEntry {
  name: string;
  packedBytes: number;
  unpackedBytes: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

/** The entries of a zip file; undefined when the bytes are no complete zip. Zip64 archives (over 4 GiB) are no spreadsheet of ours. */
export function listZip(bytes: Buffer): ZipEntry[] | undefined {
  const end = findEnd(bytes);
  if (end === undefined) return undefined;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entrySignature) return undefined;
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      packedBytes: bytes.readUInt32LE(at + 20),
      unpackedBytes: bytes.readUInt32LE(at + 24),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(bytes: Buffer): number | undefined {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at -= 1)
    if (bytes.readUInt32LE(at) === endSignature) return at;
  return undefined;
}

export const isWorkbook = (entries: readonly ZipEntry[]): boolean => entries.some(({ name }) => name === 'xl/workbook.xml');

const unpackedMax = 300 * 1024 * 1024;
const ratioMax = 200;

/**
 * A small file that claims to unpack to a huge one is not opened. Headers can lie, so the thread that unpacks
 * has a memory limit of its own as well.
 */
export function isBomb(entries: readonly ZipEntry[]): boolean {
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packedBytes, 0);
  return unpacked > unpackedMax || entries.length > 5_000 || (unpacked > 1_000_000 && unpacked / Math.max(packed, 1) > ratioMax);
}
