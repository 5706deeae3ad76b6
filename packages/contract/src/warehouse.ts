import * as z from 'zod';
import { CarrierCode, ServiceCode } from './delivery.ts';
import { endpoint } from './endpoint.ts';
import {
  Fulfilment, FulfilmentKind, FulfilmentState, FulfilmentSummary, Manifest, PickList, RejectReason,
} from './fulfilment.ts'; // prettier-ignore
import { Id, Instant, LocationCode, page, paging, Quantity, Sku } from './values.ts';

export * from './fulfilment.ts';

const fulfilment = z.object({ fulfilmentId: Id });
const seen = { version: z.int().optional() };
const filters = {
  location: LocationCode.optional(),
  kind: FulfilmentKind.optional(),
  late: z.enum(['true']).optional(),
  carrier: CarrierCode.optional(),
  /** Number of the fulfilment or of an order, or a tracking number. */
  text: z.string().trim().max(64).optional(),
};

export const listFulfilments = endpoint({
  method: 'GET',
  path: '/warehouse/fulfilments',
  summary: 'What locations have to send or hand out, by when it has to leave',
  access: { permission: 'warehouse.view' },
  query: z.object({ state: z.union([FulfilmentState, z.array(FulfilmentState)]).optional(), ...filters, ...paging }),
  reply: page(FulfilmentSummary),
  errors: [],
});

export const countFulfilments = endpoint({
  method: 'GET',
  path: '/warehouse/fulfilments/counts',
  summary: 'How many stand in each state, and how many are late',
  access: { permission: 'warehouse.view' },
  query: z.object(filters),
  reply: z.object({ states: z.record(FulfilmentState, z.int()), late: z.int() }),
  errors: [],
});

export const getFulfilment = endpoint({
  method: 'GET',
  path: '/warehouse/fulfilments/:fulfilmentId',
  summary: 'One fulfilment with lines, bins, parcel and history',
  access: { permission: 'warehouse.view' },
  params: fulfilment,
  reply: Fulfilment,
  errors: ['fulfilment.not_found'],
});

export const startPicking = endpoint({
  method: 'POST',
  path: '/warehouse/pick-lists',
  summary: 'Take open fulfilments of a location to pick, those that leave first; nobody else gets them',
  access: { permission: 'warehouse.work' },
  body: z.object({
    location: LocationCode,
    fulfilmentIds: z.array(Id).min(1).max(100).optional(),
    maximum: z.int().min(1).max(100).default(20),
  }),
  reply: PickList,
  errors: ['location.not_found', 'fulfilment.not_found', 'fulfilment.wrong_state', 'fulfilment.none_open'],
  idempotent: true,
});

export const listPickLists = endpoint({
  method: 'GET',
  path: '/warehouse/pick-lists',
  summary: 'Pick lists, newest first',
  access: { permission: 'warehouse.view' },
  query: z.object({ location: LocationCode.optional(), state: z.enum(['open', 'done', 'abandoned']).optional(), ...paging }),
  reply: page(PickList.omit({ stops: true, fulfilments: true }).extend({ fulfilmentCount: z.int(), units: z.int() })),
  errors: [],
});

const pickList = z.object({ pickListId: Id });
export const getPickList = endpoint({
  method: 'GET',
  path: '/warehouse/pick-lists/:pickListId',
  summary: 'A pick list in walking order',
  access: { permission: 'warehouse.view' },
  params: pickList,
  reply: PickList,
  errors: ['pick_list.not_found'],
});

export const finishPicking = endpoint({
  method: 'POST',
  path: '/warehouse/pick-lists/:pickListId/completion',
  summary: 'All is picked but what is named as short; short units leave their fulfilment and are routed anew',
  access: { permission: 'warehouse.work' },
  params: pickList,
  body: z.object({
    shortages: z
      .array(z.object({ sku: Sku, quantity: Quantity, reason: z.enum(['not_found', 'damaged']) }))
      .max(200)
      .default([]),
  }),
  reply: PickList,
  errors: ['pick_list.not_found', 'pick_list.wrong_state', 'pick_list.exceeds'],
  idempotent: true,
});

export const abandonPicking = endpoint({
  method: 'POST',
  path: '/warehouse/pick-lists/:pickListId/abandonment',
  summary: 'Give the fulfilments of a pick list back, as if nobody had taken them',
  access: { permission: 'warehouse.work' },
  params: pickList,
  reply: PickList,
  errors: ['pick_list.not_found', 'pick_list.wrong_state'],
  idempotent: true,
});

