import type { Ctx } from '../../platform/ctx.ts';
import { type CustomerRow, upsertCustomers } from './upsert-customers.ts';

/** A customer that a file brought; answers its id. */
export async function aCustomer(ctx: Ctx, externalId: string, over: Partial<CustomerRow> = {}): Promise<string> {
  const [made] = await upsertCustomers(ctx, [{ source: 'import', externalId, ...over }]);
  if (made === undefined) throw new Error('no customer was made');
  return made.customerId;
}
