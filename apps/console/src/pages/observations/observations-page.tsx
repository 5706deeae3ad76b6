import { observations } from '@tongshang/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useLanguage, useWords } from '../../lib/language.ts';
import { say } from '@tongshang/ui';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { MayButton } from '../../parts/may.tsx';
import { listLoader, QueryList } from '../../parts/query-list.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { CorrectDialog } from './correct-dialog.tsx';
import { HistoryDialog } from './history-dialog.tsx';
import '../../observations.css';
import { RecordDialog } from './record-dialog.tsx';
import { UploadDialog } from './upload-dialog.tsx';
import { showValue } from './value.ts';

export const loader = listLoader(observations.listObservations);

type One = observations.Observation;

const withdrawn = { tone: 'neutral', zh: '已撤回', en: 'Withdrawn' } as const;

const columns: readonly Column<One>[] = [
  { key: 'figure', title: 'observations.figure', show: (one, { f }) => say(observations.observableWords[one.name], f.language) },
  {
    key: 'days',
    title: 'observations.days',
    isTight: true,
    show: (one) => (one.from === one.to ? one.from : `${one.from} – ${one.to}`),
    card: 'second',
  },
  {
    key: 'value',
    title: 'observations.value',
    isNumber: true,
    show: (one, { f }) => (
      <>
        {one.isWithdrawn && <StatusTag status={withdrawn} code="" />} {showValue(one.value, one.name, f)}
      </>
    ),
    text: (one, { f, words }) => (one.isWithdrawn ? words('observations.withdrawn') : showValue(one.value, one.name, f)),
    card: 'right',
  },
  { key: 'cases', title: 'observations.cases', isNumber: true, show: (one, { f }) => f.count(one.cases) },
  { key: 'channel', title: 'observations.channel', show: (one) => one.channel || '—', card: 'second' },
  { key: 'campaign', title: 'observations.campaign', show: (one) => one.campaign || '—', card: 'second' },
  { key: 'source', title: 'observations.source', show: (one) => one.source },
  { key: 'version', title: 'observations.version', isNumber: true, show: (one) => String(one.version) },
  { key: 'by', title: 'observations.by', show: (one) => one.recordedBy },
  { key: 'at', title: 'observations.at', isTight: true, isExtra: true, show: (one, { f }) => f.instant(one.recordedAt) },
];

const filters: readonly Filter[] = [
  { kind: 'choice', name: 'name', label: 'observations.figure', terms: observations.observableWords },
  { kind: 'days', name: 'days', from: 'from', to: 'to', label: 'observations.days' },
];

/** Figures that nobody in the house can count: recorded, corrected, and what they were before. */
export function Page() {
  const words = useWords();
  const [open, setOpen] = useState<'record' | 'upload' | { correct: One } | { history: One }>();
  const close = () => setOpen(undefined);
  const record = (
    <MayButton need="observations.edit" type="primary" onClick={() => setOpen('record')}>
      {words('observations.record')}
    </MayButton>
  );
  return (
    <>
      <QueryList
        endpoint={observations.listObservations}
        title={words('nav.observations')}
        module={words('wing.know')}
        about={words('observations.about')}
        actions={
          <>
            <MayButton need="observations.edit" onClick={() => setOpen('upload')}>
              {words('observations.upload')}
            </MayButton>
            {record}
          </>
        }
        filters={filters}
        columns={columns}
        rowKey={(one) => one.id}
        rowActions={(one) => (
          <RowActions one={one} onCorrect={() => setOpen({ correct: one })} onHistory={() => setOpen({ history: one })} />
        )}
        empty={{ sentence: words('observations.empty'), action: record }}
      />
      {open === 'record' && <RecordDialog onClose={close} />}
      {open === 'upload' && <UploadDialog onClose={close} />}
      {typeof open === 'object' && 'correct' in open && <CorrectDialog one={open.correct} onClose={close} />}
      {typeof open === 'object' && 'history' in open && <HistoryDialog one={open.history} onClose={close} />}
    </>
  );
}

function RowActions({ one, onCorrect, onHistory }: { one: One; onCorrect: () => void; onHistory: () => void }) {
  const words = useWords();
  const name = `${say(observations.observableWords[one.name], useLanguage())} ${one.from}`;
  return (
    <>
      <Button size="small" type="link" aria-label={words('observations.historyOf', { name })} onClick={onHistory}>
        {words('observations.history')}
      </Button>
      <MayButton
        need="observations.edit"
        size="small"
        type="link"
        aria-label={words('observations.correctOf', { name })}
        onClick={onCorrect}
      >
        {words('observations.correct')}
      </MayButton>
    </>
  );
}
