import { useSuspenseQuery } from '@tanstack/react-query';
import { lots } from '@tongshang/contract';
import { serialEventKinds, serialStates } from '@tongshang/ui';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../../lib/api.ts';
import { causeLink } from '../../../lib/cause-link.ts';
import { useActor, useName, useTerm, useWords } from '../../../lib/language.ts';
import { Facts, ObjectPage, Section } from '../../../parts/object-page.tsx';
import { readPlaces, usePlaceName } from '../../../parts/place-choice.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { Timeline } from '../../../parts/timeline.tsx';

const serialOf = (sku = '', serial = '') => q(lots.getSerial, { params: { sku, serial } });

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(serialOf(params['sku'], params['serial'])), readPlaces()]);

/** One appliance: who owns it now, how long its warranty runs, and everything that happened to it. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const actor = useActor();
  const placeName = usePlaceName();
  const { sku, serial } = useParams();
  const { data } = useSuspenseQuery(serialOf(sku, serial));
  return (
    <ObjectPage
      title={data.serial}
      module={words('nav.stock')}
      back={{ to: '/supply/stock/serials', text: words('stock.tabSerials') }}
      id={data.serial}
      status={<StatusTag status={serialStates[data.state]} code={data.state} />}
      facts={
        <Link to={`/supply/stock/${encodeURIComponent(data.sku)}`}>
          {data.sku} {name(data)}
        </Link>
      }
    >
      <Section title={words('stock.nowAt')}>
        <Facts
          facts={[
            [words('stock.location'), data.location === null ? null : placeName(data.location)],
            [
              words('stock.owner'),
              data.orderId === null ? null : (
                <Link key="order" to={`/sell/orders/${data.orderId}`}>
                  {words('stock.openOrder')}
                </Link>
              ),
            ],
            [
              words('stock.warrantyUntil'),
              data.warrantyUntil === null
                ? null
                : words(data.isUnderWarranty ? 'stock.warrantyRuns' : 'stock.warrantyOver', { day: data.warrantyUntil }),
            ],
          ]}
        />
      </Section>
      <Section title={words('timeline.title')}>
        <Timeline
          entries={data.history.map((event, at) => ({
            id: String(at),
            at: event.at,
            who: actor(event.actor),
            what: <What event={event} word={term(serialEventKinds, event.what)} />,
            ...(event.location !== null && { why: placeName(event.location) }),
          }))}
        />
      </Section>
    </ObjectPage>
  );
}

function What({ event, word }: { event: { cause: string; orderId: string | null }; word: string }) {
  const to = event.orderId === null ? causeLink(event.cause) : `/sell/orders/${event.orderId}`;
  return to === undefined ? word : <Link to={to}>{word}</Link>;
}
