import type { StoredBatch } from '../collection/index.ts';
import { type Facts, momentOf } from './facts.ts';

/** Adds the events of stored batches, one row a messageId; what arrives twice in different batches melts in ClickHouse. */
export function addBehaviour(facts: Facts, batches: readonly StoredBatch[]): void {
  const seen = new Set<string>();
  for (const { channel, receivedAt, events } of batches) {
    const received = momentOf(receivedAt).at;
    for (const event of events) {
      if (seen.has(event.messageId)) continue;
      seen.add(event.messageId);
      const { at, day } = momentOf(new Date(event.at));
      facts.behaviour.push([
        event.messageId, event.type, event.event, at, day, event.visitorId, event.customerId ?? '', channel, event.path ?? '',
        event.language ?? '', event.campaign ?? '', JSON.stringify(event.properties), event.clientAt ?? '', event.sentAt ?? '',
        event.receivedAt === undefined ? received : momentOf(new Date(event.receivedAt)).at,
        event.visitorKind ?? '', event.groupId ?? '', event.isClockAhead === true ? 1 : 0,
      ]); // prettier-ignore
      const joined = event.type === 'alias' ? event.previousId : event.visitorId;
      if (event.isJoining === true && joined !== undefined && event.customerId !== undefined)
        facts.visitor_customer.push([joined, event.customerId, at]);
    }
  }
}
