import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Day, Fen, Id, Instant, LocationCode, page, paging, Quantity, Sku } from './values.ts';

/**
 * One SKU at one location, in units. `available` = on hand − promised − unavailable − buffer − unusable − kept for others, never below 0: what
 * anybody may sell; a channel's own rules come on top.
 */
export const StockLevel = z.object({
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  location: LocationCode,
  onHand: z.int(),
  promised: z.int(),
  unavailable: z.int(),
  buffer: z.int(),
  /** In lots that expired or were recalled. */
  unusable: z.int(),
  /** Earmarked for channels, or waited for by orders sold ahead. */
  keptForOthers: z.int(),
  available: z.int(),
  /** Moving-average cost of one unit, fen. */
  unitCostFen: Fen,
});

export const Location = z.object({
  code: LocationCode,
  name: z.string(),
  nameEn: z.string(),
  kind: z.enum(['warehouse', 'store']),
});

export const movementKinds = [
  'receipt', 'shipment', 'return', 'adjustment', 'opening', 'import', 'transfer_out', 'transfer_in', 'transfer_loss',
  'damage', 'inspection', 'count', 'recall', 'expiry',
] as const; // prettier-ignore

/** Why units that are there cannot be sold. */
export const conditions = ['damaged', 'inspection', 'recalled', 'expired', 'safety'] as const;
export const Condition = z.enum(conditions);
export const Movement = z.object({
  id: z.uuid(),
  sku: Sku,
  location: LocationCode,
  kind: z.enum(movementKinds),
  /** Units, signed. */
  quantity: z.int(),
  /** On hand after this movement. */
  balance: z.int(),
  /** Cost of one unit at which it was booked, fen. */
  unitCostFen: Fen,
  cause: z.string(),
  actor: z.string(),
  reason: z.string().nullable(),
  lot: z.string().nullable(),
  at: Instant,
});

export const Lot = z.object({ sku: Sku, location: LocationCode, lot: z.string(), expiresOn: Day.nullable(), onHand: z.int() });

export const listLocations = endpoint({
  method: 'GET',
  path: '/locations',
  summary: 'Warehouses and stores',
  access: { permission: 'inventory.view' },
  reply: z.object({ items: z.array(Location) }),
  errors: [],
});

export const listStock = endpoint({
  method: 'GET',
  path: '/inventory/stock',
  summary: 'Stock by SKU and location',
  access: { permission: 'inventory.view' },
  query: z.object({
    location: LocationCode.optional(),
    search: z.string().max(64).optional(),
    only: z.enum(['out', 'low']).optional(),
    ...paging,
  }),
  reply: page(StockLevel),
  errors: [],
});

export const listMovements = endpoint({
  method: 'GET',
  path: '/inventory/stock/:sku/movements',
  summary: 'Why is it 47? Every movement of a SKU, newest first',
  access: { permission: 'inventory.view' },
  params: z.object({ sku: Sku }),
  query: z.object({
    location: LocationCode.optional(),
    kind: z.union([z.enum(movementKinds), z.array(z.enum(movementKinds))]).optional(),
    /** Only what happened up to the end of this day. */
    until: Day.optional(),
    ...paging,
  }),
  reply: page(Movement),
  errors: ['sku.not_found'],
});

/** How a figure is made up, place by place, beside the movements that led to it. */
export const StockBreakdown = z.object({
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  items: z.array(
    z.object({
      location: LocationCode,
      onHand: z.int(),
      promised: z.int(),
      unavailable: z.array(z.object({ condition: Condition, lot: z.string().nullable(), quantity: z.int() })),
      buffer: z.int(),
      unusable: z.int(),
      keptForOthers: z.int(),
      available: z.int(),
      unitCostFen: Fen,
      /** Units on their way to this place, each with its day; offered by nobody before. */
      incoming: z.array(z.object({ transferId: Id, number: z.string(), quantity: z.int(), expectedOn: Day })),
      lastMovedAt: Instant.nullable(),
      lastCountedAt: Instant.nullable(),
    }),
  ),
});

