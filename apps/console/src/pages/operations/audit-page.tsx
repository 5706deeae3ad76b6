import { operations } from '@tongshang/contract';
import { actorKinds } from '@tongshang/ui';
import { Input } from 'antd';
import { useSearchParams } from 'react-router';
import { useWords } from '../../lib/language.ts';
import { withFilter } from '../../lib/list-url.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';

export const loader = listLoader(operations.listAudit);

const columns: readonly Column<RowOf<typeof operations.listAudit>>[] = [
  { key: 'at', title: 'audit.at', show: (entry, { f }) => f.instantExact(entry.at) },
  { key: 'what', title: 'audit.what', show: (entry) => <code>{entry.name}</code>, card: 'second' },
  { key: 'who', title: 'audit.who', show: (entry) => entry.actor, card: 'right' },
  { key: 'kind', title: 'audit.kind', show: (entry, { term }) => term(actorKinds, entry.actorKind), card: 'status' },
  {
    key: 'payload',
    title: 'audit.payload',
    show: (entry) => (
      <details>
        <summary className="clip">{JSON.stringify(entry.payload).slice(0, 80)}</summary>
        <pre className="payload">{JSON.stringify(entry.payload, undefined, 2)}</pre>
      </details>
    ),
  },
];

const filters: readonly Filter[] = [{ kind: 'choice', name: 'actorKind', label: 'audit.kind', terms: actorKinds }];

/** Everything that happened, who did it and when. */
export function Page() {
  const words = useWords();
  return (
    <QueryList
      endpoint={operations.listAudit}
      title={words('nav.audit')}
      module={words('wing.settings')}
      about={words('audit.about')}
      rail={<NameFilter />}
      filters={filters}
      columns={columns}
      rowKey={(entry) => entry.id}
      empty={{ sentence: words('audit.empty') }}
    />
  );
}

function NameFilter() {
  const words = useWords();
  const [url, setUrl] = useSearchParams();
  const name = url.get('name') ?? '';
  return (
    <div className="filters">
      <Input.Search
        key={name}
        className="search-field"
        aria-label={words('audit.name')}
        placeholder={words('audit.name')}
        defaultValue={name}
        allowClear
        onSearch={(text) => setUrl(withFilter(url, { name: text.trim() }))}
      />
    </div>
  );
}
