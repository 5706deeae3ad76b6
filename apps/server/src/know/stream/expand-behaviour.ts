import type { StoredBatch } from '../collection/index.ts';
import { type Facts, momentOf } from './facts.ts';
import { addJudged, type EntryHead, type Expansion, type Touch } from './late/expansion.ts';
import { judgeDelay } from './late/lateness.ts';

type KeptEvent = StoredBatch['events'][number];

/** Adds the events of stored batches, one row a messageId; what arrives twice in different batches melts in ClickHouse. */
export function addBehaviour(into: Expansion, batches: readonly StoredBatch[]): void {
  const seen = new Set<string>();
  const touches = new Map<string, Touch>();
  for (const batch of batches) {
    const late: KeptEvent[] = [];
    for (const event of batch.events) {
      if (seen.has(event.messageId)) continue;
      seen.add(event.messageId);
      addJoin(into.facts, event);
      noteCampaign(touches, event);
      if (judgeDelay(new Date(event.at), batch.receivedAt) === 'on_time') addEvent(into.facts, batch, event);
      else late.push(event);
    }
    for (const together of lateOnes(batch, late))
      addJudged(into, together.head, (facts) => {
        for (const event of together.events) addEvent(facts, batch, event);
      });
  }
  into.touches.push(...touches.values());
}

function addEvent(facts: Facts, { channel, receivedAt }: StoredBatch, event: KeptEvent): void {
  const { at, day } = momentOf(new Date(event.at));
  const kept = momentOf(receivedAt).at;
  facts.behaviour.push([
    event.messageId, event.type, event.event, at, day, event.visitorId, event.customerId ?? '', channel, event.path ?? '',
    event.language ?? '', event.campaign ?? '', JSON.stringify(event.properties), event.clientAt ?? '', event.sentAt ?? '',
    event.receivedAt === undefined ? kept : momentOf(new Date(event.receivedAt)).at,
    event.visitorKind ?? '', event.groupId ?? '', event.isClockAhead === true ? 1 : 0,
    kept, textOf(event.properties['sku']), textOf(event.properties['category']),
  ]); // prettier-ignore
}

/** Who a visitor is does not grow old: late or not, the join counts. */
function addJoin(facts: Facts, event: KeptEvent): void {
  const joined = event.type === 'alias' ? event.previousId : event.visitorId;
  if (event.isJoining === true && joined !== undefined && event.customerId !== undefined)
    facts.visitor_customer.push([joined, event.customerId, momentOf(new Date(event.at)).at]);
}

/** The last time in these batches that a visitor carried a campaign's name. Staff and bots come by none. */
function noteCampaign(touches: Map<string, Touch>, { visitorId, visitorKind, campaign, at }: KeptEvent): void {
  if (campaign === undefined || campaign === '' || visitorKind !== undefined) return;
  const name = `${visitorId}\n${campaign}`;
  const before = touches.get(name);
  if (before === undefined || before.at.getTime() < Date.parse(at)) touches.set(name, { visitorId, at: new Date(at), campaign });
}

/** Late events of a batch that belong together: those of one business day, and of those the ones that are too late by themselves. */
function lateOnes({ xid, seq, receivedAt }: StoredBatch, late: readonly KeptEvent[]): { head: EntryHead; events: KeptEvent[] }[] {
  const groups = Map.groupBy(late, ({ at }) => `${momentOf(new Date(at)).day} ${judgeDelay(new Date(at), receivedAt)}`);
  return [...groups.values()].map((events) => {
    const happenedAt = new Date(events.reduce((first, { at }) => Math.min(first, Date.parse(at)), Infinity));
    return { events, head: { xid, seq, what: 'behaviour', ref: '', happenedAt, arrivedAt: receivedAt } };
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' && value.length <= 100 ? value : '');