export const getStockBreakdown = endpoint({
  method: 'GET',
  path: '/inventory/stock/:sku/breakdown',
  summary: 'How the figure is made up at each place: promised, unavailable by condition, kept back, on its way',
  access: { permission: 'inventory.view' },
  params: z.object({ sku: Sku }),
  reply: StockBreakdown,
  errors: ['sku.not_found'],
});

export const ConditionMove = z.object({
  id: Id,
  sku: Sku,
  location: LocationCode,
  lot: z.string().nullable(),
  /** `sellable` is the shelf; `away` is outside the house. */
  from: z.enum([...conditions, 'sellable', 'away']),
  to: z.enum([...conditions, 'sellable', 'away']),
  quantity: z.int(),
  cause: z.string(),
  actor: z.string(),
  reason: z.string().nullable(),
  at: Instant,
});

export const listConditionMoves = endpoint({
  method: 'GET',
  path: '/inventory/stock/:sku/condition-moves',
  summary: 'Which units of a SKU became unsellable or sellable again, newest first',
  access: { permission: 'inventory.view' },
  params: z.object({ sku: Sku }),
  query: z.object({ location: LocationCode.optional(), ...paging }),
  reply: page(ConditionMove),
  errors: ['sku.not_found'],
});

export const moveCondition = endpoint({
  method: 'POST',
  path: '/inventory/condition-moves',
  summary: 'Set units apart as damaged or in inspection, or put them back on the shelf',
  access: { permission: 'inventory.adjust' },
  body: z.object({
    sku: Sku,
    location: LocationCode,
    lot: z.string().max(64).optional(),
    from: z.enum([...conditions, 'sellable']),
    to: z.enum([...conditions, 'sellable']),
    quantity: Quantity,
    reason: z.string().trim().min(1).max(500),
  }),
  reply: StockLevel,
  errors: ['sku.not_found', 'location.not_found', 'stock.insufficient'],
  idempotent: true,
});

export const StockFigure = z.object({
  sku: Sku,
  location: LocationCode,
  onHand: z.int(),
  available: z.int(),
  /** Grows with every change of this SKU at this place; a figure with a lower one is older. */
  version: z.int(),
});

export const listFigures = endpoint({
  method: 'GET',
  path: '/inventory/levels',
  summary:
    'Stock figures for other systems: absolute, each with a version that only grows; ask again with `next` for what changed since',
  access: { permission: 'inventory.view' },
  query: z.object({
    location: LocationCode.optional(),
    after: z.string().max(300).optional(),
    limit: z.coerce.number().int().min(1).max(5000).default(1000),
  }),
  reply: z.object({
    items: z.array(StockFigure),
    /** Where to go on: at once while `isComplete` is false, else whenever you like. */
    next: z.string(),
    isComplete: z.boolean(),
    asOf: Instant,
  }),
  errors: ['request.invalid'],
});

export const listLots = endpoint({
  method: 'GET',
  path: '/inventory/stock/:sku/lots',
  summary: 'Lots of a SKU on hand, first expiring first',
  access: { permission: 'inventory.view' },
  params: z.object({ sku: Sku }),
  reply: z.object({ items: z.array(Lot) }),
  errors: [],
});

export const correctionKinds = ['adjustment', 'count', 'import'] as const;
export const correctionStates = ['waiting', 'booked', 'rejected'] as const;

export const adjustStock = endpoint({
  method: 'POST',
  path: '/inventory/adjustments',
  summary: 'Correct a balance, with a reason; above a limit of value it waits for a second person',
  access: { permission: 'inventory.adjust' },
  body: z.object({
    sku: Sku,
    location: LocationCode,
    change: z
      .int()
      .min(-100_000)
      .max(100_000)
      .refine((units) => units !== 0),
    reason: z.enum(['count', 'damage', 'found', 'lost', 'expired']),
    note: z.string().max(500).optional(),
    lot: z.string().max(64).optional(),
    /** Units that leave are taken from those in this condition, not from the shelf. */
    condition: Condition.optional(),
  }),
  reply: StockLevel.extend({
    /** `waiting`: nothing has moved yet, somebody else must approve. */
    correction: z.object({ id: Id, number: z.string(), state: z.enum(correctionStates), valueFen: Fen }),
  }),
  errors: ['sku.not_found', 'location.not_found', 'stock.insufficient'],
  idempotent: true,
});

