import { useSuspenseQuery } from '@tanstack/react-query';
import { type ReplyOf, warehouse } from '@tongshang/contract';
import { type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useActor, useLanguage, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { ObjectPage, Section } from '../../parts/object-page.tsx';
import { readPlaces, usePlaceName } from '../../parts/place-choice.tsx';
import { fulfilmentPage } from './floor-tabs.tsx';
import { PrintButton } from './print-button.tsx';

const manifestOf = (manifestId = '') => q(warehouse.getManifest, { params: { manifestId } });

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(manifestOf(params['id'])), readPlaces()]);

const columns: readonly Column<ReplyOf<typeof warehouse.getManifest>['parcels'][number]>[] = [
  { key: 'tracking', title: 'floor.tracking', show: (one) => one.trackingNumber },
  { key: 'number', title: 'floor.number', show: (one) => one.number },
  { key: 'region', title: 'floor.to', show: (one) => one.region },
  {
    key: 'weight',
    title: 'floor.weight',
    isNumber: true,
    show: (one, { f, words }) => words('floor.kilograms', { weight: f.decimal(one.grams / 1000, 2) }),
  },
];

/** One hand-over: which parcels which driver took, to be printed and signed. */
export function Page() {
  const words = useWords();
  const language = useLanguage();
  const actor = useActor();
  const placeName = usePlaceName();
  const { instant } = useFormat();
  const { data } = useSuspenseQuery(manifestOf(useParams()['id']));
  return (
    <ObjectPage
      title={data.number}
      module={words('nav.floorBoard')}
      back={{ to: '/supply/floor-board/hand-over', text: words('handOver.title') }}
      id={data.number}
      facts={words('handOver.facts', {
        carrier: data.carrier,
        place: placeName(data.location),
        at: instant(data.handedOverAt),
        by: actor(data.handedOverBy),
      })}
      actions={
        <PrintButton
          endpoint={warehouse.printManifest}
          input={{ params: { manifestId: data.id }, query: { language } }}
          isPrimary
        >
          {words('handOver.print')}
        </PrintButton>
      }
    >
      <Section title={words('handOver.parcelsTitle', { parcels: data.parcels.length })}>
        <DataTable
          caption={words('handOver.parcels')}
          columns={columns}
          rows={data.parcels}
          rowKey={(one) => one.fulfilmentId}
          href={(one) => fulfilmentPage(one.fulfilmentId)}
        />
      </Section>
    </ObjectPage>
  );
}