/** A file in the reply's stead: `application/pdf`. */
const File = z.object({});
const language = { language: z.enum(['zh-CN', 'en']).default('zh-CN') };

export const printPickList = endpoint({
  method: 'GET',
  path: '/warehouse/pick-lists/:pickListId/document',
  summary: 'The pick list as PDF, A4',
  access: { permission: 'warehouse.view' },
  params: pickList,
  query: z.object(language),
  reply: File,
  errors: ['pick_list.not_found'],
});

export const scanIntoParcel = endpoint({
  method: 'POST',
  path: '/warehouse/fulfilments/:fulfilmentId/scans',
  summary:
    'Check a unit into the parcel: SKU or barcode, with lot or serial number where it has one; what is wrong is refused by name',
  access: { permission: 'warehouse.work' },
  params: fulfilment,
  body: z.object({
    code: z.string().trim().min(1).max(64),
    quantity: Quantity.max(9999).default(1),
    lot: z.string().trim().min(1).max(64).optional(),
    serial: z.string().trim().min(1).max(64).optional(),
  }),
  reply: Fulfilment,
  errors: [
    'fulfilment.not_found',
    'fulfilment.wrong_state',
    'pack.wrong_sku',
    'pack.too_many',
    'pack.lot_missing',
    'pack.wrong_lot',
    'pack.serial_missing',
    'pack.wrong_serial',
    'lot.not_usable',
  ],
  idempotent: true,
});

export const unpack = endpoint({
  method: 'POST',
  path: '/warehouse/fulfilments/:fulfilmentId/unpacking',
  summary: 'Take everything out of the parcel again; its label is void',
  access: { permission: 'warehouse.work' },
  params: fulfilment,
  body: z.object(seen),
  reply: Fulfilment,
  errors: ['fulfilment.not_found', 'fulfilment.wrong_state'],
  idempotent: true,
});

export const finishPacking = endpoint({
  method: 'POST',
  path: '/warehouse/fulfilments/:fulfilmentId/packing',
  summary: 'Close the parcel: everything is in; the cheapest service that keeps the promise gets it, or the one named',
  access: { permission: 'warehouse.work' },
  params: fulfilment,
  body: z.object({ grams: z.int().min(1).max(1_000_000).optional(), service: ServiceCode.optional(), ...seen }),
  reply: Fulfilment,
  errors: [
    'fulfilment.not_found',
    'fulfilment.wrong_state',
    'fulfilment.incomplete',
    'service.not_found',
    'service.not_available',
  ],
  idempotent: true,
});

export const printLabel = endpoint({
  method: 'GET',
  path: '/warehouse/fulfilments/:fulfilmentId/label',
  summary: 'The parcel label as PDF, 100 × 150 mm',
  access: { permission: 'warehouse.work' },
  params: fulfilment,
  query: z.object(language),
  reply: File,
  errors: ['fulfilment.not_found', 'fulfilment.wrong_state'],
});

export const printPackingList = endpoint({
  method: 'GET',
  path: '/warehouse/fulfilments/:fulfilmentId/packing-list',
  summary: 'The packing list as PDF, A4',
  access: { permission: 'warehouse.work' },
  params: fulfilment,
  query: z.object(language),
  reply: File,
  errors: ['fulfilment.not_found'],
});

export const rejectFulfilment = endpoint({
  method: 'POST',
  path: '/warehouse/fulfilments/:fulfilmentId/rejection',
  summary: 'This location cannot send it: the reason decides what becomes of the stock, and another location is sought',
  access: { permission: 'warehouse.work' },
  params: fulfilment,
  body: z.object({ reason: RejectReason, note: z.string().trim().max(200).optional(), ...seen }),
  reply: Fulfilment,
  errors: ['fulfilment.not_found', 'fulfilment.wrong_state'],
  idempotent: true,
});

/** What may stop one parcel of a hand-over and no other. */
export const heldBackCodes = ['lot.not_usable', 'serial.not_in_stock', 'serial.missing', 'stock.insufficient'] as const;

