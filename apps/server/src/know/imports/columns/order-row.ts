import { plain } from '../../../platform/table-file/cells.ts';
import { type LocalTime, type ToInstant, zoneTime } from '../../../platform/table-file/dates.ts';
import { type Field, type Reason, takeBy } from './take.ts';

/** One line of an order ledger, understood. */
export interface OrderRow {
  order: string;
  sku: string;
  /** Signed: a ledger writes what came back as a negative number. */
  quantity: number;
  /** Price of one unit in millionths of the file's currency, signed. */
  priceMicros: number;
  placedAtMs: number;
  name: string;
  customer: string;
  customerName: string;
  phone: string;
  region: string;
  address: string;
  note: string;
}

export interface RowReader<Row> {
  /** The row as far as it can be understood; it may land only when there is no reason against it. */
  read: (cells: readonly string[]) => { row: Row; reasons: Reason[] };
}

export interface OrderReading {
  mapping: readonly (Field | null)[];
  width: number;
  timeZone: string;
  dateOrder: 'dmy' | 'mdy';
  /** Orders of tomorrow are a mistake of the file. */
  nowMs: number;
}

const quantityMax = 10_000_000;
const dayMs = 86_400_000;

export function readOrderRows({ mapping, width, timeZone, dateOrder, nowMs }: OrderReading): RowReader<OrderRow> {
  const take = takeBy(mapping, width);
  const instantOf = rememberLast(zoneTime(timeZone));
  const read = (cells: readonly string[]) => {
    take.open(cells);
    const local = take.date('placedAt', dateOrder);
    const placedAtMs = local === undefined ? 0 : instantOf(local);
    if (placedAtMs > nowMs + dayMs) take.refuse('date.in_future', 'placedAt', plain(cells[mapping.indexOf('placedAt')] ?? ''));
    const row: OrderRow = {
      order: take.id('order', 64, true),
      sku: take.id('sku', 64, true),
      quantity: take.whole('quantity', { isRequired: true, isSigned: true, max: quantityMax }) ?? 0,
      priceMicros: take.micros('price', { isRequired: true, isSigned: true }) ?? 0,
      placedAtMs,
      name: take.text('name', 200),
      customer: take.id('customer', 64, false).replace(/\.0$/, ''), // a numeric column with gaps is often exported as 17850.0
      customerName: take.text('customerName', 100),
      phone: take.phone('phone') ?? '',
      region: take.text('region', 100),
      address: take.text('address', 300),
      note: take.text('note', 500),
    };
    return { row, reasons: take.reasons() };
  };
  return { read };
}

/** The rows of a ledger share their times: the calendar is asked once for each. */
function rememberLast(instantOf: ToInstant): ToInstant {
  let last: LocalTime | undefined;
  let instant = 0;
  return (local) => {
    if (last?.seconds === local.seconds && last.day === local.day && last.month === local.month && last.year === local.year)
      return instant;
    last = local;
    instant = instantOf(local);
    return instant;
  };
}
