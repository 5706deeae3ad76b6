import { upsertCustomers } from '../../../base/customers/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import type { LedgerDocument } from './land-orders.ts';

/** The ledger's customer numbers and the customers that they are here. */
export type Customers = Map<string, string>;

interface Counts {
  created: number;
  changed: number;
  unchanged: number;
}

/** Makes sure that every customer a ledger names exists, by the ledger's own number; what the ledger does not say of them stays as it is. */
export async function customersOfLedger(ctx: Ctx, documents: readonly LedgerDocument[], known: Customers): Promise<Counts> {
  const wanted = new Map<string, { name: string; phone: string }>();
  for (const { lines } of documents)
    for (const { row } of lines)
      if (row.customer !== '' && !known.has(row.customer) && !wanted.has(row.customer))
        wanted.set(row.customer, { name: row.customerName, phone: row.phone });
  const counts: Counts = { created: 0, changed: 0, unchanged: 0 };
  if (wanted.size === 0) return counts;
  const rows = [...wanted].map(([externalId, { name, phone }]) => ({
    source: 'import' as const,
    externalId,
    ...(name !== '' && { name }),
    ...(phone !== '' && { phone }),
  }));
  for (const { externalId, customerId, outcome } of await upsertCustomers(ctx, rows)) {
    known.set(externalId, customerId);
    counts[outcome === 'new' ? 'created' : outcome] += 1;
  }
  return counts;
}
