import { carrierKey, signReport } from '../receive-tracking.ts';
import type { PostReport } from '../move-sandbox-parcels.ts';

const timeoutMs = 8000;

/** Posts to the house's own public address, as a carrier's server would. Not answered, it throws, and the queue tries again. */
export const sandboxCarrier =
  ({ origin, secret }: { origin: string; secret: string }): PostReport =>
  async (carrier, reports) => {
    const payload = JSON.stringify({ events: reports.map(({ at, ...report }) => ({ ...report, at: at.toISOString() })) });
    const response = await fetch(`${origin}/api/delivery/tracking/${carrier}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ payload, signature: signReport(carrierKey(secret, carrier), payload) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`the house answered ${response.status} to a report of ${carrier}`);
  };
