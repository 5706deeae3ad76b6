import { FastifyOtelInstrumentation } from '@fastify/otel';
import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, register } from 'prom-client';
import type { Db } from './db.ts';

const requestSeconds = new Histogram({
  name: 'tongshang_http_request_seconds',
  help: 'Time to answer, by route and status class',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
});
export const jobsTotal = new Counter({
  name: 'tongshang_jobs_total',
  help: 'Jobs and reactions run, by outcome',
  labelNames: ['job', 'outcome'],
});

/** A figure that is read when somebody asks for the figures; a reading that fails leaves it out. */
export function watch(name: string, help: string, read: () => Promise<number>): void {
  new Gauge({
    name,
    help,
    async collect() {
      await read().then(
        (value) => this.set(value),
        () => this.reset(),
      );
    },
  });
}

let isStarted = false;

/** Collects process figures always; sends traces only where OTEL_EXPORTER_OTLP_ENDPOINT says where to. */
export function startTelemetry(): void {
  if (isStarted) return;
  isStarted = true;
  collectDefaultMetrics();
  if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] === undefined) return;
  const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] });
  provider.register();
}

const tracer = trace.getTracer('tongshang');

/** Runs work as one span; without an exporter this costs next to nothing. */
export function traced<T>(name: string, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, async (span) => {
    try {
      return await work();
    } finally {
      span.end();
    }
  });
}

/** Counts and times every request of an app, and traces it where traces go. */
export async function observeRequests(app: FastifyInstance): Promise<void> {
  if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] !== undefined) await app.register(new FastifyOtelInstrumentation().plugin());
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    requestSeconds.observe(
      { method: request.method, route, status: `${Math.floor(reply.statusCode / 100)}xx` },
      reply.elapsedTime / 1000,
    );
    done();
  });
}

/** `/health/live` says the process answers, `/health/ready` that it can serve, `/metrics` is for Prometheus on this machine's side. */
export function answerHealth(app: FastifyInstance, db: Db): void {
  app.get('/health/live', { config: { rateLimit: false } }, () => ({ ok: true }));
  app.get('/health/ready', { config: { rateLimit: false } }, async (_request, reply) => {
    const postgres = await answers(db);
    return reply.status(postgres ? 200 : 503).send({ postgres });
  });
  app.get('/metrics', { config: { rateLimit: false } }, async (request, reply) => {
    if (!isLocal(request.ip)) return reply.status(404).send();
    return reply.type(register.contentType).send(await register.metrics());
  });
}

const answers = (db: Db): Promise<boolean> =>
  db.pool.query('select 1').then(
    () => true,
    () => false,
  );

const isLocal = (ip: string): boolean => ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1';
