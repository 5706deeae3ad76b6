import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant, page, paging } from './values.ts';

/** A job that failed and waits for its next try, or is dead: it used up its tries and waits for a person. */
export const FailedJob = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['retrying', 'dead']),
  attempts: z.int(),
  attemptsMax: z.int(),
  lastError: z.string(),
  createdAt: Instant,
  nextRunAt: Instant.nullable(),
});

/** How the queue stands: jobs due now, planned for later, running. */
export const QueueState = z.object({
  due: z.int(),
  planned: z.int(),
  running: z.int(),
  dead: z.int(),
  oldestDueSeconds: z.int(),
});

export const AuditEntry = z.object({
  id: Id,
  at: Instant,
  name: z.string(),
  actorKind: z.enum(['staff', 'shopper', 'system']),
  actor: z.string(),
  payload: z.record(z.string(), z.unknown()),
});

export const listJobs = endpoint({
  method: 'GET',
  path: '/jobs',
  summary: 'Jobs that failed, newest first, and how the queue stands',
  access: { permission: 'jobs.view' },
  query: z.object({ ...paging }),
  reply: page(FailedJob).extend({ queue: QueueState }),
  errors: [],
});

export const retryJob = endpoint({
  method: 'POST',
  path: '/jobs/:id/retry',
  summary: 'Run a failed job again now, with fresh tries',
  access: { permission: 'jobs.retry' },
  params: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
  reply: z.object({ id: z.string() }),
  errors: ['job.not_found'],
});

export const listAudit = endpoint({
  method: 'GET',
  path: '/audit',
  summary: 'Everything that happened, who did it and when, newest first',
  access: { permission: 'audit.view' },
  query: z.object({ name: z.string().max(80).optional(), actorKind: AuditEntry.shape.actorKind.optional(), ...paging }),
  reply: page(AuditEntry),
  errors: [],
});
