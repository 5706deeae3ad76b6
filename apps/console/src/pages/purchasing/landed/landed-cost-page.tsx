import { useSuspenseQuery } from '@tanstack/react-query';
import { valuation } from '@tongshang/contract';
import { landedCostBases, landedCostKinds } from '@tongshang/ui';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useTerm, useWords } from '../../../lib/language.ts';
import { Facts, ObjectPage, Section } from '../../../parts/object-page.tsx';
import { documentOf } from './document-of.ts';
import { LandedSplit } from './landed-split.tsx';

const cost = (id = '') => q(valuation.getLandedCost, { params: { id } });

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(cost(params['id']));

/** One cost that arrived after the goods, as it was split when it was booked. It is never changed. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const { data } = useSuspenseQuery(cost(useParams()['id']));
  return (
    <ObjectPage
      title={data.number}
      module={words('landed.title')}
      back={{ to: '/supply/purchases/landed-costs', text: words('landed.title') }}
      id={data.number}
      facts={words('landed.facts', {
        kind: term(landedCostKinds, data.kind),
        amount: f.money(data.amountFen),
        receipt: documentOf(data.cause),
        basis: term(landedCostBases, data.basis),
      })}
    >
      <Section title={words('landed.split')}>
        <LandedSplit amountFen={data.amountFen} split={data} caption={words('landed.split')} />
      </Section>
      <Section title={words('landed.background')}>
        <Facts
          facts={[
            [
              words('landed.receipt'),
              <Link key="r" to={`/supply/purchases?search=${encodeURIComponent(documentOf(data.cause))}`}>
                {documentOf(data.cause)}
              </Link>,
            ],
            [words('landed.by'), `${data.actor} · ${f.instant(data.at)}`],
            [words('landed.reference'), data.reference],
            [words('landed.note'), data.note],
          ]}
        />
      </Section>
    </ObjectPage>
  );
}
