import { useSuspenseQuery } from '@tanstack/react-query';
import { promotions, promotionStages } from '@tongshang/contract';
import { groupModes, priceStages, promotionSentence, promotionStatuses } from '@tongshang/ui';
import { type LoaderFunctionArgs, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { readListUrl, withFilter } from '../../lib/list-url.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StageRail } from '../../parts/stage-rail.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { BudgetBar, TakenOf } from './balance-bar.tsx';
import { PromotionActions } from './promotion-actions.tsx';
import { PromotionTabs } from './promotion-tabs.tsx';
import { useSentence } from './sentence.ts';

type Row = RowOf<typeof promotions.listPromotions>;

const groups = q(promotions.listPromotionGroups);

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(promotions.listPromotions)(args), client.ensureQueryData(groups)]);
  return null;
};

const stageTerms = Object.fromEntries(promotionStages.map((stage) => [stage, priceStages[stage]]));

const columns: readonly Column<Row>[] = [
  {
    key: 'name',
    title: 'promo.name',
    show: (one, { name }) => name(one),
    text: (one, { name }) => name(one),
  },
  {
    key: 'status',
    title: 'promo.status',
    show: (one) => (
      <span className="stack-tight">
        <StatusTag status={promotionStatuses[one.status]} code={one.status} />
        <code className="third">{one.number}</code>
      </span>
    ),
    text: (one, { term }) => term(promotionStatuses, one.status),
    card: 'status',
  },
  {
    key: 'rule',
    title: 'promo.rule',
    show: (one, { term, name }) => (
      <span className="rule-text">
        <RuleText rule={one} />
        <span className="third">
          {term(priceStages, one.stage)}
          {one.groupId !== null && (
            <GroupOf id={one.groupId} name={name({ name: one.groupName ?? '', nameEn: one.groupNameEn })} />
          )}
        </span>
      </span>
    ),
    text: (one, { f }) => promotionSentence(one, f.language),
    card: 'second',
  },
  {
    key: 'window',
    title: 'promo.window',
    show: (one, { f, words }) => (
      <span className="window-text">
        <span>{f.instant(one.startsAt)}</span>
        <span>{one.endsAt === null ? words('promo.openEnd') : f.instant(one.endsAt)}</span>
      </span>
    ),
    text: (one, { f, words }) =>
      `${f.instant(one.startsAt)} – ${one.endsAt === null ? words('promo.openEnd') : f.instant(one.endsAt)}`,
    card: 'second',
  },
  {
    key: 'budget',
    title: 'promo.spent',
    show: (one) => <BudgetBar promotion={one} />,
    text: (one, { f }) => f.money(one.balance.spentFen),
    card: 'right',
  },
  {
    key: 'uses',
    title: 'promo.uses',
    isNumber: true,
    show: (one) => <TakenOf taken={one.balance.uses} left={one.balance.usesLeft} />,
    text: (one, { f }) => f.count(one.balance.uses),
  },
];

function RuleText({ rule }: { rule: Row }) {
  return useSentence()(rule);
}

/** The group with its mode by name: how the promotion gets along with its neighbours. */
function GroupOf({ id, name }: { id: string; name: string }) {
  const term = useTerm();
  const { data } = useSuspenseQuery(groups);
  const group = data.items.find((one) => one.id === id);
  return (
    <>
      {` · ${name}`}
      {group && ` · ${term(groupModes, group.mode)}`}
    </>
  );
}

const filters: readonly Filter[] = [
  { kind: 'search', name: 'text', label: 'promo.search' },
  { kind: 'choice', name: 'stage', label: 'promo.stage', terms: stageTerms },
];

export function Page() {
  const words = useWords();
  const create = (
    <MayButton need="promotions.edit" type="primary" href="/grow/promotions/new">
      {words('promo.create')}
    </MayButton>
  );
  return (
    <QueryList
      endpoint={promotions.listPromotions}
      title={words('nav.promotions')}
      head={
        <>
          <PageHead title={words('nav.promotions')} module={words('wing.grow')} about={words('promo.about')} actions={create} />
          <PromotionTabs />
        </>
      }
      rail={<Statuses />}
      filters={filters}
      columns={columns}
      rowKey={(one) => one.id}
      href={(one) => `/grow/promotions/${one.id}`}
      rowActions={(one) => <PromotionActions promotion={one} isRow />}
      empty={{ sentence: words('promo.empty'), action: create }}
    />
  );
}

function Statuses() {
  const words = useWords();
  const term = useTerm();
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(q(promotions.listPromotions, { query: readListUrl(promotions.listPromotions, url).query }));
  const chosen = url.get('status');
  const to = (status: string | undefined) => `?${withFilter(url, { status })}`;
  return (
    <StageRail
      stages={[
        { key: 'all', name: words('list.all'), count: undefined, to: to(undefined), isCurrent: chosen === null },
        ...promotions.promotionStatuses.map((status) => ({
          key: status,
          name: term(promotionStatuses, status),
          count: data.counts[status] ?? 0,
          to: to(status),
          isCurrent: chosen === status,
        })),
      ]}
    />
  );
}
