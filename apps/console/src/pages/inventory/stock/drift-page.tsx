import { valuation } from '@tongshang/contract';
import { type LoaderFunctionArgs, useNavigate } from 'react-router';
import { client, useSend } from '../../../lib/api.ts';
import { useActor, useWords } from '../../../lib/language.ts';
import type { Column } from '../../../parts/data-table.tsx';
import { ErrorNote } from '../../../parts/error-state.tsx';
import type { Filter } from '../../../parts/filters.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { PageHead } from '../../../parts/page-head.tsx';
import { listLoader, QueryList, type RowOf } from '../../../parts/query-list.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { reportOf } from './drift-query.ts';
import { StockTabs } from './stock-tabs.tsx';

export const loader = (args: LoaderFunctionArgs) => listLoader(valuation.listDriftReports)(args);

type Row = RowOf<typeof valuation.listDriftReports>;

const only = { found: { zh: '只看有差异', en: 'With differences only' } } as const;
const filters: readonly Filter[] = [{ kind: 'choice', name: 'only', label: 'drift.only', terms: only }];

const agrees = { tone: 'good', zh: '全部相符', en: 'All agree' } as const;
const open = { tone: 'bad', zh: '有待处理', en: 'Open' } as const;
const mended = { tone: 'done', zh: '已处理', en: 'Dealt with' } as const;
const stateOf = (report: Row) =>
  report.found === 0 ? agrees : report.repaired + report.open < report.found || report.open > 0 ? open : mended;

const columns: readonly Column<Row>[] = [
  { key: 'at', title: 'drift.at', show: (report, { f }) => f.instant(report.at) },
  { key: 'by', title: 'drift.by', show: (report) => <Actor name={report.actor} />, card: 'second' },
  { key: 'checked', title: 'drift.checked', isNumber: true, show: (report, { f }) => f.count(report.checked), card: 'right' },
  { key: 'found', title: 'drift.found', isNumber: true, show: (report, { f }) => f.count(report.found) },
  { key: 'repaired', title: 'drift.repaired', isNumber: true, show: (report, { f }) => f.count(report.repaired) },
  { key: 'open', title: 'drift.open', isNumber: true, show: (report, { f }) => f.count(report.open) },
  { key: 'state', title: 'stock.state', show: (report) => <StatusTag status={stateOf(report)} code="" />, card: 'status' },
];

function Actor({ name }: { name: string }) {
  return useActor()(name);
}

/** Whether every balance is the sum of its ledger: each night, and whenever somebody asks. */
export function Page() {
  const words = useWords();
  const navigate = useNavigate();
  const check = useSend(valuation.checkDrift, [valuation.listDriftReports]);
  const act = (
    <MayButton
      need="inventory.adjust"
      type="primary"
      loading={check.isPending}
      onClick={() =>
        check.mutate(
          { body: {} },
          {
            onSuccess: (report) => {
              client.setQueryData(reportOf(report.id).queryKey, report);
              void navigate(`/supply/stock/drift/${report.id}`);
            },
          },
        )
      }
    >
      {words('drift.check')}
    </MayButton>
  );
  return (
    <QueryList
      endpoint={valuation.listDriftReports}
      title={words('stock.tabDrift')}
      head={
        <>
          <PageHead title={words('stock.tabDrift')} module={words('nav.stock')} about={words('drift.about')} actions={act} />
          <StockTabs />
          <ErrorNote error={check.error} />
        </>
      }
      filters={filters}
      columns={columns}
      rowKey={(report) => report.id}
      href={(report) => `/supply/stock/drift/${report.id}`}
      empty={{ sentence: words('drift.empty') }}
    />
  );
}