export const handOver = endpoint({
  method: 'POST',
  path: '/warehouse/manifests',
  summary: "Hand packed parcels to a carrier's driver: they are off the stock, with a manifest to sign",
  access: { permission: 'warehouse.work' },
  body: z.object({ location: LocationCode, carrier: CarrierCode, fulfilmentIds: z.array(Id).min(1).max(500).optional() }),
  reply: Manifest.extend({
    /** Packed parcels that stay, each with the refusal that stopped it. */
    heldBack: z.array(
      z.object({ fulfilmentId: Id, number: z.string(), code: z.enum(heldBackCodes), details: z.record(z.string(), z.unknown()) }),
    ),
  }),
  errors: ['carrier.not_found', 'fulfilment.not_found', 'fulfilment.wrong_state', 'fulfilment.none_packed', 'lot.not_usable'],
  idempotent: true,
});

export const listManifests = endpoint({
  method: 'GET',
  path: '/warehouse/manifests',
  summary: 'Hand-overs, newest first',
  access: { permission: 'warehouse.view' },
  query: z.object({ location: LocationCode.optional(), ...paging }),
  reply: page(Manifest.omit({ parcels: true }).extend({ parcelCount: z.int() })),
  errors: [],
});

const manifest = z.object({ manifestId: Id });
export const getManifest = endpoint({
  method: 'GET',
  path: '/warehouse/manifests/:manifestId',
  summary: 'One hand-over with its parcels',
  access: { permission: 'warehouse.view' },
  params: manifest,
  reply: Manifest,
  errors: ['manifest.not_found'],
});

export const printManifest = endpoint({
  method: 'GET',
  path: '/warehouse/manifests/:manifestId/document',
  summary: 'The manifest as PDF, A4, to be signed by the driver',
  access: { permission: 'warehouse.view' },
  params: manifest,
  query: z.object(language),
  reply: File,
  errors: ['manifest.not_found'],
});

const pickupCode = z.object({ location: LocationCode, code: z.string().trim().min(4).max(20) });
const pickupErrors = ['pickup.code_unknown', 'pickup.elsewhere', 'pickup.not_ready', 'pickup.code_used'] as const;

export const checkPickup = endpoint({
  method: 'POST',
  path: '/warehouse/pickups/checks',
  summary: "Whose parcel a buyer's code opens; nothing changes",
  access: { permission: 'warehouse.work' },
  body: pickupCode,
  reply: Fulfilment,
  errors: pickupErrors,
});

export const collectPickup = endpoint({
  method: 'POST',
  path: '/warehouse/pickups',
  summary: "Hand a pick-up to its buyer against the code, once; its units are off the store's stock",
  access: { permission: 'warehouse.work' },
  body: pickupCode,
  reply: Fulfilment,
  errors: [...pickupErrors, 'lot.not_usable'],
  idempotent: true,
});

export const Bin = z.object({ sku: Sku, name: z.string(), nameEn: z.string(), bin: z.string() });
export const listBins = endpoint({
  method: 'GET',
  path: '/warehouse/bins',
  summary: 'Where SKUs lie at a location, by bin',
  access: { permission: 'warehouse.view' },
  query: z.object({ location: LocationCode, search: z.string().trim().max(64).optional(), ...paging }),
  reply: page(Bin),
  errors: [],
});

export const setBins = endpoint({
  method: 'PUT',
  path: '/warehouse/bins',
  summary: 'Say where SKUs lie; null takes a place away',
  access: { permission: 'warehouse.manage' },
  body: z.object({
    location: LocationCode,
    bins: z
      .array(
        z.object({
          sku: Sku,
          bin: z
            .string()
            .trim()
            .regex(/^[A-Za-z0-9-]{1,20}$/)
            .nullable(),
        }),
      )
      .min(1)
      .max(1000),
  }),
  reply: z.object({ changed: z.int() }),
  errors: ['location.not_found', 'sku.not_found'],
});

/** Work of a day at a location: how much stands in each step, and what leaves when. */
export const getWork = endpoint({
  method: 'GET',
  path: '/warehouse/work',
  summary: 'Open work of a location: backlog a step, what has to leave by when, what waits for its buyer',
  access: { permission: 'warehouse.view' },
  query: z.object({ location: LocationCode }),
  reply: z.object({
    steps: z.array(z.object({ state: FulfilmentState, fulfilments: z.int(), units: z.int(), late: z.int() })),
    departures: z.array(z.object({ dispatchBy: Instant, fulfilments: z.int(), packed: z.int() })),
    pickups: z.object({ toPrepare: z.int(), ready: z.int(), lapsingToday: z.int() }),
  }),
  errors: ['location.not_found'],
});
