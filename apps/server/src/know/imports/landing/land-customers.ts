import { upsertCustomers } from '../../../base/customers/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { type CustomerRow, readCustomerRows } from '../columns/plain-rows.ts';
import { countEffects } from './effects.ts';
import type { Job } from './job.ts';
import {
  type BadRow,
  blameRepeated,
  type Document,
  type Landed,
  type Prepare,
  readDocuments,
  splitGoodFromBad,
} from './judge.ts';
import { documentOf } from './read-file.ts';

/** Customer files: one customer a row, known by the firm's own number. What a cell leaves empty stays as it is. */
export function customersLander(job: Job): Prepare {
  const reader = readCustomerRows({ mapping: job.mapping, width: job.headers.length });
  const { keyOf } = documentOf(job);
  return (block) => {
    const documents = readDocuments(block, reader, keyOf);
    for (const document of documents) blameRepeated(document.lines, 'customer', ({ row }) => row.customer);
    const { good, bad } = splitGoodFromBad(documents, { isWhole: false });
    return { judge: () => Promise.resolve(bad), land: (ctx) => land(ctx, good, bad) };
  };
}

async function land(ctx: Ctx, good: readonly Document<CustomerRow>[], bad: BadRow[]): Promise<Landed> {
  const lines = good.flatMap((document) => document.lines);
  const rows = good.flatMap(({ lines: [first] }) => {
    if (first === undefined) return [];
    const { customer, name, phone, email } = first.row;
    return [{ source: 'import' as const, externalId: customer, phone, email, name: name === '' ? undefined : name }];
  });
  const outcomes = rows.length === 0 ? [] : await upsertCustomers(ctx, rows);
  const count = (outcome: 'new' | 'changed' | 'unchanged') => outcomes.filter((one) => one.outcome === outcome).length;
  const effect = { what: 'customers' as const, created: count('new'), changed: count('changed'), unchanged: count('unchanged') };
  const fresh = effect.created + effect.changed;
  return { good: fresh, unchanged: lines.length - fresh, bad, effects: countEffects([effect]), ledger: [] };
}
