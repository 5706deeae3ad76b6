import { rateOf } from '../landing/amount.ts';
import type { Job } from '../landing/job.ts';
import { readOrderRows } from './order-row.ts';
import { readCustomerRows, readStockRows } from './plain-rows.ts';
import { readProductRows } from './product-row.ts';
import type { Reason } from './take.ts';

/** What is wrong in a row by itself, whatever the kind of its file. */
export function readPlainRow(job: Job): (cells: readonly string[]) => Reason[] {
  const reading = { mapping: job.mapping, width: job.headers.length, rate: rateOf(job.options) };
  switch (job.kind) {
    case 'orders': {
      const reader = readOrderRows({ ...reading, ...job.options, nowMs: job.created_at.getTime() });
      return (cells) => reader.read(cells).reasons;
    }
    case 'products': {
      const reader = readProductRows(reading);
      return (cells) => reader.read(cells).reasons;
    }
    case 'stock': {
      const reader = readStockRows(reading);
      return (cells) => reader.read(cells).reasons;
    }
    case 'customers': {
      const reader = readCustomerRows(reading);
      return (cells) => reader.read(cells).reasons;
    }
  }
}
