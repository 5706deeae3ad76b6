import { SyncOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { imports } from '@tongshang/contract';
import { Link } from 'react-router';
import { q } from '../lib/api.ts';
import { useWords } from '../lib/language.ts';
import { useMay } from '../lib/session.ts';

/** Imports that run now, wherever they were started; it survives a reload because it asks the server. */
export default function JobTray() {
  const words = useWords();
  const maySee = useMay()('imports.view');
  const { data } = useQuery({
    ...q(imports.listImports, { query: { state: 'running', limit: 5 } }),
    enabled: maySee,
    refetchInterval: ({ state }) => (state.data && state.data.items.length > 0 ? 2_000 : 20_000),
  });
  const [first] = data?.items ?? [];
  if (!first) return null;
  const percent = Math.floor(first.progress * 100);
  return (
    <Link to={`/know/imports/${first.id}`} className="job-tray" title={first.fileName}>
      <SyncOutlined spin aria-hidden="true" /> {words('jobs.tray', { percent })}
    </Link>
  );
}