/** A change of balances that is not trade: adjustment, count or import. Booked at once, or after a second person's approval. */
export const Correction = z.object({
  id: Id,
  number: z.string(),
  kind: z.enum(correctionKinds),
  state: z.enum(correctionStates),
  location: LocationCode.nullable(),
  /** Units that change × cost of one unit, both directions added, fen. */
  valueFen: Fen,
  limitFen: Fen,
  units: z.int(),
  reason: z.string(),
  note: z.string().nullable(),
  /** The document behind it: `count:CT-000012`, `import:…`. */
  cause: z.string(),
  countId: Id.nullable(),
  proposedBy: z.string(),
  proposedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  decisionNote: z.string().nullable(),
  /** The caller proposed or counted it, and may not decide it. */
  isMine: z.boolean(),
});

export const CorrectionLine = z.object({
  lineNo: z.int(),
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  location: LocationCode,
  lot: z.string().nullable(),
  condition: Condition.nullable(),
  /** On hand when it was proposed, and the signed change. */
  before: z.int(),
  change: z.int(),
  unitCostFen: Fen,
});

export const listCorrections = endpoint({
  method: 'GET',
  path: '/inventory/corrections',
  summary: 'Adjustments, count differences and imports, those that wait for approval first to ask for',
  access: { permission: 'inventory.view' },
  query: z.object({
    state: z.enum(correctionStates).optional(),
    kind: z.enum(correctionKinds).optional(),
    location: LocationCode.optional(),
    ...paging,
  }),
  reply: page(Correction),
  errors: [],
});

export const getCorrection = endpoint({
  method: 'GET',
  path: '/inventory/corrections/:id',
  summary: 'One correction with its lines',
  access: { permission: 'inventory.view' },
  params: z.object({ id: Id }),
  reply: Correction.extend({ lines: z.array(CorrectionLine) }),
  errors: ['correction.not_found'],
});

export const approveCorrection = endpoint({
  method: 'POST',
  path: '/inventory/corrections/:id/approval',
  summary: 'Approve what somebody else proposed: it is booked now',
  access: { permission: 'inventory.approve' },
  params: z.object({ id: Id }),
  body: z.object({ note: z.string().max(500).optional() }),
  reply: Correction,
  errors: [
    'correction.not_found',
    'correction.wrong_state',
    'correction.needs_second_person',
    'correction.overtaken',
    'stock.insufficient',
  ],
  idempotent: true,
});

export const rejectCorrection = endpoint({
  method: 'POST',
  path: '/inventory/corrections/:id/rejection',
  summary: 'Reject what was proposed, with a reason: nothing moves; a count is asked for again',
  access: { permission: 'inventory.approve' },
  params: z.object({ id: Id }),
  body: z.object({ note: z.string().trim().min(1).max(500) }),
  reply: Correction,
  errors: ['correction.not_found', 'correction.wrong_state', 'correction.needs_second_person'],
  idempotent: true,
});

export const CorrectionLimits = z.object({
  items: z.array(z.object({ kind: z.enum(correctionKinds), limitFen: Fen, version: z.int() })),
});

export const getCorrectionLimits = endpoint({
  method: 'GET',
  path: '/inventory/correction-limits',
  summary: 'The value up to which a correction needs nobody else, by kind',
  access: { permission: 'inventory.view' },
  reply: CorrectionLimits,
  errors: [],
});

export const setCorrectionLimit = endpoint({
  method: 'PUT',
  path: '/inventory/correction-limits/:kind',
  summary: 'Change the value up to which a correction needs nobody else',
  access: { permission: 'inventory.approve' },
  params: z.object({ kind: z.enum(correctionKinds) }),
  body: z.object({ limitFen: z.int().min(0).max(100_000_000_000), version: z.int() }),
  reply: CorrectionLimits,
  errors: ['correction.limit_stale'],
});
