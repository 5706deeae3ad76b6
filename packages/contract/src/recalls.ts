import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { LotCode } from './lots.ts';
import { ChannelCode, Day, Id, Instant, LocationCode, page, paging, Sku } from './values.ts';

/** `open` blocks the lot; `closed` is done and the lot stays blocked; `lifted` was a false alarm and the lot may be sold again. */
export const recallStates = ['open', 'closed', 'lifted'] as const;

export const RecallHead = z.object({
  id: Id,
  number: z.string(),
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  lot: LotCode,
  reason: z.string(),
  state: z.enum(recallStates),
  startedBy: z.string(),
  startedAt: Instant,
  endedBy: z.string().nullable(),
  endedAt: Instant.nullable(),
  endReason: z.string().nullable(),
});

/** Where units of the lot came from. */
export const RecallSource = z.object({
  /** The document of the receipt, `purchase:PR-000012`. */
  cause: z.string(),
  purchaseId: Id.nullable(),
  purchaseNumber: z.string().nullable(),
  supplier: z.string().nullable(),
  supplierName: z.string().nullable(),
  location: LocationCode,
  quantity: z.int(),
  at: Instant,
});

/** What lies where: blocked, of which set aside for orders that must not get it. */
export const RecallShelf = z.object({ location: LocationCode, expiresOn: Day.nullable(), onHand: z.int(), allocated: z.int() });

export const RecallTransfer = z.object({
  transferId: Id,
  number: z.string(),
  from: LocationCode,
  to: LocationCode,
  quantity: z.int(),
  expectedOn: Day.nullable(),
});

/** `waiting` is set aside and not sent, `in_transit` on its way, `delivered` with the buyer, `returned` came back whole. */
export const recallBuyerStates = ['waiting', 'in_transit', 'delivered', 'returned'] as const;

/** An order that got units of the lot, or was to get them. Contacts are masked. */
export const RecallBuyer = z.object({
  orderId: Id,
  orderNumber: z.string(),
  channel: ChannelCode,
  customerId: Id.nullable(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  quantity: z.int(),
  state: z.enum(recallBuyerStates),
  shippedAt: Instant.nullable(),
});

/** All that a recall concerns: source, shelf, transit, buyers. */
export const LotTrace = z.object({
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  lot: LotCode,
  totals: z.object({
    received: z.int(),
    onHand: z.int(),
    /** Sent to buyers, returns taken off. */
    withBuyers: z.int(),
    onTransfer: z.int(),
    orders: z.int(),
    waiting: z.int(),
    inTransit: z.int(),
    delivered: z.int(),
  }),
  sources: z.array(RecallSource),
  shelf: z.array(RecallShelf),
  transfers: z.array(RecallTransfer),
  buyers: z.array(RecallBuyer),
});

export const Recall = RecallHead.extend({ trace: LotTrace });

export const listRecalls = endpoint({
  method: 'GET',
  path: '/recalls',
  summary: 'Recalls of lots, newest first',
  access: { permission: 'inventory.view' },
  query: z.object({ state: z.enum(recallStates).optional(), sku: Sku.optional(), ...paging }),
  reply: page(RecallHead),
  errors: [],
});

export const traceLot = endpoint({
  method: 'GET',
  path: '/recalls/trace',
  summary: 'Where a lot came from and where it went; nothing is blocked',
  access: { permission: 'inventory.recall' },
  query: z.object({ sku: Sku, lot: LotCode }),
  reply: LotTrace,
  errors: ['lot.not_found'],
});

export const startRecall = endpoint({
  method: 'POST',
  path: '/recalls',
  summary: 'Recall a lot: what is unsold is blocked at once, and all whom it concerns are listed',
  access: { permission: 'inventory.recall' },
  body: z.object({ sku: Sku, lot: LotCode, reason: z.string().trim().min(1).max(500) }),
  reply: Recall,
  errors: ['lot.not_found', 'recall.exists'],
});

export const getRecall = endpoint({
  method: 'GET',
  path: '/recalls/:id',
  summary: 'One recall with all whom it concerns, as it is now',
  access: { permission: 'inventory.view' },
  params: z.object({ id: Id }),
  reply: Recall,
  errors: ['recall.not_found'],
});

/** One line of the list by which buyers are told. */
export const RecallNotice = z.object({
  orderNumber: z.string(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  quantity: z.int(),
  state: z.enum(recallBuyerStates),
  shippedOn: Day.nullable(),
});

export const exportNotices = endpoint({
  method: 'POST',
  path: '/recalls/:id/notices',
  summary: 'The list by which buyers are told, with their full names and phones; who took it is written down',
  access: { permission: 'customers.reveal' },
  params: z.object({ id: Id }),
  reply: z.object({ number: z.string(), sku: Sku, name: z.string(), lot: LotCode, items: z.array(RecallNotice) }),
  errors: ['recall.not_found'],
});

export const closeRecall = endpoint({
  method: 'POST',
  path: '/recalls/:id/close',
  summary: 'Everybody was told and what came back is dealt with: the case is done, the lot stays blocked',
  access: { permission: 'inventory.recall' },
  params: z.object({ id: Id }),
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
  reply: RecallHead,
  errors: ['recall.not_found', 'recall.wrong_state'],
});

export const liftRecall = endpoint({
  method: 'POST',
  path: '/recalls/:id/lift',
  summary: 'It was a false alarm: the lot may be sold again',
  access: { permission: 'inventory.recall' },
  params: z.object({ id: Id }),
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
  reply: RecallHead,
  errors: ['recall.not_found', 'recall.wrong_state'],
});
