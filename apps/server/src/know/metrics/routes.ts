import { Readable } from 'node:stream';
import { metrics as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { handleOutside, type Outside, type Route } from '../../platform/route.ts';
import { type Analytics, type Freshness, readFreshness } from '../stream/index.ts';
import { sharedCockpit } from './cockpit.ts';
import { definitions } from './definitions.ts';
import { buildWorkbook } from './export-workbook.ts';
import { sharedReading, watchVersion } from './live.ts';
import { type MetricQuestion, queryMetrics } from './query-metrics.ts';

/** Analytics are asked over the network, so none of these holds a transaction while it waits. */
export function metricRoutes({ analytics }: { analytics: Analytics }): readonly Route[] {
  const freshness = (outside: Outside): Promise<Freshness> => outside.inTx((ctx) => readFreshness(ctx.tx, ctx.now));
  const share = sharedReading();
  const cockpit = sharedCockpit(analytics);
  return [
    handleOutside(contract.listMetrics, async () => ({ items: [...definitions] })),

    handleOutside(contract.queryMetrics, async (outside, { query }) => {
      const { asOf } = await freshness(outside); // read first: the figures are at least this fresh
      return { ...(await queryMetrics(analytics, questionOf(query))), asOf: asOf.toISOString() };
    }),

    handleOutside(contract.getCockpit, async (outside, { query }) => {
      const { asOf, version } = await freshness(outside);
      const filters = { channel: query.channel, store: query.store };
      return { ...(await cockpit({ now: outside.now(), filters, version })), asOf: asOf.toISOString(), version };
    }),

    handleOutside(contract.exportMetrics, async (outside, { query }) => {
      const { asOf } = await freshness(outside);
      const answer = await queryMetrics(analytics, questionOf(query));
      const file = buildWorkbook(answer, asOf, query.language);
      await outside.raw?.reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', `attachment; filename="metrics_${query.from}_${query.to}.xlsx"`)
        .send(file);
      return outside.raw === undefined ? {} : undefined;
    }),

    handleOutside(contract.watchMetrics, async (outside) => {
      const { raw } = outside;
      if (raw?.request.headers.accept?.includes('text/event-stream') !== true) {
        const { version, asOf, lagMs } = await freshness(outside);
        return { version, asOf: asOf.toISOString(), lagMs };
      }
      const left = new AbortController();
      raw.reply.raw.once('close', () => left.abort());
      await raw.reply
        .type('text/event-stream')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(watchVersion(() => share(() => freshness(outside)), left.signal)));
      return undefined;
    }),
  ];
}

function questionOf(query: z.output<typeof contract.MetricQuestion>): MetricQuestion {
  const { channel, category, sku, store, until, ...rest } = query;
  return { ...rest, until: until === undefined ? undefined : new Date(until), filters: { channel, category, sku, store } };
}
