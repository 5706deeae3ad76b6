import { useSuspenseQuery } from '@tanstack/react-query';
import { inventory, type ReplyOf } from '@tongshang/contract';
import { conditions, movementKinds } from '@tongshang/ui';
import { Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { client, q } from '../../../lib/api.ts';
import { causeLink, causeWords } from '../../../lib/cause-link.ts';
import { useActor, useWords } from '../../../lib/language.ts';
import { readListUrl, withFilter, withPage } from '../../../lib/list-url.ts';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { type Filter, Filters } from '../../../parts/filters.tsx';
import { Section } from '../../../parts/object-page.tsx';
import { StageRail } from '../../../parts/stage-rail.tsx';

const movements = (sku: string, url: URLSearchParams) =>
  q(inventory.listMovements, { params: { sku }, query: readListUrl(inventory.listMovements, url).query });
const conditionMoves = (sku: string, url: URLSearchParams) =>
  q(inventory.listConditionMoves, { params: { sku }, query: readListUrl(inventory.listConditionMoves, url).query });

const isOfConditions = (url: URLSearchParams): boolean => url.get('tab') === 'conditions';

export const readHistory = (sku: string, url: URLSearchParams): Promise<unknown> =>
  isOfConditions(url) ? client.ensureQueryData(conditionMoves(sku, url)) : client.ensureQueryData(movements(sku, url));

type Movement = ReplyOf<typeof inventory.listMovements>['items'][number];
type ConditionMove = ReplyOf<typeof inventory.listConditionMoves>['items'][number];

const columns: readonly Column<Movement>[] = [
  { key: 'at', title: 'stock.at', show: (one, { f }) => f.instant(one.at) },
  { key: 'kind', title: 'stock.kind', show: (one, { term }) => term(movementKinds, one.kind) },
  { key: 'location', title: 'stock.location', show: (one) => one.location },
  {
    key: 'quantity',
    title: 'stock.change',
    isNumber: true,
    show: (one, { f }) => (one.quantity > 0 ? `+${f.count(one.quantity)}` : f.count(one.quantity)),
  },
  { key: 'balance', title: 'stock.balance', isNumber: true, show: (one, { f }) => <strong>{f.count(one.balance)}</strong> },
  { key: 'cost', title: 'stock.unitCost', isNumber: true, show: (one, { f }) => f.money(one.unitCostFen) },
  { key: 'cause', title: 'stock.cause', show: (one) => <Cause {...one} /> },
  { key: 'lot', title: 'stock.lot', show: (one) => one.lot ?? '—' },
  { key: 'actor', title: 'stock.actor', show: (one) => <Actor name={one.actor} /> },
];

const conditionColumns: readonly Column<ConditionMove>[] = [
  { key: 'at', title: 'stock.at', show: (one, { f }) => f.instant(one.at) },
  {
    key: 'way',
    title: 'stock.condition',
    show: (one, { term }) => `${term(conditions, one.from)} → ${term(conditions, one.to)}`,
  },
  { key: 'location', title: 'stock.location', show: (one) => one.location },
  { key: 'quantity', title: 'stock.units', isNumber: true, show: (one, { f }) => f.count(one.quantity) },
  { key: 'cause', title: 'stock.cause', show: (one) => <Cause {...one} /> },
  { key: 'lot', title: 'stock.lot', show: (one) => one.lot ?? '—' },
  { key: 'actor', title: 'stock.actor', show: (one) => <Actor name={one.actor} /> },
];

/** The document behind it as a link by its number, and the reason that somebody gave. */
function Cause({ cause, reason }: { cause: string; reason: string | null }) {
  const to = causeLink(cause);
  const { name, note } = causeWords(cause, reason);
  return (
    <>
      {to === undefined ? name : <Link to={to}>{name}</Link>}
      {note !== undefined && <span className="second"> {note}</span>}
    </>
  );
}

function Actor({ name }: { name: string }) {
  return useActor()(name);
}

const filters: readonly Filter[] = [{ kind: 'choice', name: 'kind', label: 'stock.kind', terms: movementKinds, isMany: true }];

interface HistoryProps {
  sku: string;
  places: readonly { location: string; onHand: number; name: string }[];
}

/** Every movement with the balance after it, newest first; beside it, which units became unsellable or sellable again. */
export function History({ sku, places }: HistoryProps) {
  const words = useWords();
  const [url] = useSearchParams();
  const chosen = url.get('location');
  const isConditions = isOfConditions(url);
  return (
    <Section title={words(isConditions ? 'stock.conditionMoves' : 'stock.movements')}>
      <nav className="page-tabs" aria-label={words('stock.history')}>
        {([undefined, 'conditions'] as const).map((tab) => (
          <Link
            key={tab ?? 'movements'}
            to={`?${withFilter(url, { tab, ...(tab && { kind: undefined, until: undefined }) })}`}
            {...(isConditions === (tab !== undefined) && { 'aria-current': 'true' as const })}
          >
            {words(tab === undefined ? 'stock.tabMovements' : 'stock.tabConditions')}
          </Link>
        ))}
      </nav>
      <StageRail
        stages={[
          {
            key: 'all',
            name: words('list.all'),
            count: undefined,
            to: `?${withFilter(url, { location: undefined })}`,
            isCurrent: chosen === null,
          },
          ...places.map((place) => ({
            key: place.location,
            name: place.name,
            count: place.onHand,
            to: `?${withFilter(url, { location: place.location })}`,
            isCurrent: chosen === place.location,
          })),
        ]}
      />
      {isConditions ? <ConditionMoves sku={sku} /> : <Movements sku={sku} />}
    </Section>
  );
}

function Movements({ sku }: { sku: string }) {
  const words = useWords();
  const [url, setUrl] = useSearchParams();
  const { data } = useSuspenseQuery(movements(sku, url));
  const cleared = withFilter(url, { kind: undefined, until: undefined, location: undefined });
  return (
    <>
      <Filters
        filters={filters}
        url={withFilter(url, { tab: undefined })}
        onChange={(next, how) => setUrl(next, { replace: how === 'replace', preventScrollReset: true })}
        searchRef={null}
        cleared={cleared}
      />
      <Rows caption={words('stock.movements')} columns={columns} page={data} />
    </>
  );
}

function ConditionMoves({ sku }: { sku: string }) {
  const words = useWords();
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(conditionMoves(sku, url));
  return <Rows caption={words('stock.conditionMoves')} columns={conditionColumns} page={data} />;
}

interface RowsProps<Row extends { id: string }> {
  caption: string;
  columns: readonly Column<Row>[];
  page: { items: readonly Row[]; next: string | null };
}

function Rows<Row extends { id: string }>({ caption, columns: shown, page }: RowsProps<Row>) {
  const words = useWords();
  const [url, setUrl] = useSearchParams();
  const isFiltered = ['location', 'kind', 'until'].some((name) => url.has(name));
  if (page.items.length === 0)
    return (
      <div className="empty">
        <p>{words(isFiltered ? 'stock.noMovementsHere' : 'stock.noMovements')}</p>
        {isFiltered && (
          <Button onClick={() => setUrl(withFilter(url, { location: undefined, kind: undefined, until: undefined }))}>
            {words('list.clearFilters')}
          </Button>
        )}
      </div>
    );
  return (
    <>
      <DataTable caption={caption} columns={shown} rows={page.items} rowKey={(one) => one.id} />
      {page.next !== null && (
        <Link to={`?${withPage(url, page.next, Number(url.get('page') ?? 1) + 1)}`} preventScrollReset>
          {words('stock.older')}
        </Link>
      )}
    </>
  );
}
