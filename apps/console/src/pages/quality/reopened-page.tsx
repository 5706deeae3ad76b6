import { stream } from '@tongshang/contract';
import { bucketAmounts, bucketGrains, bucketSources, channels } from '@tongshang/ui';
import { useWords } from '../../lib/language.ts';
import { type Column, type Tools, useTools } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { QualityTabs } from './quality-tabs.tsx';

export const loader = listLoader(stream.listReopened);

type Bucket = RowOf<typeof stream.listReopened>;

const dayLength = 10;
const periodOf = ({ grain, startsAt }: Bucket, { f }: Tools): string =>
  grain === 'day' ? f.instant(startsAt).slice(0, dayLength) : f.instant(startsAt);
const keyOf = ({ channel, store, category, sku, campaign, event }: Bucket, { term, words }: Tools): string =>
  [term(channels, channel), store, category, sku, campaign, event].filter((part) => part !== '').join(' · ') ||
  words('quality.wholeKey');
const amountsOf = (amounts: Readonly<Record<string, number>>, { f, term, words }: Tools): string =>
  Object.keys(bucketAmounts)
    .filter((name) => amounts[name] !== undefined)
    .map((name) => `${term(bucketAmounts, name)} ${name.endsWith('Fen') ? f.money(amounts[name]) : f.count(amounts[name])}`)
    .join(words('list.comma'));

const columns: readonly Column<Bucket>[] = [
  { key: 'bucket', title: 'quality.bucket', isTight: true, show: (one, tools) => periodOf(one, tools) },
  { key: 'grain', title: 'quality.grain', show: ({ grain }, { term }) => term(bucketGrains, grain), card: 'second' },
  { key: 'source', title: 'quality.source', show: ({ source }, { term }) => term(bucketSources, source), card: 'second' },
  { key: 'key', title: 'quality.key', show: (one, tools) => keyOf(one, tools), card: 'second' },
  { key: 'version', title: 'quality.version', isNumber: true, show: ({ version }, { f }) => f.count(version), card: 'right' },
  {
    key: 'before',
    title: 'quality.before',
    show: ({ before }) => <Amounts amounts={before} />,
    text: ({ before }, tools) => amountsOf(before, tools),
  },
  {
    key: 'after',
    title: 'quality.after',
    show: ({ after }) => <Amounts amounts={after} />,
    text: ({ after }, tools) => amountsOf(after, tools),
    card: 'second',
  },
  { key: 'at', title: 'quality.reopenedAt', isTight: true, show: (one, { f }) => f.instant(one.reopenedAt) },
  { key: 'batch', title: 'quality.batch', isExtra: true, show: ({ batch }) => <code>{batch}</code>, text: ({ batch }) => batch },
];

const Amounts = ({ amounts }: { amounts: Readonly<Record<string, number>> }) => <>{amountsOf(amounts, useTools())}</>;

const filters: readonly Filter[] = [
  { kind: 'choice', name: 'grain', label: 'quality.grain', terms: bucketGrains },
  { kind: 'choice', name: 'source', label: 'quality.source', terms: bucketSources },
];

/** Closed periods that late data opened again, with their figures before and after. */
export function Page() {
  const words = useWords();
  return (
    <QueryList
      endpoint={stream.listReopened}
      title={words('quality.tabReopened')}
      head={
        <>
          <PageHead title={words('quality.tabReopened')} module={words('nav.quality')} about={words('quality.reopenedAbout')} />
          <QualityTabs />
        </>
      }
      filters={filters}
      columns={columns}
      rowKey={({ id }) => id}
      empty={{ sentence: words('quality.reopenedEmpty') }}
    />
  );
}
