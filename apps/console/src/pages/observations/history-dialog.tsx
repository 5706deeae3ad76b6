import { useQuery } from '@tanstack/react-query';
import { observations } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { Modal } from 'antd';
import { q } from '../../lib/api.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { showValue } from './value.ts';

const columns: readonly Column<observations.Observation>[] = [
  { key: 'version', title: 'observations.version', show: (one) => String(one.version) },
  {
    key: 'value',
    title: 'observations.value',
    isNumber: true,
    show: (one, { f, words }) => (one.isWithdrawn ? words('observations.withdrawn') : showValue(one.value, one.name, f)),
  },
  { key: 'cases', title: 'observations.cases', isNumber: true, show: (one, { f }) => f.count(one.cases) },
  { key: 'source', title: 'observations.source', show: (one) => one.source },
  { key: 'by', title: 'observations.by', show: (one) => one.recordedBy },
  { key: 'at', title: 'observations.at', isTight: true, show: (one, { f }) => f.instant(one.recordedAt) },
  { key: 'note', title: 'observations.note', show: (one) => [one.note, one.fileName].filter(Boolean).join(' · ') || '—' },
];

/** What a figure was before: every version, who said so and when. */
export function HistoryDialog({ one, onClose }: { one: observations.Observation; onClose: () => void }) {
  const words = useWords();
  const language = useLanguage();
  const { data, error, refetch } = useQuery(q(observations.listObservationVersions, { params: { id: one.id } }));
  const title = words('observations.historyOf', { name: say(observations.observableWords[one.name], language) });
  return (
    <Modal title={title} open onCancel={onClose} footer={null} width={860} loading={data === undefined && error === null}>
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {data && <DataTable caption={title} columns={columns} rows={data.items} rowKey={(version) => String(version.version)} />}
    </Modal>
  );
}
