import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { ChannelCode, Day, Id, Instant, LocationCode, page, paging, Quantity, Sku } from './values.ts';

export const LotCode = z.string().trim().min(1).max(64);
export const Serial = z.string().trim().min(1).max(64);

/** `usable` may be sold by every channel, `short` by some (others ask for more life), `expired` and `recalled` by nobody. */
export const lotStates = ['usable', 'short', 'expired', 'recalled'] as const;

export const LotOnShelf = z.object({
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  location: LocationCode,
  lot: LotCode,
  /** The last day on which it may be used; null never expires. */
  expiresOn: Day.nullable(),
  /** Days until then, 0 on the last one; negative when it has expired. */
  daysLeft: z.int().nullable(),
  onHand: z.int(),
  /** Set aside for released orders. */
  allocated: z.int(),
  state: z.enum(lotStates),
  /** Channels that may not sell it today although it has not expired. */
  tooShortFor: z.array(ChannelCode),
});

export const listLotsOnShelf = endpoint({
  method: 'GET',
  path: '/inventory/lots',
  summary: 'Lots on hand, first expiring first',
  access: { permission: 'inventory.view' },
  query: z.object({
    location: LocationCode.optional(),
    /** The beginning of a SKU or of a lot. */
    search: z.string().max(64).optional(),
    state: z.enum(lotStates).optional(),
    /** Only what expires within so many days. */
    withinDays: z.coerce.number().int().min(0).max(3650).optional(),
    ...paging,
  }),
  reply: page(LotOnShelf).extend({ counts: z.record(z.enum(lotStates), z.int()) }),
  errors: [],
});

export const serialStates = ['in_stock', 'shipped'] as const;
export const serialEventKinds = ['received', 'shipped', 'returned', 'moved', 'removed'] as const;

export const SerialNumber = z.object({
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  serial: Serial,
  state: z.enum(serialStates),
  location: LocationCode.nullable(),
  /** Who owns it now: the order that it went out with. */
  orderId: Id.nullable(),
  warrantyUntil: Day.nullable(),
  changedAt: Instant,
});

export const SerialEvent = z.object({
  what: z.enum(serialEventKinds),
  location: LocationCode.nullable(),
  orderId: Id.nullable(),
  cause: z.string(),
  actor: z.string(),
  warrantyUntil: Day.nullable(),
  at: Instant,
});

export const listSerials = endpoint({
  method: 'GET',
  path: '/inventory/serials',
  summary: 'Serial numbers: where each appliance stands or who owns it',
  access: { permission: 'inventory.view' },
  query: z.object({
    sku: Sku.optional(),
    /** The beginning of a number. */
    search: z.string().max(64).optional(),
    state: z.enum(serialStates).optional(),
    location: LocationCode.optional(),
    orderId: Id.optional(),
    ...paging,
  }),
  reply: page(SerialNumber),
  errors: [],
});

export const getSerial = endpoint({
  method: 'GET',
  path: '/inventory/serials/:sku/:serial',
  summary: 'One appliance with all that happened to it and its warranty',
  access: { permission: 'inventory.view' },
  params: z.object({ sku: Sku, serial: Serial }),
  reply: SerialNumber.extend({ isUnderWarranty: z.boolean(), history: z.array(SerialEvent) }),
  errors: ['serial.not_found'],
});

/** What a channel asks of stock. Without a SKU it holds for all of them; a rule of a SKU goes before it, figure by figure. */
export const ChannelRule = z.object({
  channel: ChannelCode,
  sku: Sku.nullable(),
  /** Days that a lot must still be usable after the day it is sold; null: as the rule for all SKUs says, else 0. */
  minimumLifeDays: z.int().min(0).max(3650).nullable(),
  /** Units at each place that this channel leaves alone; null: as the rule for all SKUs says, else 0. */
  buffer: z.int().min(0).max(1_000_000).nullable(),
  changedBy: z.string(),
  changedAt: Instant,
});

export const listChannelRules = endpoint({
  method: 'GET',
  path: '/inventory/channel-rules',
  summary: 'Minimum remaining life and buffer of each channel',
  access: { permission: 'inventory.view' },
  reply: z.object({ items: z.array(ChannelRule) }),
  errors: [],
});

export const setChannelRule = endpoint({
  method: 'PUT',
  path: '/inventory/channel-rules',
  summary: 'Set what a channel asks of stock; both figures null ends the rule',
  access: { permission: 'inventory.adjust' },
  body: ChannelRule.pick({ channel: true, sku: true, minimumLifeDays: true, buffer: true }),
  reply: z.object({ items: z.array(ChannelRule) }),
  errors: ['sku.not_found'],
});

/** Units that a place keeps back from every channel, beside what is there and what may be sold. */
export const SafetyStock = z.object({
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  location: LocationCode,
  units: z.int(),
  onHand: z.int(),
  available: z.int(),
  /** Null where it was never said by a person. */
  changedBy: z.string().nullable(),
  changedAt: Instant.nullable(),
});

export const listSafetyStock = endpoint({
  method: 'GET',
  path: '/inventory/safety-stock',
  summary: 'Where units are kept back from every channel, by SKU and place',
  access: { permission: 'inventory.view' },
  query: z.object({
    location: LocationCode.optional(),
    /** The beginning of a SKU. */
    search: z.string().max(64).optional(),
    ...paging,
  }),
  reply: page(SafetyStock),
  errors: [],
});

