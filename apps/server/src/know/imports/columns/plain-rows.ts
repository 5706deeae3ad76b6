import { fenOf } from '../landing/amount.ts';
import type { RowReader } from './order-row.ts';
import { type Field, takeBy } from './take.ts';

export interface StockRow {
  sku: string;
  /** Units on hand, counted. */
  quantity: number;
  /** Code or name of the place; empty when the file names none. */
  location: string;
  costFen: number | undefined;
}

export interface CustomerRow {
  customer: string;
  name: string;
  phone: string | undefined;
  email: string | undefined;
}

interface Reading {
  mapping: readonly (Field | null)[];
  width: number;
}

export function readStockRows({ mapping, width, rate }: Reading & { rate: string }): RowReader<StockRow> {
  const take = takeBy(mapping, width);
  const read = (cells: readonly string[]) => {
    take.open(cells);
    const cost = take.micros('cost', {});
    const row: StockRow = {
      sku: take.id('sku', 64, true),
      quantity: take.whole('quantity', { isRequired: true, max: 10_000_000 }) ?? 0,
      location: take.text('location', 64),
      costFen: cost === undefined ? undefined : fenOf(1, cost, rate),
    };
    return { row, reasons: take.reasons() };
  };
  return { read };
}

export function readCustomerRows({ mapping, width }: Reading): RowReader<CustomerRow> {
  const take = takeBy(mapping, width);
  const read = (cells: readonly string[]) => {
    take.open(cells);
    const row: CustomerRow = {
      customer: take.id('customer', 64, true),
      name: take.text('name', 100),
      phone: take.phone('phone'),
      email: take.email('email'),
    };
    return { row, reasons: take.reasons() };
  };
  return { read };
}
