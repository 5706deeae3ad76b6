import { collection as contract } from '@tongshang/contract';
import { isObject, withoutPersons } from './privacy.ts';
import type { VisitorKind } from './visitor-kind.ts';

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
  /** What they went by before (alias), the group they belong to (group). */
  previousId?: string | undefined;
  groupId?: string | undefined;
  /** Absent: a person out there. */
  visitorKind?: VisitorKind | undefined;
  /** The sender's clock was ahead of ours by more than a minute. */
  isClockAhead?: true | undefined;
  /** When it was received, where that is not when its batch was: a bad event that was mended. */
  receivedAt?: string | undefined;
  /** The first event by which this visitor is known to be this customer. */
  isJoining?: true | undefined;
}

export interface Arrival {
  receivedAt: Date;
  /** The batch's own `sentAt`, for events that carry none. */
  sentAt: unknown;
  /** The visitor whom our own signed cookie names, as in their orders. Wins over what a page calls itself. */
  visitorId: string | undefined;
  /** The customer who is signed in on our own pages. There a page's own claim does not count; elsewhere (`undefined`) the sender's does. */
  customerId?: string | null | undefined;
  /** Of whoever sent the request; an event that carries a visitor's own user agent is judged by that. */
  visitorKind?: VisitorKind | undefined;
  isBot?: (userAgent: string) => boolean;
  newId: () => string;
}

/** Takes one event of the wire apart: the event to keep, or every reason why it cannot be kept. */
export function readEvent(raw: unknown, arrival: Arrival): KeptEvent | contract.BadReason[] {
  if (!isObject(raw)) return ['event.not_an_object'];
  const type = contract.wireTypes.find((known) => known === raw['type']);
  const context = isObject(raw['context']) ? raw['context'] : {};
  const page = isObject(context['page']) ? context['page'] : {};
  const given = raw[type === 'identify' || type === 'group' ? 'traits' : 'properties'];
  const properties = given === undefined || given === null ? {} : isObject(given) ? withoutPersons(given) : undefined;
  const claimed = idOf(raw['userId']);
  const customerId = arrival.customerId === undefined ? claimed : (arrival.customerId ?? undefined);
  const visitorId = arrival.visitorId ?? idOf(raw['anonymousId']) ?? claimed;
  const event = type === 'track' ? shortText(raw['event'], 200) : nameOfPage(raw, page, type);
  const messageId = raw['messageId'] === undefined ? arrival.newId() : shortText(raw['messageId'], 100);
  const at = happenedAt(raw, arrival);

  const reasons: contract.BadReason[] = [];
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
    previousId: type === 'alias' ? idOf(raw['previousId']) : undefined,
    groupId: type === 'group' ? idOf(raw['groupId']) : undefined,
    visitorKind: kindOf(context, arrival),
    isClockAhead: isClockAhead(raw, arrival) ? true : undefined,
  };
}

function kindOf(context: Readonly<Record<string, unknown>>, { visitorKind, isBot }: Arrival): VisitorKind | undefined {
  const agent = context['userAgent'];
  return typeof agent === 'string' && visitorKind !== 'staff' ? (isBot?.(agent) === true ? 'bot' : undefined) : visitorKind;
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

/** By its own clock it was sent (or, where it does not say, happened) after we received it; a minute is no more than sloppy. */
function isClockAhead(raw: Readonly<Record<string, unknown>>, { receivedAt, sentAt }: Arrival): boolean {
  const theirsMs = instantOf(raw['sentAt'] ?? sentAt) ?? instantOf(raw['timestamp'] ?? raw['originalTimestamp']);
  return theirsMs !== undefined && theirsMs > receivedAt.getTime() + 60_000;
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
  if (type === 'identify' || type === 'alias' || type === 'group') return type;
  return shortText(raw['name'], 200) ?? pathOf(shortText(page['path'], 200)) ?? (type === undefined ? undefined : type);
}

/** A path without its query: a query may hold anything, also a person's token. */
const pathOf = (path: string | undefined): string | undefined => path?.split(/[?#]/)[0];

/** Some clients send numbers as ids. */
const idOf = (value: unknown): string | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : shortText(value);

const shortText = (value: unknown, lengthMax = 64): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= lengthMax ? value : undefined;
