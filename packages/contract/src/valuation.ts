// What stock is worth, costs that arrive after the goods, and whether the books agree with themselves.
import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Day, Fen, Id, Instant, LocationCode, page, paging, Sku } from './values.ts';

export const landedCostKinds = ['freight', 'duty', 'insurance', 'handling', 'other'] as const;
export const landedCostBases = ['value', 'quantity'] as const;
export const varianceKinds = ['rounding', 'sold', 'opening'] as const;

export const StockValue = z.object({
  asOf: Instant,
  items: z.array(z.object({ location: LocationCode, units: z.int(), valueFen: Fen })),
  /** Units on their way between our places. */
  inTransit: z.object({ units: z.int(), valueFen: Fen }),
  totalFen: Fen,
  /** What went to the variance ledger since the beginning: rounding of averages, later cost of units already sold. */
  variances: z.array(z.object({ kind: z.enum(varianceKinds), amountFen: Fen })),
});

export const getStockValue = endpoint({
  method: 'GET',
  path: '/inventory/value',
  summary: 'What stock is worth by place, on the way, and what went to variance',
  access: { permission: 'inventory.view' },
  reply: StockValue,
  errors: [],
});

export const LandedCost = z.object({
  id: Id,
  number: z.string(),
  /** The receipt that it belongs to, `purchase:PR-000012`. */
  cause: z.string(),
  kind: z.enum(landedCostKinds),
  basis: z.enum(landedCostBases),
  amountFen: Fen,
  /** Of it: to units still in the house; to units already gone, and rounding. The two sum to the amount. */
  toStockFen: Fen,
  toVarianceFen: Fen,
  reference: z.string().nullable(),
  note: z.string().nullable(),
  actor: z.string(),
  at: Instant,
});

export const LandedCostPart = z.object({
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  /** Units received, and how many of them are still in the house. */
  received: z.int(),
  left: z.int(),
  shareFen: Fen,
  places: z.array(
    z.object({
      /** Null: on the way between two places. */
      location: LocationCode.nullable(),
      quantity: z.int(),
      unitCostBeforeFen: Fen,
      unitCostAfterFen: Fen,
      toStockFen: Fen,
    }),
  ),
  /** Of units that are gone. */
  soldFen: Fen,
  roundingFen: Fen,
});

export const listLandedCosts = endpoint({
  method: 'GET',
  path: '/inventory/landed-costs',
  summary: 'Freight, duty and the like that arrived after the goods, newest first',
  access: { permission: 'inventory.view' },
  query: z.object({ cause: z.string().max(100).optional(), ...paging }),
  reply: page(LandedCost),
  errors: [],
});

export const getLandedCost = endpoint({
  method: 'GET',
  path: '/inventory/landed-costs/:id',
  summary: 'One landed cost and how it was split',
  access: { permission: 'inventory.view' },
  params: z.object({ id: Id }),
  reply: LandedCost.extend({ parts: z.array(LandedCostPart) }),
  errors: ['landed_cost.not_found'],
});

/** A receipt to which costs may be added. */
export const ChargeableReceipt = z.object({
  /** Its document, `purchase:PR-000012`: what a landed cost names. */
  cause: z.string(),
  receivedAt: Instant,
  skus: z.int(),
  units: z.int(),
  valueFen: Fen,
  /** Later costs that it has been given already. */
  landedFen: Fen,
});

export const listReceipts = endpoint({
  method: 'GET',
  path: '/inventory/receipts',
  summary: 'Purchases as they came in, newest first, with what was added to them later',
  access: { permission: 'inventory.view' },
  query: z.object({
    /** A part of the document, `PR-000012`. */
    search: z.string().trim().max(64).optional(),
    ...paging,
  }),
  reply: page(ChargeableReceipt),
  errors: [],
});

const landedCostBody = z.object({
  cause: z.string().trim().min(1).max(100),
  kind: z.enum(landedCostKinds),
  amountFen: z.int().min(1).max(100_000_000_000),
  basis: z.enum(landedCostBases).default('value'),
  reference: z.string().trim().max(100).optional(),
  note: z.string().max(500).optional(),
});

export const previewLandedCost = endpoint({
  method: 'POST',
  path: '/inventory/landed-costs/preview',
  summary: 'How a later cost would be split now; nothing is written',
  access: { permission: 'inventory.view' },
  body: landedCostBody.pick({ cause: true, amountFen: true, basis: true }),
  reply: z.object({ toStockFen: Fen, toVarianceFen: Fen, parts: z.array(LandedCostPart) }),
  errors: ['receipt.not_found'],
});

export const bookLandedCost = endpoint({
  method: 'POST',
  path: '/inventory/landed-costs',
  summary: 'Add a later cost to a receipt: split between units still here and those already sold, to the fen',
  access: { permission: 'inventory.approve' },
  body: landedCostBody,
  reply: LandedCost.extend({ parts: z.array(LandedCostPart) }),
  errors: ['receipt.not_found'],
  idempotent: true,
});

export const driftWhats = ['on_hand', 'promised', 'unavailable', 'value'] as const;
export const driftStates = ['found', 'repaired', 'gone', 'needs_person'] as const;

export const DriftReport = z.object({
  id: Id,
  at: Instant,
  actor: z.string(),
  /** Balances looked at. */
  checked: z.int(),
  found: z.int(),
  repaired: z.int(),
  /** Not repaired: needs a person, with the reason on the row. */
  open: z.int(),
});

export const DriftRow = z.object({
  rowNo: z.int(),
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  location: LocationCode,
  what: z.enum(driftWhats),
  /** What the balance said, and what its ledger sums to; units, fen for `value`. */
  stored: z.int(),
  summed: z.int(),
  state: z.enum(driftStates),
  repairedBy: z.string().nullable(),
  repairedAt: Instant.nullable(),
  note: z.string().nullable(),
});

export const DriftDetail = DriftReport.extend({ rows: z.array(DriftRow) });

export const listDriftReports = endpoint({
  method: 'GET',
  path: '/inventory/drift-reports',
  summary: 'Whether every balance is the sum of its ledger, newest report first; made each night',
  access: { permission: 'inventory.view' },
  query: z.object({ only: z.enum(['found']).optional(), from: Day.optional(), ...paging }),
  /** `open`: rows of the newest report of all that wait for a person. */
  reply: page(DriftReport).extend({ open: z.int() }),
  errors: [],
});

export const getDriftReport = endpoint({
  method: 'GET',
  path: '/inventory/drift-reports/:id',
  summary: 'One drift report with its rows',
  access: { permission: 'inventory.view' },
  params: z.object({ id: Id }),
  reply: DriftDetail,
  errors: ['drift_report.not_found'],
});

export const checkDrift = endpoint({
  method: 'POST',
  path: '/inventory/drift-reports',
  summary: 'Compare every balance with its ledger now',
  access: { permission: 'inventory.adjust' },
  body: z.object({}),
  reply: DriftDetail,
  errors: [],
  idempotent: true,
});

export const repairDrift = endpoint({
  method: 'POST',
  path: '/inventory/drift-reports/:id/repair',
  summary: 'Set drifted balances to what their ledgers sum to, once; what can no longer be repaired says why',
  access: { permission: 'inventory.approve' },
  params: z.object({ id: Id }),
  body: z.object({}),
  reply: DriftDetail,
  errors: ['drift_report.not_found'],
  idempotent: true,
});
