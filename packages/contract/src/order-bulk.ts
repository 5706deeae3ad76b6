// The same done to many orders: a few at once, or as many as a filter finds, by the server, whoever still looks on.
import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { orderFilters, orderStages } from './order-filters.ts';
import { Id, Instant, page, paging } from './values.ts';

export const bulkActions = ['release', 'cancel'] as const;
const BulkAction = z.enum(bulkActions);
const reason = z.string().trim().min(1).max(200).optional();

export const actOnOrders = endpoint({
  method: 'POST',
  path: '/orders/bulk',
  summary: 'Do the same to many orders; each succeeds or fails by itself, and says why',
  access: { permission: 'orders.view' },
  body: z.object({ action: BulkAction, orderIds: z.array(Id).min(1).max(200), reason }),
  reply: z.object({
    results: z.array(z.object({ orderId: Id, number: z.string().nullable(), problem: z.string().nullable() })),
  }),
  errors: [],
  idempotent: true,
});

/** At most so many orders a run. */
export const bulkRowsMax = 100_000;
export const bulkRunStates = ['running', 'done', 'stopped'] as const;

export const BulkRun = z.object({
  id: Id,
  action: BulkAction,
  reason: z.string().nullable(),
  state: z.enum(bulkRunStates),
  /** Orders that the filter found when the run was started; what came later is not in it. */
  total: z.int(),
  done: z.int(),
  refused: z.int(),
  startedBy: z.string(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
});

const Filter = z.object({ ...orderFilters, ...orderStages });

export const previewBulkRun = endpoint({
  method: 'POST',
  path: '/orders/bulk-runs/preview',
  summary: 'How many orders a filter finds, and to how many of them the action can be done as they stand; nothing is written',
  access: { permission: 'orders.view' },
  body: z.object({ action: BulkAction, filter: Filter }),
  reply: z.object({ total: z.int(), able: z.int() }),
  errors: [],
});

export const startBulkRun = endpoint({
  method: 'POST',
  path: '/orders/bulk-runs',
  summary: 'Do the same to every order that a filter finds now; the server goes on by itself, each order succeeds or fails alone',
  access: { permission: 'orders.view' },
  body: z.object({ action: BulkAction, filter: Filter, reason }),
  reply: BulkRun,
  errors: ['bulk.nothing', 'bulk.too_many'],
  idempotent: true,
});

export const listBulkRuns = endpoint({
  method: 'GET',
  path: '/orders/bulk-runs',
  summary: 'Runs over many orders, newest first; who is bound to one store sees the own ones',
  access: { permission: 'orders.view' },
  query: z.object({ state: z.enum(bulkRunStates).optional(), ...paging }),
  reply: page(BulkRun),
  errors: [],
});

export const getBulkRun = endpoint({
  method: 'GET',
  path: '/orders/bulk-runs/:runId',
  summary: 'How far a run has come',
  access: { permission: 'orders.view' },
  params: z.object({ runId: Id }),
  reply: BulkRun,
  errors: ['bulk.not_found'],
});

export const bulkRowStates = ['refused', 'done', 'waiting'] as const;
export const listBulkRows = endpoint({
  method: 'GET',
  path: '/orders/bulk-runs/:runId/rows',
  summary: 'The orders of a run with what became of each; a refused one says why',
  access: { permission: 'orders.view' },
  params: z.object({ runId: Id }),
  query: z.object({ state: z.enum(bulkRowStates).optional(), ...paging }),
  reply: page(z.object({ orderId: Id, number: z.string(), state: z.enum(bulkRowStates), problem: z.string().nullable() })),
  errors: ['bulk.not_found'],
});

export const stopBulkRun = endpoint({
  method: 'POST',
  path: '/orders/bulk-runs/:runId/stop',
  summary: 'Leave the rest alone; what is done stays done',
  access: { permission: 'orders.view' },
  params: z.object({ runId: Id }),
  reply: BulkRun,
  errors: ['bulk.not_found', 'bulk.wrong_state'],
  idempotent: true,
});
