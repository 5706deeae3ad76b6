// What a batch holds: events to keep, bad ones with every reason, and where the good ones go against the plan. Pure.
import { createHash, hash } from 'node:crypto';
import { collection as contract } from '@tongshang/contract';
import { type Deviation, deviationsOf, type Plan } from './plan.ts';
import { isObject, withoutPersons } from './privacy.ts';
import { type Arrival, type KeptEvent, readEvent } from './wire.ts';

export type SourceKind = (typeof contract.sourceKinds)[number];

/** A bad event as it is kept for mending: as it was sent, less what names a person. */
export interface BadEvent {
  index: number;
  key: string;
  eventName: string | undefined;
  messageId: string | undefined;
  reasons: readonly contract.BadReason[];
  event: string;
}

export interface PlanBreak extends Deviation {
  event: string;
  messageId: string;
}

export interface Sorted {
  events: KeptEvent[];
  bad: BadEvent[];
  breaks: PlanBreak[];
}

export interface Rules {
  source: string;
  kind: SourceKind;
  plan: Plan;
}

/** Sorts what a batch holds. Each of `raws` is in `events` or in `bad`; in no case in none. */
export function sortOut(raws: readonly unknown[], arrival: Arrival, rules: Rules): Sorted {
  const sorted: Sorted = { events: [], bad: [], breaks: [] };
  for (const [index, raw] of raws.entries()) {
    const judged = judgeEvent(raw, arrival, rules);
    if ('reasons' in judged) sorted.bad.push({ index, ...badEvent(raw, judged.reasons, rules.source) });
    else sorted.events.push(judged.event);
    for (const one of judged.deviations)
      sorted.breaks.push({ ...one, event: nameIn(raw) ?? '', messageId: 'event' in judged ? judged.event.messageId : '' });
  }
  return sorted;
}

type Judged = ({ event: KeptEvent } | { reasons: readonly contract.BadReason[] }) & { deviations: readonly Deviation[] };

/** One event of the wire: kept, or every reason why not; and how it goes against the plan. */
export function judgeEvent(raw: unknown, arrival: Arrival, { kind, plan }: Rules): Judged {
  const read = readEvent(raw, arrival);
  if (Array.isArray(read)) return { reasons: read, deviations: [] };
  if (weigh(read) > contract.wireLimits.eventBytesMax) return { reasons: ['event.too_large'], deviations: [] };
  if (read.type !== 'track') return { event: read, deviations: [] };
  const planned = plan.get(read.event);
  if (planned?.isServerOnly === true && kind === 'browser') return { reasons: ['event.server_only'], deviations: [] };
  const deviations = deviationsOf(planned, read.properties);
  if (deviations.length > 0 && planned?.isEnforced === true) return { reasons: ['event.off_plan'], deviations };
  return { event: read, deviations };
}

/** Weighed only where it could be too much: a character of JSON is at most 6 bytes longer than the string that it came from. */
const weigh = ({ properties }: KeptEvent): number => (isSmall(properties) ? 0 : Buffer.byteLength(JSON.stringify(properties)));

const smallChars = 1_000;

/** A handful of short plain values: no need to write them out. */
function isSmall(properties: Readonly<Record<string, unknown>>): boolean {
  let chars = 0;
  for (const key of Object.keys(properties)) {
    const value = properties[key];
    if (typeof value === 'object' && value !== null) return false;
    chars += key.length + (typeof value === 'string' ? value.length : 20);
    if (chars > smallChars) return false;
  }
  return true;
}

/** The key by which a message is known again: one of a source with the same id is the same message. */
export const messageKey = (source: string, messageId: string): string => hash('md5', `${source}\n${messageId}`, 'hex');

const badBytesMax = 65_536;

function badEvent(raw: unknown, reasons: readonly contract.BadReason[], source: string): Omit<BadEvent, 'index'> {
  const whole = JSON.stringify(cleanRaw(raw));
  const event = whole.length <= badBytesMax ? whole : JSON.stringify(cleanRaw(withoutProperties(raw)));
  const messageId = isObject(raw) && typeof raw['messageId'] === 'string' ? raw['messageId'].slice(0, 100) : undefined;
  return {
    key: messageId ? messageKey(source, messageId) : createHash('md5').update(`${source}\n`).update(whole).digest('hex'),
    eventName: nameIn(raw),
    messageId,
    reasons,
    event,
  };
}

const wireFields = [
  'type', 'event', 'name', 'userId', 'anonymousId', 'previousId', 'groupId', 'messageId', 'timestamp', 'originalTimestamp', 'sentAt',
] as const; // prettier-ignore

/** What of a bad event may be kept: the fields of the wire, whatever they hold, and what lies below them less what names a person. */
function cleanRaw(raw: unknown): unknown {
  if (!isObject(raw)) return typeof raw === 'string' ? raw.slice(0, 200) : raw;
  const kept: Record<string, unknown> = {};
  for (const field of wireFields) {
    const value = raw[field];
    if (value !== undefined) kept[field] = typeof value === 'object' ? cleanPart(value) : value;
  }
  for (const field of ['properties', 'traits', 'context'])
    if (raw[field] !== undefined) kept[field] = field === 'context' ? contextOf(raw[field]) : cleanPart(raw[field]);
  return kept;
}

const cleanPart = (value: unknown): unknown => (isObject(value) ? withoutPersons(value, 'cut') : value);

function contextOf(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  const { page, campaign, locale } = value;
  return { page: cleanPage(page), campaign: campaignName(campaign), locale };
}

const cleanPage = (page: unknown): unknown => (isObject(page) ? { path: page['path'] } : undefined);
const campaignName = (campaign: unknown): unknown => (isObject(campaign) ? { name: campaign['name'] } : undefined);

const withoutProperties = (raw: unknown): unknown => (isObject(raw) ? { ...raw, properties: {}, traits: {} } : raw);

const nameIn = (raw: unknown): string | undefined => {
  const name = isObject(raw) ? (raw['event'] ?? raw['name'] ?? raw['type']) : undefined;
  return typeof name === 'string' ? name.slice(0, 200) : undefined;
};
