import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Day, Fen, Instant, LocationCode, page, paging, Sku } from './values.ts';

/** One SKU at one location, in units. `available` = on hand − promised − unavailable − buffer, never below 0. */
export const StockLevel = z.object({
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  location: LocationCode,
  onHand: z.int(),
  promised: z.int(),
  unavailable: z.int(),
  buffer: z.int(),
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

export const movementKinds = ['receipt', 'shipment', 'return', 'adjustment', 'opening', 'import'] as const;
export const Movement = z.object({
  id: z.uuid(),
  sku: Sku,
  location: LocationCode,
  kind: z.enum(movementKinds),
  /** Units, signed. */
  quantity: z.int(),
  /** On hand after this movement. */
  balance: z.int(),
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
  query: z.object({ location: LocationCode.optional(), ...paging }),
  reply: page(Movement),
  errors: ['sku.not_found'],
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

export const adjustStock = endpoint({
  method: 'POST',
  path: '/inventory/adjustments',
  summary: 'Correct a balance, with a reason',
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
  }),
  reply: StockLevel,
  errors: ['sku.not_found', 'location.not_found', 'stock.insufficient'],
  idempotent: true,
});
