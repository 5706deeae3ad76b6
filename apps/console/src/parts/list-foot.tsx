import { Button, Select } from 'antd';
import { useFormat } from '../lib/format.ts';
import { useWords } from '../lib/language.ts';
import { withFilter } from '../lib/list-url.ts';

export interface Pager {
  pageNumber: number;
  back: (() => void) | undefined;
  on: (() => void) | undefined;
}

interface FootProps {
  read: { dataUpdatedAt: number; refetch: () => unknown; isFetching: boolean };
  shown: number;
  pager: Pager;
  url: URLSearchParams;
  change: (url: URLSearchParams, how: 'push') => void;
}

/** How many rows, as of when, and the way to the next page. */
export function ListFoot({ read, shown, pager, url, change }: FootProps) {
  const words = useWords();
  const { time } = useFormat();
  return (
    <footer className="list-foot">
      <span aria-live="polite">{words('list.shown', { count: shown })}</span>
      <span className="second">
        {words('list.asOf', { time: time(read.dataUpdatedAt) })}{' '}
        <Button type="link" size="small" disabled={read.isFetching} onClick={() => void read.refetch()}>
          {words('act.refresh')}
        </Button>
      </span>
      <span className="spring" />
      <Select
        size="small"
        aria-label={words('list.pageSize')}
        value={url.get('limit') ?? '50'}
        options={['20', '50', '100', '200'].map((size) => ({ value: size, label: words('list.rows', { size }) }))}
        onChange={(size) => change(withFilter(url, { limit: size === '50' ? undefined : size }), 'push')}
      />
      <nav aria-label={words('list.pages')} className="row">
        <Button size="small" disabled={pager.back === undefined} onClick={pager.back}>
          {words('list.previousPage')}
        </Button>
        <span className="second">{words('list.page', { page: pager.pageNumber })}</span>
        <Button size="small" disabled={pager.on === undefined} onClick={pager.on}>
          {words('list.nextPage')}
        </Button>
      </nav>
    </footer>
  );
}
