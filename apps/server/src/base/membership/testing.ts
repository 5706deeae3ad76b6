import type { Ctx } from '../../platform/ctx.ts';
import { aCustomer } from '../customers/testing.ts';
import { adjustPoints } from './adjust-points.ts';

/** A customer with so many points; answers the id. */
export async function aMemberWithPoints(ctx: Ctx, externalId: string, points: number): Promise<string> {
  const customerId = await aCustomer(ctx, externalId);
  if (points > 0) await adjustPoints(ctx, { customerId, change: points, reason: 'test' });
  return customerId;
}
