import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Day, Fen, Id, Instant, LocationCode, page, paging, Quantity, Sku } from './values.ts';

export const SupplierCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,32}$/);

export const Supplier = z.object({
  code: SupplierCode,
  name: z.string().trim().min(1).max(120),
  leadTimeDays: z.int().min(0).max(365),
});

/** On what terms a supplier delivers a SKU. Quantities in units, cost of one unit in fen without VAT. */
export const SupplyTerm = z.object({
  sku: Sku,
  name: z.string(),
  supplier: SupplierCode,
  supplierName: z.string(),
  unitCostFen: Fen,
  minimumQuantity: z.int(),
  packSize: z.int(),
  /** Days from request to receipt: the term's own, else the supplier's. */
  leadTimeDays: z.int(),
  isPreferred: z.boolean(),
});

/** requested → partly_received → received; cancelled before any receipt; closed when the rest will not come. */
export const purchaseStates = ['requested', 'partly_received', 'received', 'closed', 'cancelled'] as const;
export const PurchaseState = z.enum(purchaseStates);

export const PurchaseLine = z.object({
  lineNo: z.int(),
  sku: Sku,
  name: z.string(),
  quantity: z.int(),
  received: z.int(),
  /** Still expected, units. */
  open: z.int(),
  unitCostFen: Fen,
  isLotTracked: z.boolean(),
  isSerialised: z.boolean(),
});

export const PurchaseSummary = z.object({
  id: Id,
  number: z.string(),
  supplier: SupplierCode,
  supplierName: z.string(),
  location: LocationCode,
  state: PurchaseState,
  /** `manual`, or `decision:<id>` when a playbook asked for it. */
  cause: z.string(),
  lineCount: z.int(),
  quantity: z.int(),
  received: z.int(),
  amountFen: Fen,
  expectedOn: Day,
  isLate: z.boolean(),
  createdBy: z.string(),
  createdAt: Instant,
});

export const Receipt = z.object({
  id: Id,
  receivedAt: Instant,
  receivedBy: z.string(),
  note: z.string().nullable(),
  lines: z.array(
    z.object({
      lineNo: z.int(),
      sku: Sku,
      quantity: z.int(),
      lot: z.string().nullable(),
      expiresOn: Day.nullable(),
      serials: z.array(z.string()),
    }),
  ),
});

const Allowed = z.object({ ok: z.boolean(), reason: z.string().nullable() });

export const Purchase = PurchaseSummary.extend({
  note: z.string().nullable(),
  lines: z.array(PurchaseLine),
  receipts: z.array(Receipt),
  closedReason: z.string().nullable(),
  /** What the caller may do now, and the refusal code when not. */
  allowed: z.object({ receive: Allowed, cancel: Allowed }),
});

export const listSuppliers = endpoint({
  method: 'GET',
  path: '/purchasing/suppliers',
  summary: 'Suppliers and their lead times',
  access: { permission: 'purchasing.view' },
  reply: z.object({ items: z.array(Supplier) }),
  errors: [],
});

export const putSupplier = endpoint({
  method: 'PUT',
  path: '/purchasing/suppliers/:code',
  summary: 'Add or change a supplier',
  access: { permission: 'purchasing.request' },
  params: z.object({ code: SupplierCode }),
  body: Supplier.omit({ code: true }),
  reply: Supplier,
  errors: [],
});

export const listSupplyTerms = endpoint({
  method: 'GET',
  path: '/purchasing/terms',
  summary: 'Which supplier delivers which SKU on what terms',
  access: { permission: 'purchasing.view' },
  query: z.object({ supplier: SupplierCode.optional(), search: z.string().max(64).optional(), ...paging }),
  reply: page(SupplyTerm),
  errors: [],
});

export const putSupplyTerm = endpoint({
  method: 'PUT',
  path: '/purchasing/terms/:sku/:supplier',
  summary: 'Agree terms for a SKU with a supplier',
  access: { permission: 'purchasing.request' },
  params: z.object({ sku: Sku, supplier: SupplierCode }),
  body: z.object({
    unitCostFen: Fen.min(0).max(100_000_000),
    minimumQuantity: z.int().min(1).max(1_000_000).default(1),
    packSize: z.int().min(1).max(100_000).default(1),
    leadTimeDays: z.int().min(0).max(365).nullable().default(null),
    isPreferred: z.boolean().default(true),
  }),
  reply: SupplyTerm,
  errors: ['sku.not_found', 'supplier.not_found'],
});

export const listPurchases = endpoint({
  method: 'GET',
  path: '/purchasing/requests',
  summary: 'Purchase requests, newest first',
  access: { permission: 'purchasing.view' },
  query: z.object({
    state: PurchaseState.optional(),
    supplier: SupplierCode.optional(),
    sku: Sku.optional(),
    search: z.string().max(64).optional(),
    ...paging,
  }),
  reply: page(PurchaseSummary).extend({ counts: z.record(PurchaseState, z.int()) }),
  errors: [],
});

export const getPurchase = endpoint({
  method: 'GET',
  path: '/purchasing/requests/:id',
  summary: 'One purchase request with lines and receipts',
  access: { permission: 'purchasing.view' },
  params: z.object({ id: Id }),
  reply: Purchase,
  errors: ['purchase.not_found'],
});

export const requestPurchase = endpoint({
  method: 'POST',
  path: '/purchasing/requests',
  summary: 'Ask a supplier for goods',
  access: { permission: 'purchasing.request' },
  body: z.object({
    supplier: SupplierCode,
    location: LocationCode,
    /** Defaults to today plus the longest lead time of the lines. */
    expectedOn: Day.optional(),
    note: z.string().max(500).optional(),
    lines: z
      .array(z.object({ sku: Sku, quantity: Quantity, unitCostFen: Fen.min(0).max(100_000_000).optional() }))
      .min(1)
      .max(200),
  }),
  reply: Purchase,
  errors: ['supplier.not_found', 'location.not_found', 'sku.not_found', 'supply_term.missing'],
  idempotent: true,
});

export const receivePurchase = endpoint({
  method: 'POST',
  path: '/purchasing/requests/:id/receipts',
  summary: 'Record goods that arrived; they become stock in the same transaction',
  access: { permission: 'purchasing.receive' },
  params: z.object({ id: Id }),
  body: z.object({
    note: z.string().max(500).optional(),
    lines: z
      .array(
        z.object({
          lineNo: z.int().min(1),
          quantity: Quantity,
          lot: z.string().trim().min(1).max(64).optional(),
          expiresOn: Day.optional(),
          serials: z.array(z.string().trim().min(1).max(64)).max(10_000).optional(),
        }),
      )
      .min(1)
      .max(500),
  }),
  reply: Purchase,
  errors: [
    'purchase.not_found',
    'purchase.wrong_state',
    'purchase.line_not_found',
    'purchase.exceeds_request',
    'purchase.tracking_missing',
    'purchase.serial_repeated',
  ],
  idempotent: true,
});

export const cancelPurchase = endpoint({
  method: 'POST',
  path: '/purchasing/requests/:id/cancellation',
  summary: 'Give up what is still open: cancels an untouched request, closes a partly received one',
  access: { permission: 'purchasing.request' },
  params: z.object({ id: Id }),
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
  reply: Purchase,
  errors: ['purchase.not_found', 'purchase.wrong_state'],
  idempotent: true,
});