export const setSafetyStock = endpoint({
  method: 'PUT',
  path: '/inventory/safety-stock',
  summary: 'Units of a SKU that a place keeps back from every channel; 0 keeps nothing back',
  access: { permission: 'inventory.adjust' },
  body: z.object({ sku: Sku, location: LocationCode, units: z.int().min(0).max(1_000_000) }),
  reply: SafetyStock,
  errors: ['sku.not_found', 'location.not_found'],
});

/** `earmark`: units set aside for a channel, used by it first and seen by nobody else. `quota`: the most that a channel may take. */
export const earmarkKinds = ['earmark', 'quota'] as const;
export const earmarkStates = ['coming', 'active', 'ended'] as const;

export const Earmark = z.object({
  id: Id,
  kind: z.enum(earmarkKinds),
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  location: LocationCode,
  channel: ChannelCode,
  campaign: z.string(),
  units: z.int(),
  taken: z.int(),
  startsAt: Instant,
  endsAt: Instant,
  state: z.enum(earmarkStates),
  createdBy: z.string(),
  createdAt: Instant,
  /** Who ended it before its time, and when. */
  endedBy: z.string().nullable(),
  endedAt: Instant.nullable(),
});

export const listEarmarks = endpoint({
  method: 'GET',
  path: '/inventory/earmarks',
  summary: 'Units set aside for channels and what channels may take at most, newest first',
  access: { permission: 'inventory.view' },
  query: z.object({
    kind: z.enum(earmarkKinds).optional(),
    sku: Sku.optional(),
    channel: ChannelCode.optional(),
    state: z.enum(earmarkStates).optional(),
    ...paging,
  }),
  reply: page(Earmark),
  errors: [],
});

export const openEarmark = endpoint({
  method: 'POST',
  path: '/inventory/earmarks',
  summary: 'Set units aside for a channel, or limit what it may take, for a time',
  access: { permission: 'inventory.adjust' },
  body: z
    .object({
      kind: z.enum(earmarkKinds),
      sku: Sku,
      location: LocationCode,
      channel: ChannelCode,
      campaign: z.string().trim().max(100).default(''),
      units: Quantity,
      startsAt: Instant.optional(),
      endsAt: Instant,
    })
    .refine(({ startsAt, endsAt }) => startsAt === undefined || Date.parse(startsAt) < Date.parse(endsAt), { path: ['endsAt'] }),
  reply: Earmark,
  errors: ['sku.not_found', 'location.not_found', 'stock.insufficient', 'earmark.invalid_window'],
  idempotent: true,
});

export const endEarmark = endpoint({
  method: 'POST',
  path: '/inventory/earmarks/:id/end',
  summary: 'Give what is left of it back to everybody, before its time',
  access: { permission: 'inventory.adjust' },
  params: z.object({ id: Id }),
  reply: Earmark,
  errors: ['earmark.not_found', 'earmark.wrong_state'],
});

/** Units that may be sold before they are there, sent from a day on. */
export const SaleAhead = z.object({
  sku: Sku,
  name: z.string(),
  nameEn: z.string(),
  location: LocationCode,
  fromDay: Day,
  unitsMax: z.int(),
  /** Sold and still waiting for stock. */
  promised: z.int(),
  changedBy: z.string(),
  changedAt: Instant,
});

export const listSalesAhead = endpoint({
  method: 'GET',
  path: '/inventory/ahead',
  summary: 'What is sold before it is there, by day',
  access: { permission: 'inventory.view' },
  query: z.object({ sku: Sku.optional(), location: LocationCode.optional(), ...paging }),
  reply: page(SaleAhead),
  errors: [],
});

export const setSaleAhead = endpoint({
  method: 'PUT',
  path: '/inventory/ahead',
  summary: 'Allow units to be sold ahead from a day on; 0 ends it for what is not yet sold, what is sold keeps waiting',
  access: { permission: 'inventory.adjust' },
  body: z.object({ sku: Sku, location: LocationCode, fromDay: Day, unitsMax: z.int().min(0).max(1_000_000) }),
  reply: SaleAhead,
  errors: ['sku.not_found', 'location.not_found', 'ahead.below_promised', 'ahead.day_passed'],
});

export const Availability = z.object({
  sku: Sku,
  location: LocationCode,
  available: z.int(),
  /** Units that may be sold ahead, and the day from which they are sent. */
  ahead: z.object({ units: z.int(), fromDay: Day }).nullable(),
});

export const listAvailability = endpoint({
  method: 'GET',
  path: '/inventory/availability',
  summary: 'What a channel may sell now, by SKU and place; without a channel what everybody may',
  access: { permission: 'inventory.view' },
  query: z.object({
    /** Up to 100, separated by commas. */
    skus: z
      .string()
      .max(6500)
      .transform((list) => [...new Set(list.split(',').map((sku) => sku.trim()))].filter((sku) => sku !== ''))
      .pipe(z.array(Sku).min(1).max(100)),
    channel: ChannelCode.optional(),
    location: LocationCode.optional(),
  }),
  reply: z.object({ items: z.array(Availability) }),
  errors: [],
});
