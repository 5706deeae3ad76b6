import { SyncOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { imports, orders } from '@tongshang/contract';
import { Link } from 'react-router';
import { q } from '../lib/api.ts';
import { useWords } from '../lib/language.ts';
import { useMay } from '../lib/session.ts';

interface Running {
  state: { data?: { items: readonly unknown[] } | undefined };
}
/** Often while something runs, else now and then. */
const often = ({ state }: Running): number => (state.data && state.data.items.length > 0 ? 2_000 : 20_000);

/** Imports and runs over many orders that go on now, wherever they were started; it survives a reload because it asks the server. */
export default function JobTray() {
  const words = useWords();
  const mayDo = useMay();
  const landing = useQuery({
    ...q(imports.listImports, { query: { state: 'running', limit: 5 } }),
    enabled: mayDo('imports.view'),
    refetchInterval: often,
  });
  const bulk = useQuery({
    ...q(orders.listBulkRuns, { query: { state: 'running', limit: 5 } }),
    enabled: mayDo('orders.release') || mayDo('orders.cancel'),
    refetchInterval: often,
  });
  const [file] = landing.data?.items ?? [];
  const [run] = bulk.data?.items ?? [];
  return (
    <>
      {file && (
        <Link to={`/know/imports/${file.id}`} className="job-tray" title={file.fileName}>
          <SyncOutlined spin aria-hidden="true" /> {words('jobs.tray', { percent: Math.floor(file.progress * 100) })}
        </Link>
      )}
      {run && (
        <Link to={`/sell/orders/bulk/${run.id}?state=refused`} className="job-tray">
          <SyncOutlined spin aria-hidden="true" />{' '}
          {words('jobs.trayBulk', { percent: Math.floor(((run.done + run.refused) / run.total) * 100) })}
        </Link>
      )}
    </>
  );
}
