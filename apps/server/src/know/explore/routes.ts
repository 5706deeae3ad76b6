import { explore as contract } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';
import { handleOutside, type Outside, type Route } from '../../platform/route.ts';
import { findCustomers } from '../../base/customers/index.ts';
import { numbersOf } from '../../sell/orders/index.ts';
import { openFigures, scopeOf } from '../metrics/index.ts';
import { type Analytics, readFreshness } from '../stream/index.ts';
import { listEvents, listValues } from './choices.ts';
import { readCohorts } from './cohorts.ts';
import { readFunnel } from './funnel.ts';
import { readOrdersBehind } from './orders-behind.ts';
import { readPaths } from './paths.ts';
import { readRetention } from './retention.ts';
import { listRfmCustomers, readRfm } from './rfm.ts';

/** Analytics are asked over the network, so none of these holds a transaction while it waits. */
export function exploreRoutes({ analytics }: { analytics: Analytics }): readonly Route[] {
  const open = (outside: Outside) => ({ reading: { analytics, now: outside.now() }, scope: scopeOf(outside.actor) });
  /** Read first: the answer is at least this fresh. */
  const asOf = async (outside: Outside): Promise<string> =>
    (await outside.inTx((ctx) => readFreshness(ctx.tx, ctx.now))).asOf.toISOString();
  return [
    handleOutside(contract.listExploreEvents, async (outside) => {
      const { reading, scope } = open(outside);
      return { asOf: await asOf(outside), items: await listEvents(reading, scope) };
    }),

    handleOutside(contract.listExploreValues, async (outside, { query }) => {
      const { reading, scope } = open(outside);
      return { items: await listValues(reading, query, scope) };
    }),

    handleOutside(contract.exploreFunnel, async (outside, { body }) => {
      const { reading, scope } = open(outside);
      return { asOf: await asOf(outside), ...(await readFunnel(reading, body, scope)) };
    }),

    handleOutside(contract.exploreRetention, async (outside, { body }) => {
      const { reading, scope } = open(outside);
      return { asOf: await asOf(outside), ...(await readRetention(reading, body, scope)) };
    }),

    handleOutside(contract.exploreCohorts, async (outside, { body }) => {
      const { reading, scope } = open(outside);
      return { asOf: await asOf(outside), ...(await readCohorts(reading, body, scope)) };
    }),

    handleOutside(contract.explorePaths, async (outside, { body }) => {
      const { reading, scope } = open(outside);
      return { asOf: await asOf(outside), ...(await readPaths(reading, body, scope)) };
    }),

    handleOutside(contract.exploreRfm, async (outside, { body }) => {
      const { reading, scope } = open(outside);
      return { asOf: await asOf(outside), ...(await readRfm(reading, body, scope)) };
    }),

    handleOutside(contract.listRfmCustomers, async (outside, { body }) => {
      const { actor } = outside;
      if (actor.kind === 'staff' && !actor.permissions.has('metrics.view'))
        refuse('auth.forbidden', { permission: 'metrics.view' });
      const { reading, scope } = open(outside);
      const page = await listRfmCustomers(reading, body, scope);
      const ids = page.items.map(({ customerId }) => customerId);
      const known = await outside.inTx((ctx) => findCustomers(ctx.tx, ids));
      return { ...page, items: page.items.map((row) => ({ ...row, name: known.get(row.customerId)?.maskedName ?? null })) };
    }),

    handleOutside(contract.exploreOrders, async (outside, { body }) => {
      const freshAt = await asOf(outside);
      const figures = await openFigures(analytics, outside.inTx);
      const answer = await readOrdersBehind(figures, body, scopeOf(outside.actor));
      const ids = answer.items.flatMap(({ orderId }) => orderId ?? []);
      const numbers = await outside.inTx((ctx) => numbersOf(ctx.tx, ids));
      const items = answer.items.map((row) => ({ ...row, number: numbers.get(row.orderId ?? '') ?? null }));
      return { asOf: freshAt, ...answer, items };
    }),
  ];
}
