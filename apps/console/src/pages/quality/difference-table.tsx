import type { ReplyOf, stream } from '@tongshang/contract';
import { checkMeasures, checkNames, differenceRepairs } from '@tongshang/ui';
import { useNarrow } from '../../lib/screen.ts';
import { CardList, type Column, DataTable, type Tools } from '../../parts/data-table.tsx';

type Difference = ReplyOf<typeof stream.listReconciliations>['items'][number]['differences'][number];

const figure = (value: number | null, { measure }: Difference, { f }: Tools): string =>
  /(?:^|_)fen$/.test(measure) ? f.money(value) : f.count(value);

const columns: readonly Column<Difference>[] = [
  { key: 'what', title: 'quality.what', show: ({ what }, { term }) => term(checkNames, what) },
  { key: 'day', title: 'quality.day', isTight: true, show: ({ day }) => day, card: 'second' },
  {
    key: 'measure',
    title: 'quality.measure',
    show: ({ measure }, { term }) => (measure in checkMeasures ? term(checkMeasures, measure) : <code>{measure}</code>),
    text: ({ measure }) => measure,
    card: 'second',
  },
  { key: 'expected', title: 'quality.expected', isNumber: true, show: (one, tools) => figure(one.expected, one, tools) },
  { key: 'found', title: 'quality.found', isNumber: true, show: (one, tools) => figure(one.found, one, tools) },
  {
    key: 'after',
    title: 'quality.foundAfter',
    isNumber: true,
    show: (one, tools) => figure(one.foundAfter, one, tools),
    card: 'right',
  },
  { key: 'repair', title: 'quality.repair', show: ({ repair }, { term }) => term(differenceRepairs, repair), card: 'status' },
  {
    key: 'ids',
    title: 'quality.ids',
    show: ({ ids }, { words }) =>
      ids.length === 0 ? '—' : <code className="key-text">{`${ids.slice(0, shownIds).join(' ')}${ids.length > shownIds ? ` … ${words('quality.moreIds', { count: ids.length })}` : ''}`}</code>,
    text: ({ ids }) => ids.join(' '),
  },
]; // prettier-ignore

const shownIds = 3;

/** What a comparison found: what the books say, what the figures said, and what they say now. */
export function DifferenceTable({ caption, differences }: { caption: string; differences: readonly Difference[] }) {
  const List = useNarrow(992) ? CardList : DataTable;
  return (
    <List<Difference>
      caption={caption}
      columns={columns}
      rows={differences}
      rowKey={({ what, day, measure }) => `${what} ${day} ${measure}`}
    />
  );
}
