import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Day, Fen, Id, Instant, LocationCode, page, paging, Sku } from './values.ts';

/** open → (recount: a second person counts what differs) → (waiting: approval) → booked, or cancelled. */
export const countStates = ['open', 'recount', 'waiting', 'booked', 'cancelled'] as const;

export const Count = z.object({
  id: Id,
  number: z.string(),
  location: LocationCode,
  state: z.enum(countStates),
  note: z.string().nullable(),
  cause: z.string(),
  openedBy: z.string(),
  openedAt: Instant,
  countedBy: z.string().nullable(),
  countedAt: Instant.nullable(),
  recountedBy: z.string().nullable(),
  recountedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  correctionId: Id.nullable(),
  lineCount: z.int(),
  /** Lines to be counted in this round. */
  asked: z.int(),
  /** Lines whose final count differs, and what the differences are worth (both directions added), fen; null until they are known. */
  differing: z.int().nullable(),
  differenceFen: Fen.nullable(),
  /** False for whoever made the first count, while a second person is asked. */
  canCount: z.boolean(),
});

/** A line of the sheet. While anybody still counts, what the books expect is not told. */
export const CountLine = z.object({
  lineNo: z.int(),
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  bin: z.string().nullable(),
  lot: z.string().nullable(),
  expiresOn: Day.nullable(),
  /** To be counted in this round. */
  isAsked: z.boolean(),
  expected: z.int().nullable(),
  first: z.int().nullable(),
  second: z.int().nullable(),
  /** Counted − expected by the count that stands. */
  difference: z.int().nullable(),
});

export const CountDetail = Count.extend({ lines: z.array(CountLine) });

export const listCounts = endpoint({
  method: 'GET',
  path: '/inventory/counts',
  summary: 'Counts, newest first',
  access: { permission: 'inventory.view' },
  query: z.object({ state: z.enum(countStates).optional(), location: LocationCode.optional(), ...paging }),
  reply: page(Count),
  errors: [],
});

export const getCount = endpoint({
  method: 'GET',
  path: '/inventory/counts/:id',
  summary: 'One count with its sheet; blind while it is counted',
  access: { permission: 'inventory.view' },
  params: z.object({ id: Id }),
  reply: CountDetail,
  errors: ['count.not_found'],
});

export const openCount = endpoint({
  method: 'POST',
  path: '/inventory/counts',
  summary: 'Make a count sheet of a place: all of it, some SKUs, or some bins',
  access: { permission: 'inventory.adjust' },
  body: z.object({
    location: LocationCode,
    /** None: everything with a balance there. The same SKU may stand in several bins. */
    items: z
      .array(z.object({ sku: Sku, bin: z.string().trim().max(32).optional() }))
      .max(2000)
      .optional(),
    note: z.string().max(500).optional(),
  }),
  reply: CountDetail,
  errors: ['location.not_found', 'sku.not_found', 'count.nothing_to_count', 'count.too_large'],
  idempotent: true,
});

export const submitCount = endpoint({
  method: 'POST',
  path: '/inventory/counts/:id/tallies',
  summary: 'Hand in what was counted: every line asked, and what was found beside',
  access: { permission: 'inventory.adjust' },
  params: z.object({ id: Id }),
  body: z.object({
    lines: z.array(z.object({ lineNo: z.int(), quantity: z.int().min(0).max(10_000_000) })).max(2000),
    /** Units of a SKU or lot that the sheet does not name. */
    found: z
      .array(
        z.object({
          sku: Sku,
          bin: z.string().trim().max(32).optional(),
          lot: z.string().trim().min(1).max(64).optional(),
          expiresOn: Day.optional(),
          quantity: z.int().min(1).max(10_000_000),
        }),
      )
      .max(200)
      .optional(),
  }),
  reply: CountDetail,
  errors: ['count.not_found', 'count.wrong_state', 'count.line_not_found', 'count.incomplete', 'count.not_on_sheet', 'count.needs_second_person', 'sku.not_found', 'stock.insufficient'],
  idempotent: true,
}); // prettier-ignore

export const cancelCount = endpoint({
  method: 'POST',
  path: '/inventory/counts/:id/cancellation',
  summary: 'Call a count off; nothing is booked',
  access: { permission: 'inventory.adjust' },
  params: z.object({ id: Id }),
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
  reply: CountDetail,
  errors: ['count.not_found', 'count.wrong_state'],
  idempotent: true,
});
