import { useSuspenseQuery } from '@tanstack/react-query';
import { insight, type ReplyOf } from '@tongshang/contract';
import { demandKindWords, say } from '@tongshang/ui';
import { Select } from 'antd';
import { Link, type LoaderFunctionArgs, useNavigation, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { useNarrow } from '../../lib/screen.ts';
import { CardList, type Column, DataTable, type Tools } from '../../parts/data-table.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { PeriodControl, type When } from '../explore/period-control.tsx';
import { InsightTabs } from './insight-tabs.tsx';

type Demand = ReplyOf<typeof insight.listDemand>;
type Item = Demand['items'][number];
type Total = Demand['totals'][number];

/** The question is the address; what it does not say, or says wrongly, is the last four weeks of everything. */
function questionIn(url: URLSearchParams) {
  const given = { ...Object.fromEntries(url), ...(url.has('period') || url.has('from') ? {} : { period: 'last_28_days' }) };
  const read = insight.listDemand.query.safeParse(given);
  return read.success ? read.data : insight.listDemand.query.parse({ period: 'last_28_days' });
}

const answerTo = (url: URLSearchParams) => q(insight.listDemand, { query: questionIn(url) });

export const loader = ({ request }: LoaderFunctionArgs) => client.ensureQueryData(answerTo(new URL(request.url).searchParams));

const lostOf = ({ lost }: Item, { f, words }: Tools): string => (lost === null ? words('insight.tooFew') : f.money(lost.fen));
const rangeOf = ({ lost }: Item, { f, words }: Tools): string | undefined =>
  lost === null || lost.lowFen === lost.highFen
    ? undefined
    : words('insight.range', { low: f.money(lost.lowFen), high: f.money(lost.highFen) });

const columns: readonly Column<Item>[] = [
  {
    key: 'what',
    title: 'insight.what',
    show: (item, { name, words }) => <What item={item} label={item.name === null ? item.key : name({ name: item.name.zh, nameEn: item.name.en })} wishes={words('insight.wishesOf')} />,
    text: (item, { name }) => (item.name === null ? item.key : name({ name: item.name.zh, nameEn: item.name.en })),
  },
  { key: 'kind', title: 'insight.kind', show: (item, { f }) => say(demandKindWords[item.kind], f.language), card: 'second' },
  { key: 'people', title: 'insight.people', isNumber: true, show: (item, { f }) => f.count(item.people), card: 'second' },
  { key: 'times', title: 'insight.times', isNumber: true, show: (item, { f }) => f.count(item.times) },
  { key: 'bought', title: 'insight.bought', isNumber: true, show: (item, { f }) => f.count(item.bought) },
  { key: 'unit', title: 'insight.unit', isNumber: true, show: (item, { f }) => f.money(item.unitFen) },
  {
    key: 'lost',
    title: 'insight.lost',
    isNumber: true,
    show: (item, tools) => (
      <>
        {lostOf(item, tools)}
        {rangeOf(item, tools) !== undefined && <div className="second">{rangeOf(item, tools)}</div>}
      </>
    ),
    text: lostOf,
    card: 'right',
  },
]; // prettier-ignore

/** Typed words stand in quotation marks; a product leads to its page, a wish to what people wrote. */
function What({ item, label, wishes }: { item: Item; label: string; wishes: string }) {
  if (item.kind === 'asked_for')
    return (
      <Link to={`/know/insight/wishes?text=${encodeURIComponent(item.key)}`} title={wishes}>
        “{label}”
      </Link>
    );
  if (item.kind === 'no_result_search') return <>“{label}”</>;
  return /^[\da-f-]{36}$/.test(item.key) ? <Link to={`/sell/products/${item.key}`}>{label}</Link> : <>{label}</>;
}

const totalColumns: readonly Column<Total>[] = [
  { key: 'kind', title: 'insight.kind', show: (one, { f }) => say(demandKindWords[one.kind], f.language) },
  { key: 'items', title: 'insight.items', isNumber: true, show: (one, { f }) => f.count(one.items), card: 'second' },
  { key: 'people', title: 'insight.people', isNumber: true, show: (one, { f }) => f.count(one.people), card: 'second' },
  { key: 'lost', title: 'insight.lost', isNumber: true, show: (one, { f }) => f.money(one.lostFen), card: 'right' },
];

/** What people wanted and did not get, ranked by what it probably cost. */
export function Page() {
  const words = useWords();
  const language = useLanguage();
  const f = useFormat();
  const isNarrow = useNarrow(992);
  const [url, setUrl] = useSearchParams();
  const question = questionIn(url);
  const { data, isFetching } = useSuspenseQuery(answerTo(url));
  const isBusy = useNavigation().state === 'loading' || isFetching;
  const change = (next: Partial<When> & { kind?: string | undefined }): void => {
    const merged = Object.entries({
      period: question.period,
      from: question.from,
      to: question.to,
      kind: question.kind,
      ...next,
    });
    setUrl(new URLSearchParams(merged.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))));
  };
  const table = {
    caption: words('insight.table'),
    columns,
    rows: data.items,
    rowKey: (item: Item) => `${item.kind} ${item.key}`,
  };
  return (
    <>
      <PageHead title={words('nav.insight')} module={words('wing.know')} about={words('insight.about')} />
      <InsightTabs />
      <div className="filters">
        <PeriodControl when={question} onChange={change} />
        <Select<string>
          className="choice"
          aria-label={words('insight.kind')}
          value={question.kind ?? ''}
          options={[
            { value: '', label: words('insight.allKinds') },
            ...insight.demandKinds.map((kind) => ({ value: kind, label: say(demandKindWords[kind], language) })),
          ]}
          onChange={(kind) => change({ kind: kind === '' ? undefined : kind })}
        />
      </div>
      {data.items.length === 0 ? (
        <p className="empty">{words('insight.empty')}</p>
      ) : (
        <div className="card" aria-busy={isBusy}>
          {isNarrow ? <CardList {...table} /> : <DataTable {...table} />}
          <p className="note">
            {data.isCut && <>{words('insight.cut', { count: f.count(data.items.length) })} · </>}
            {words('insight.asOf', { time: f.instant(data.asOf) })}
          </p>
        </div>
      )}
      {data.totals.length > 0 && (
        <section className="card" aria-labelledby="totals">
          <h2 id="totals">{words('insight.totals')}</h2>
          <DataTable caption={words('insight.totals')} columns={totalColumns} rows={data.totals} rowKey={(one) => one.kind} />
        </section>
      )}
      <Basis basis={data.basis} />
    </>
  );
}

/** What the estimates are made of, so that anybody can check them. */
function Basis({ basis }: { basis: Demand['basis'] }) {
  const words = useWords();
  const f = useFormat();
  const share = (part: number, whole: number): string => f.percent(whole === 0 ? null : part / whole);
  const { searchers, searchersBought, orderFen } = basis;
  const lines = [
    orderFen === null || searchers < 30
      ? words('insight.basisSearchNone')
      : words('insight.basisSearch', {
          part: f.count(searchersBought),
          whole: f.count(searchers),
          share: share(searchersBought, searchers),
          order: f.money(orderFen),
        }),
    words('insight.basisViewed', { share: share(basis.viewersBought, basis.viewers) }),
    words('insight.basisCart', { share: share(basis.addersBought, basis.adders) }),
    words('insight.basisSize'),
    words('insight.basisEnds'),
  ];
  return (
    <section className="card" aria-labelledby="basis">
      <h2 id="basis">{words('insight.basis')}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
