// What may go into a parcel, judged scan by scan. Pure.

export interface PackLine {
  orderId: string;
  lineNo: number;
  sku: string;
  /** In the picker's hands, and already in the parcel. */
  picked: number;
  packed: number;
  isLotTracked: boolean;
  isSerialised: boolean;
  /** Lots set aside for this line, units that are not in the parcel yet. Empty: none were set aside. */
  lots: readonly { lot: string; quantity: number }[];
}

export interface Scan {
  sku: string;
  quantity: number;
  lot: string | undefined;
  serial: string | undefined;
}

export type ScanProblem =
  | { code: 'pack.wrong_sku'; details: { scanned: string; expected: string; left: { sku: string; quantity: number }[] } }
  | { code: 'pack.too_many'; details: { sku: string; wanted: number; packed: number; scanned: number } }
  | { code: 'pack.lot_missing'; details: { sku: string; expected: string; lots: string[] } }
  | { code: 'pack.wrong_lot'; details: { sku: string; lot: string; expected: string; lots: string[] } }
  | { code: 'pack.serial_missing'; details: { sku: string } };

export interface PackedPart {
  orderId: string;
  lineNo: number;
  sku: string;
  quantity: number;
}

/**
 * Judges one scan: which lines it fills, or what is wrong with it and what was expected. `usableLots` are the lots of the SKU that may
 * leave, for lines that have none set aside.
 */
export function judgeScan(
  lines: readonly PackLine[],
  scan: Scan,
  usableLots: readonly string[],
): { parts: PackedPart[] } | { problem: ScanProblem } {
  const own = lines.filter(({ sku }) => sku === scan.sku);
  if (own.length === 0) return { problem: wrongSku(lines, scan.sku) };
  const wanted = own.reduce((sum, { picked }) => sum + picked, 0);
  const packed = own.reduce((sum, line) => sum + line.packed, 0);
  if (packed + scan.quantity > wanted)
    return { problem: { code: 'pack.too_many', details: { sku: scan.sku, wanted, packed, scanned: scan.quantity } } };
  if (own.some(({ isSerialised }) => isSerialised) && (scan.serial === undefined || scan.quantity !== 1))
    return { problem: { code: 'pack.serial_missing', details: { sku: scan.sku } } };
  return fill(own, scan, usableLots);
}

function fill(
  own: readonly PackLine[],
  scan: Scan,
  usableLots: readonly string[],
): { parts: PackedPart[] } | { problem: ScanProblem } {
  const isTracked = own.some(({ isLotTracked, lots }) => isLotTracked || lots.length > 0);
  const expected = expectedLots(own, usableLots);
  if (isTracked && scan.lot === undefined && expected.length > 0)
    return { problem: { code: 'pack.lot_missing', details: { sku: scan.sku, expected: expected.join(', '), lots: expected } } };

  let left = scan.quantity;
  const parts: PackedPart[] = [];
  for (const line of own) {
    const quantity = Math.min(left, line.picked - line.packed, unitsOfLot(line, scan.lot, usableLots));
    if (quantity <= 0) continue;
    left -= quantity;
    parts.push({ orderId: line.orderId, lineNo: line.lineNo, sku: line.sku, quantity });
  }
  if (left === 0) return { parts };
  const lot = scan.lot ?? '';
  return { problem: { code: 'pack.wrong_lot', details: { sku: scan.sku, lot, expected: expected.join(', '), lots: expected } } };
}

/** How many units of this lot a line still takes; a line without lots takes any. */
function unitsOfLot({ lots, isLotTracked }: PackLine, lot: string | undefined, usableLots: readonly string[]): number {
  if (lots.length > 0) return lots.filter((one) => one.lot === lot).reduce((sum, { quantity }) => sum + quantity, 0);
  if (!isLotTracked || usableLots.length === 0 || lot === undefined) return Infinity;
  return usableLots.includes(lot) ? Infinity : 0;
}

function expectedLots(own: readonly PackLine[], usableLots: readonly string[]): string[] {
  const open = own.filter(({ picked, packed }) => packed < picked);
  const setAside = open.flatMap(({ lots }) => lots.filter(({ quantity }) => quantity > 0).map(({ lot }) => lot));
  return [...new Set(setAside.length > 0 ? setAside : usableLots)];
}

function wrongSku(lines: readonly PackLine[], scanned: string): ScanProblem {
  const open = lines.filter(({ picked, packed }) => packed < picked);
  const left = [...Map.groupBy(open, ({ sku }) => sku)].map(([sku, own]) => ({
    sku,
    quantity: own.reduce((sum, line) => sum + line.picked - line.packed, 0),
  }));
  return { code: 'pack.wrong_sku', details: { scanned, expected: left.map(({ sku }) => sku).join(', '), left } };
}
