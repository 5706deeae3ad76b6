import { imports } from '@tongshang/contract';
import { importKinds, importStates } from '@tongshang/ui';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/language.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { UploadDialog } from './upload-dialog.tsx';

export const loader = listLoader(imports.listImports);

const columns: readonly Column<RowOf<typeof imports.listImports>>[] = [
  { key: 'file', title: 'imports.file', show: (one) => one.fileName },
  { key: 'kind', title: 'imports.kind', show: (one, { term }) => term(importKinds, one.kind), card: 'second' },
  { key: 'at', title: 'imports.at', show: (one, { f }) => f.instant(one.createdAt), card: 'second' },
  { key: 'total', title: 'imports.rowsTotal', isNumber: true, show: (one, { f }) => f.count(one.rowsTotal) },
  { key: 'good', title: 'imports.rowsGood', isNumber: true, show: (one, { f }) => f.count(one.rowsGood), card: 'right' },
  { key: 'unchanged', title: 'imports.rowsUnchanged', isNumber: true, show: (one, { f }) => f.count(one.rowsUnchanged) },
  { key: 'bad', title: 'imports.rowsBad', isNumber: true, show: (one, { f }) => f.count(one.rowsBad) },
  { key: 'by', title: 'imports.by', show: (one) => one.createdBy },
  {
    key: 'state',
    title: 'imports.state',
    show: (one) => <StatusTag status={importStates[one.state]} code={one.state} />,
    card: 'status',
  },
];

const filters: readonly Filter[] = [
  { kind: 'choice', name: 'kind', label: 'imports.kind', terms: importKinds },
  { kind: 'choice', name: 'state', label: 'imports.state', terms: importStates },
];

export function Page() {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <QueryList
        endpoint={imports.listImports}
        title={words('nav.imports')}
        module={words('wing.know')}
        about={words('imports.about')}
        actions={
          <MayButton need="imports.run" type="primary" onClick={() => setOpen(true)}>
            {words('imports.new')}
          </MayButton>
        }
        filters={filters}
        columns={columns}
        rowKey={(one) => one.id}
        href={(one) => `/know/imports/${one.id}`}
        empty={{
          sentence: words('imports.empty'),
          action: <Button onClick={() => setOpen(true)}>{words('imports.new')}</Button>,
        }}
      />
      {isOpen && <UploadDialog onClose={() => setOpen(false)} />}
    </>
  );
}
