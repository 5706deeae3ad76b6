import { useSuspenseQuery } from '@tanstack/react-query';
import { counts } from '@tongshang/contract';
import { countStates } from '@tongshang/ui';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useNavigate, useParams } from 'react-router';
import { client, useSend } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useTerm, useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { Facts, ObjectPage, Section } from '../../../parts/object-page.tsx';
import { readPlaces, usePlaceName } from '../../../parts/place-choice.tsx';
import { ReasonDialog } from '../../../parts/reason-dialog.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { type Count, type CountLine, countOf, refreshed, showAsIs } from './count-query.ts';
import '../../../supply.css';

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(countOf(params['id'])), readPlaces()]);

const signed = (difference: number, say: (value: number) => string): string =>
  difference > 0 ? `+${say(difference)}` : say(difference);

const columns: readonly Column<CountLine>[] = [
  {
    key: 'item',
    title: 'counts.item',
    show: (line, { name }) => (
      <>
        <code>{line.sku}</code> {name(line)}
      </>
    ),
  },
  { key: 'bin', title: 'counts.bin', isTight: true, show: (line) => line.bin ?? '—' },
  { key: 'lot', title: 'counts.lot', show: (line) => line.lot ?? '—' },
  { key: 'expected', title: 'counts.expected', isNumber: true, show: (line, { f }) => f.count(line.expected) },
  { key: 'first', title: 'counts.first', isNumber: true, show: (line, { f }) => f.count(line.first) },
  { key: 'second', title: 'counts.second', isNumber: true, show: (line, { f }) => f.count(line.second) },
  {
    key: 'difference',
    title: 'counts.difference',
    isNumber: true,
    show: (line, { f }) =>
      line.difference === null ? '—' : line.difference === 0 ? '0' : <strong>{signed(line.difference, f.count)}</strong>,
  },
];

/** One count: blind until it is decided, then what was expected, what was found, and what the difference is worth. */
export function Page() {
  const words = useWords();
  const f = useFormat();
  const placeName = usePlaceName();
  const { data } = useSuspenseQuery(countOf(useParams()['id']));
  const [isCancelling, setCancelling] = useState(false);
  const isBlind = data.lines.every((line) => line.expected === null);
  return (
    <ObjectPage
      title={data.number}
      module={words('nav.counts')}
      back={{ to: '/supply/counts', text: words('nav.counts') }}
      id={data.number}
      status={<StatusTag status={countStates[data.state]} code={data.state} />}
      facts={words('counts.facts', { place: placeName(data.location), lines: data.lineCount, asked: data.asked })}
      actions={<Acts data={data} onCancel={() => setCancelling(true)} />}
    >
      <Section title={words('counts.steps')}>
        <Facts
          facts={[
            [words('counts.openedBy'), `${data.openedBy} · ${f.instant(data.openedAt)}`],
            [words('counts.countedBy'), data.countedBy === null ? null : `${data.countedBy} · ${f.instant(data.countedAt)}`],
            [
              words('counts.recountedBy'),
              data.recountedBy === null ? null : `${data.recountedBy} · ${f.instant(data.recountedAt)}`,
            ],
            [words('counts.differing'), data.differing === null ? null : f.count(data.differing)],
            [words('counts.differenceValue'), data.differenceFen === null ? null : f.money(data.differenceFen)],
            [words('counts.note'), data.note],
          ]}
        />
        {data.state === 'recount' && <p className="notice">{words('counts.recountText', { asked: data.asked })}</p>}
        {data.state === 'waiting' && data.correctionId !== null && (
          <p className="notice">
            {words('counts.waitingText')}{' '}
            <Link to={`/supply/stock/adjustments/${data.correctionId}`}>{words('counts.openCorrection')}</Link>
          </p>
        )}
      </Section>
      <Section title={words('counts.sheet')}>
        {isBlind && data.state !== 'cancelled' && <p className="second">{words('counts.blind')}</p>}
        <DataTable
          caption={words('counts.sheet')}
          columns={columns}
          rows={data.lines}
          rowKey={(line) => String(line.lineNo)}
          href={(line) => `/supply/stock/${encodeURIComponent(line.sku)}?location=${encodeURIComponent(data.location)}`}
        />
      </Section>
      {isCancelling && <CancelDialog count={data} onClose={() => setCancelling(false)} />}
    </ObjectPage>
  );
}

function Acts({ data, onCancel }: { data: Count; onCancel: () => void }) {
  const words = useWords();
  const term = useTerm();
  const navigate = useNavigate();
  const isOpen = data.state === 'open' || data.state === 'recount';
  const notNow = words('counts.notNow', { now: term(countStates, data.state) });
  return (
    <>
      <MayButton
        need="inventory.adjust"
        type="primary"
        not={!isOpen ? notNow : data.canCount ? undefined : words('counts.notYou')}
        onClick={() => void navigate(`/supply/counts/${data.id}/sheet`)}
      >
        {words(data.state === 'recount' ? 'counts.recount' : 'counts.count')}
      </MayButton>
      <MayButton need="inventory.adjust" danger not={isOpen || data.state === 'waiting' ? undefined : notNow} onClick={onCancel}>
        {words('counts.cancel')}
      </MayButton>
    </>
  );
}

function CancelDialog({ count, onClose }: { count: Count; onClose: () => void }) {
  const words = useWords();
  const cancel = useSend(counts.cancelCount, refreshed);
  return (
    <ReasonDialog
      title={words('counts.cancelTitle', { number: count.number })}
      act={words('counts.cancel')}
      wayOut={words('counts.keep')}
      isBusy={cancel.isPending}
      error={cancel.error}
      onClose={onClose}
      onReason={(reason) =>
        cancel.mutate(
          { params: { id: count.id }, body: { reason } },
          {
            onError: showAsIs,
            onSuccess: () => {
              toast(words('counts.cancelledToast', { number: count.number }));
              onClose();
            },
          },
        )
      }
    >
      {words('counts.cancelText')}
    </ReasonDialog>
  );
}
