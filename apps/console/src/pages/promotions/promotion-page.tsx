import { useSuspenseQuery } from '@tanstack/react-query';
import { promotions } from '@tongshang/contract';
import { effectKinds, groupModes, groupModeTexts, priceStages, promotionStatuses } from '@tongshang/ui';
import { lazy, Suspense } from 'react';
import { type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { Alone } from '../../parts/alone.tsx';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { BudgetBar, TakenOf } from './balance-bar.tsx';
import { Batches } from './batches.tsx';
import { readDraft, writeDraft } from './draft.ts';
import type { Promotion } from './editor-page.tsx';
import { PromotionActions } from './promotion-actions.tsx';
import { Results } from './results.tsx';
import { Sentences } from './sentences.tsx';

// What it would do comes after what it says.
const Preview = lazy(async () => ({ default: (await import('./preview.tsx')).Preview }));

const promotion = (id = '') => q(promotions.getPromotion, { params: { id } });
const steps = (id = '') => q(promotions.listPromotionSteps, { params: { id } });
const groups = q(promotions.listPromotionGroups);

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([
    client.ensureQueryData(promotion(params['id'])),
    client.ensureQueryData(steps(params['id'])),
    client.ensureQueryData(groups),
  ]);

/** One promotion: what it says, what it has taken, what came of it, who did what. Before it runs, what it would do. */
export function Page() {
  const words = useWords();
  const name = useName();
  const f = useFormat();
  const { id } = useParams();
  const { data } = useSuspenseQuery(promotion(id));
  const draft = writeDraft(readDraft(data));
  const hasRun = data.balance.uses > 0 || ['running', 'paused', 'ended'].includes(data.status);
  return (
    <ObjectPage
      title={name(data)}
      module={words('nav.promotions')}
      back={{ to: '/grow/promotions', text: words('nav.promotions') }}
      id={data.number}
      status={<StatusTag status={promotionStatuses[data.status]} code={data.status} />}
      facts={words('promo.facts', {
        number: data.number,
        from: f.instant(data.startsAt),
        to: data.endsAt === null ? words('promo.openEnd') : f.instant(data.endsAt),
      })}
      actions={<PromotionActions promotion={data} />}
      aside={<Aside promotion={data} />}
    >
      <Waiting promotion={data} />
      <Sentences draft={draft} />
      {hasRun && (
        <Alone title={words('promo.results')}>
          <Results id={data.id} />
        </Alone>
      )}
      {data.needsCode && <Batches promotion={data} />}
      {data.status !== 'ended' && (
        <Suspense fallback={<div className="bone" />}>
          <Preview draft={draft} promotionId={data.id} />
        </Suspense>
      )}
      <Section title={words('timeline.title')}>
        <Steps id={data.id} />
      </Section>
    </ObjectPage>
  );
}

/** What stands in the way of its start, said before anybody has to look for it. */
function Waiting({ promotion: data }: { promotion: Promotion }) {
  const words = useWords();
  const { money } = useFormat();
  if (data.state === 'draft' && data.rejectedReason !== null)
    return <p className="notice">{words('promo.wasRejected', { reason: data.rejectedReason })}</p>;
  if (!data.needsSecondPerson || !['draft', 'waiting'].includes(data.state)) return null;
  const cost =
    data.costMaxFen === null ? words('promo.costUnbounded') : words('promo.costAtMost', { amount: money(data.costMaxFen) });
  return <p className="notice">{words(data.state === 'draft' ? 'promo.willNeedSecond' : 'promo.needsSecond', { cost })}</p>;
}

function Aside({ promotion: data }: { promotion: Promotion }) {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const f = useFormat();
  const { data: groupList } = useSuspenseQuery(groups);
  const group = groupList.items.find(({ id }) => id === data.groupId);
  const limit = (value: number | null): string => (value === null ? words('promo.noLimit') : f.count(value));
  const countsUnits = data.unitsMax !== null || data.balance.units > 0;
  return (
    <>
      <Section title={words('promo.limits')}>
        <Facts
          facts={[
            [words('promo.spent'), <BudgetBar key="budget" promotion={data} />],
            [words('promo.uses'), <TakenOf key="uses" taken={data.balance.uses} left={data.balance.usesLeft} />],
            ...(countsUnits
              ? [
                  [
                    words('promo.unitsTaken'),
                    <TakenOf key="units" taken={data.balance.units} left={data.balance.unitsLeft} />,
                  ] as const,
                ]
              : []),
            [words('promo.usesPerCustomer'), limit(data.usesPerCustomer)],
            ...(data.unitsPerCustomer === null
              ? []
              : [[words('promo.unitsPerCustomer'), f.count(data.unitsPerCustomer)] as const]),
            [words('promo.costMost'), data.costMaxFen === null ? words('promo.costUnbounded') : f.money(data.costMaxFen)],
            [words('promo.expectedCost'), data.expectedCostFen === 0 ? undefined : f.money(data.expectedCostFen)],
          ]}
        />
      </Section>
      <Section title={words('promo.place')}>
        <Facts
          facts={[
            [words('promo.stage'), term(priceStages, data.stage)],
            [words('promo.gives'), term(effectKinds, data.then.gives)],
            [
              words('promo.group'),
              group ? (
                <>
                  {name(group)} · {term(groupModes, group.mode)}
                  <div className="third">{term(groupModeTexts, group.mode)}</div>
                </>
              ) : (
                words('promo.noGroup')
              ),
            ],
            [words('promo.priority'), f.count(data.priority)],
            [words('promo.needsCode'), words(data.needsCode ? 'promo.yes' : 'promo.no')],
            [words('promo.joinsExclusive'), words(data.joinsExclusive ? 'promo.yes' : 'promo.no')],
          ]}
        />
      </Section>
      <Section title={words('promo.people')}>
        <Facts
          facts={[
            [words('promo.createdBy'), data.createdBy.name],
            [words('promo.changedBy'), data.changedBy.name],
            [words('promo.approvedBy'), data.approvedBy?.name],
          ]}
        />
      </Section>
    </>
  );
}

/** Who did what, the latest first. */
function Steps({ id }: { id: string }) {
  const words = useWords();
  const { data } = useSuspenseQuery(steps(id));
  return (
    <Timeline
      entries={data.items.map(({ id: step, what, by, note, at }) => ({
        id: step,
        at,
        who: by.name,
        what: words(`promo.step.${what}`),
        why: note,
      }))}
    />
  );
}
