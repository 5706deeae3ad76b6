import { formatMoney } from '@tongshang/ui/format/money';
import { formatInstant } from '@tongshang/ui/format/time';
import { orderTimeline } from '@tongshang/ui/words/terms';
import type { Site } from '../site.ts';
import type { Order } from '../views.ts';
import { orders as words } from '../words/orders.ts';

/** What only the house cares about. */
const inner = new Set(['payment_started', 'imported']);

/** Everything that happened, the last first. */
export function Timeline({ site, order }: { site: Site; order: Order }) {
  const entries = order.timeline
    .filter(({ what }) => !inner.has(what))
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="timeline" class="panel">
      <h2 id="timeline">{site.say(words.timeline)}</h2>
      <ol class="timeline">
        {entries.map((entry) => (
          <li key={entry.id}>
            <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
            <span>
              {site.say(orderTimeline[entry.what])}
              <small>{factsOf(entry.details).join(' · ')}</small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Amounts, carriers and numbers that an entry carries; nothing else of it is for the buyer. */
function factsOf(details: Readonly<Record<string, unknown>>): string[] {
  const fen = details['amountFen'] ?? details['refundFen'];
  return [
    ...(typeof fen === 'number' && fen > 0 ? [formatMoney(fen)] : []),
    ...['carrier', 'trackingNumber'].flatMap((key) => (typeof details[key] === 'string' ? [details[key]] : [])),
  ];
}
