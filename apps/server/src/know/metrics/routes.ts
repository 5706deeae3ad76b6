import { Readable } from 'node:stream';
import { metrics as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { handle, handleOutside, type Outside, type Route } from '../../platform/route.ts';
import { type Analytics, type Freshness, readFreshness } from '../stream/index.ts';
import { definitionsOf } from './book.ts';
import { readCockpit } from './cockpit.ts';
import { buildWorkbook } from './export-workbook.ts';
import { findUnfed } from './fed.ts';
import { type Figures, openFigures } from './figures.ts';
import { sharedReading, watchVersion } from './live.ts';
import { measures } from './measures/index.ts';
import { previewMetric } from './preview-metric.ts';
import { publishMetric } from './publish-metric.ts';
import { type MetricFigures, type MetricQuestion, queryMetrics } from './query-metrics.ts';
import { type Scope, scopeOf } from './scope.ts';
import { endOfMinute, sharedReadings } from './shared-readings.ts';
import { showMetric } from './show-metric.ts';

/** Analytics are asked over the network, so none of these holds a transaction while it waits. */
export function metricRoutes({ analytics }: { analytics: Analytics }): readonly Route[] {
  const freshness = (outside: Outside): Promise<Freshness> => outside.inTx((ctx) => readFreshness(ctx.tx, ctx.now));
  const share = sharedReading();
  const cockpits = sharedReadings<Awaited<ReturnType<typeof readCockpit>>>();
  const answers = sharedReadings<MetricFigures>();

  /** Read once for all who may see the same rows: nothing newer arrived, nobody published, and what is relative is of the same minute. */
  async function answer(outside: Outside, question: MetricQuestion): Promise<MetricFigures & { asOf: string; figures: Figures }> {
    const { asOf, version } = await freshness(outside); // read first: the figures are at least this fresh
    const opened = await openFigures(analytics, outside.inTx);
    const figures = { ...opened, now: endOfMinute(opened.now) };
    const scope: Scope = scopeOf(outside.actor);
    const minute = question.period === undefined ? '' : figures.now;
    const key = [version, figures.book.edition, figures.book.today, scope, question, minute];
    return { ...(await answers(key, () => queryMetrics(figures, question, scope))), asOf: asOf.toISOString(), figures };
  }

  return [
    handleOutside(contract.listMetrics, async (outside) => {
      const figures = await openFigures(analytics, outside.inTx);
      const items = definitionsOf(figures.book);
      const names = items.filter(({ hasSource }) => !hasSource).map(({ name }) => name);
      const unfed = await findUnfed(figures, names).catch(() => new Set(names)); // definitions answer without ClickHouse
      return { items: items.map((one) => ({ ...one, hasSource: !unfed.has(one.name) })) };
    }),
    handle(contract.listMeasures, async () => ({ items: [...measures] })),
    handleOutside(contract.getMetric, (outside, { params }) => showMetric(analytics, outside, params.name)),
    handle(contract.publishMetric, (ctx, { params, body }) => publishMetric(ctx, { ...params, ...body })),

    handleOutside(contract.previewMetric, async (outside, { params, body: { body, by, ...when } }) => {
      const { asOf } = await freshness(outside);
      const figures = await openFigures(analytics, outside.inTx);
      const preview = await previewMetric(figures, { name: params.name, body, by, ...when }, scopeOf(outside.actor));
      return { ...preview, asOf: asOf.toISOString() };
    }),

    handleOutside(contract.queryMetrics, async (outside, { query }) => {
      const { figures: _, ...reply } = await answer(outside, questionOf(query));
      return reply;
    }),

    handleOutside(contract.getCockpit, async (outside, { query }) => {
      const { asOf, version } = await freshness(outside);
      const opened = await openFigures(analytics, outside.inTx);
      const figures = { ...opened, now: endOfMinute(opened.now) };
      const filters = { channel: query.channel, store: query.store };
      const scope = scopeOf(outside.actor);
      const key = [version, figures.book.edition, figures.now, filters, scope];
      return { ...(await cockpits(key, () => readCockpit(figures, filters, scope))), asOf: asOf.toISOString(), version };
    }),

    handleOutside(contract.exportMetrics, async (outside, { query: { language, ...query } }) => {
      const { figures, asOf, ...found } = await answer(outside, questionOf(query));
      const file = buildWorkbook(figures.book, found, new Date(asOf), language);
      await outside.raw?.reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', `attachment; filename="metrics_${found.period.from}_${found.period.to}.xlsx"`)
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

/** The question as the server asks it, of the one that came as query parameters or in a saved tile. */
function questionOf(query: z.output<typeof contract.MetricQuestion>): MetricQuestion {
  const { channel, category, sku, store, campaign, until, ...rest } = query;
  return {
    ...rest,
    until: until === undefined ? undefined : new Date(until),
    filters: { channel, category, sku, store, campaign },
  };
}
