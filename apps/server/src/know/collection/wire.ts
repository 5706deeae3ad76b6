import { collection as contract } from '@tongshang/contract';

/** One behaviour event as it is kept: who, what, when, where; nothing that names a person. */
export interface KeptEvent {
  messageId: string;
  type: contract.WireType;
  /** Segment's event name for a track; the page's name or path otherwise. */
  event: string;
  visitorId: string;
  customerId: string | undefined;
  /** When it happened by our clock: the sender's clock error is taken out. */
  at: string;
  /** The sender's own two times, kept as they came. */
  clientAt: string | undefined;
  sentAt: string | undefined;
  path: string | undefined;
  language: string | undefined;
  campaign: string | undefined;
  properties: Readonly<Record<string, unknown>>;
}

export type Reason = NonNullable<contract.Rejected['reasons']>[number];

export interface Arrival {
  receivedAt: Date;
  /** The batch's own `sentAt`, for events that carry none. */
  sentAt: unknown;
  /** The visitor whom our own signed cookie names, as in their orders. Wins over what a page calls itself. */
  visitorId: string | undefined;
  newId: () => string;
}

/** Takes one event of the wire apart: the event to keep, or every reason why it cannot be kept. */
export function readEvent(raw: unknown, arrival: Arrival): KeptEvent | Reason[] {
  if (!isObject(raw)) return ['event.not_an_object'];
  const type = contract.wireTypes.find((known) => known === raw['type']);
  const context = isObject(raw['context']) ? raw['context'] : {};
  const page = isObject(context['page']) ? context['page'] : {};
  const given = raw[type === 'identify' ? 'traits' : 'properties'];
  const properties = given === undefined || given === null ? {} : isObject(given) ? withoutPersons(given, 0) : undefined;
  const customerId = shortText(raw['userId']);
  const visitorId = arrival.visitorId ?? shortText(raw['anonymousId']) ?? customerId;
  const event = type === 'track' ? shortText(raw['event'], 200) : nameOfPage(raw, page, type);
  const messageId = raw['messageId'] === undefined ? arrival.newId() : shortText(raw['messageId'], 100);
  const at = happenedAt(raw, arrival);

  const reasons: Reason[] = [];
  if (type === undefined) reasons.push('event.unknown_type');
  if (visitorId === undefined) reasons.push('event.no_visitor');
  if (event === undefined) reasons.push('event.no_name');
  if (messageId === undefined) reasons.push('event.bad_message_id');
  if (at === undefined) reasons.push('event.bad_timestamp');
  if (properties === undefined) reasons.push('event.bad_properties');
  if (type === undefined || visitorId === undefined || event === undefined) return reasons;
  if (messageId === undefined || at === undefined || properties === undefined) return reasons;
  return {
    messageId,
    type,
    event,
    visitorId,
    customerId,
    at: at.toISOString(),
    clientAt: shortText(raw['timestamp'] ?? raw['originalTimestamp']),
    sentAt: shortText(raw['sentAt'] ?? arrival.sentAt),
    path: pathOf(shortText(page['path'], 500) ?? shortText(properties['path'], 500)),
    language: shortText(context['locale'], 20),
    campaign: isObject(context['campaign']) ? shortText(context['campaign']['name'], 100) : undefined,
    properties,
  };
}

/**
 * Received − (sent − happened), as Segment does: what the sender's clock says wrong cancels out. Never later than received.
 * Undefined when a time is given that is none.
 */
function happenedAt(raw: Readonly<Record<string, unknown>>, { receivedAt, sentAt }: Arrival): Date | undefined {
  const happened = raw['timestamp'] ?? raw['originalTimestamp'];
  if (happened === undefined || happened === null) return receivedAt;
  const happenedMs = instantOf(happened);
  if (happenedMs === undefined) return undefined;
  const sentMs = instantOf(raw['sentAt'] ?? sentAt);
  const atMs = sentMs === undefined ? happenedMs : receivedAt.getTime() - (sentMs - happenedMs);
  return new Date(Math.min(atMs, receivedAt.getTime()));
}

/** 2000 … 2200: what lies outside is no event time but a broken clock. */
function instantOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 40 || !/^\d{4}-\d{2}-\d{2}T/.test(value)) return undefined;
  const ms = Date.parse(value);
  return ms >= 946_684_800_000 && ms < 7_258_118_400_000 ? ms : undefined;
}

function nameOfPage(
  raw: Readonly<Record<string, unknown>>,
  page: Readonly<Record<string, unknown>>,
  type: contract.WireType | undefined,
): string | undefined {
  if (type === 'identify') return 'identify';
  return shortText(raw['name'], 200) ?? pathOf(shortText(page['path'], 200)) ?? (type === undefined ? undefined : type);
}

/** A path without its query: a query may hold anything, also a person's token. */
const pathOf = (path: string | undefined): string | undefined => path?.split(/[?#]/)[0];

const personal =
  /^(e-?mail|phone|mobile|tel|telephone|(first|last|full|user|recipient|nick)?_?-?name|address|ip|id_?card|password|birthday|avatar|token)$/i;
const depthMax = 5;

/** Everything but what would name a person; undefined when it is nested too deep to be sensible. */
function withoutPersons(given: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> | undefined {
  if (depth > depthMax) return undefined;
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (personal.test(key) && !isProductName(key, given)) continue;
    const clean = cleanValue(value, depth + 1);
    if (clean === undefined && value !== undefined) return undefined;
    kept[key] = clean;
  }
  return kept;
}

/** A product's own name travels with its id or SKU and names nobody. */
const isProductName = (key: string, beside: Readonly<Record<string, unknown>>): boolean =>
  key === 'name' && ('sku' in beside || 'product_id' in beside || 'list_id' in beside);

function cleanValue(value: unknown, depth: number): unknown {
  if (depth > depthMax) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => cleanValue(item, depth + 1));
    return items.includes(undefined) ? undefined : items;
  }
  return isObject(value) ? withoutPersons(value, depth) : value;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shortText = (value: unknown, lengthMax = 64): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= lengthMax ? value : undefined;
