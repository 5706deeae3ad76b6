import { useSuspenseQuery } from '@tanstack/react-query';
import { boards } from '@tongshang/contract';
import { addDays, annotationKindWords, annotationSourceWords, dayOf, say } from '@tongshang/ui';
import { useState } from 'react';
import { type LoaderFunctionArgs, useSearchParams } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { useNarrow } from '../../lib/screen.ts';
import { toast } from '../../lib/toast.ts';
import { CardList, type Column, DataTable } from '../../parts/data-table.tsx';
import { DateRange } from '../../parts/date-range.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { AnnotationDialog } from './annotation-dialog.tsx';

type Annotation = boards.Annotation;

const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text);

/** The quarter around today, unless the address says other days. */
function periodIn(url: URLSearchParams, today: string): { from: string; to: string } {
  const [from, to] = [url.get('from'), url.get('to')];
  return isDay(from) && isDay(to) && from <= to ? { from, to } : { from: addDays(today, -60), to: addDays(today, 30) };
}

const listed = (period: { from: string; to: string }) => q(boards.listAnnotations, { query: period });

export const loader = ({ request }: LoaderFunctionArgs) =>
  client.ensureQueryData(listed(periodIn(new URL(request.url).searchParams, dayOf(Date.now()))));

const columns: readonly Column<Annotation>[] = [
  { key: 'title', title: 'annotations.title', show: (one, { f }) => say(one.title, f.language) },
  { key: 'kind', title: 'annotations.kind', show: (one, { term }) => term(annotationKindWords, one.kind), card: 'status' },
  {
    key: 'days',
    title: 'annotations.days',
    isTight: true,
    show: (one) => (one.from === one.to ? one.from : `${one.from}—${one.to}`),
    card: 'second',
  },
  {
    key: 'source',
    title: 'annotations.source',
    show: (one, { term }) => one.byName ?? term(annotationSourceWords, one.source),
    card: 'second',
  },
];

/** What happened, for whoever reads a chart: written by hand, or made by the house from its promotions and the calendar. */
export function Page() {
  const words = useWords();
  const { today } = useFormat();
  const isNarrow = useNarrow(992);
  const [url, setUrl] = useSearchParams();
  const period = periodIn(url, today());
  const { data } = useSuspenseQuery(listed(period));
  const [editing, setEditing] = useState<Annotation | 'new'>();
  const [removing, setRemoving] = useState<Annotation>();
  const List = isNarrow ? CardList : DataTable;
  return (
    <div>
      <PageHead
        title={words('nav.annotations')}
        module={words('wing.know')}
        about={words('annotations.about')}
        actions={
          <MayButton need="boards.share" type="primary" onClick={() => setEditing('new')}>
            {words('annotations.add')}
          </MayButton>
        }
      />
      <div className="card">
        <div className="filters">
          <DateRange
            label={words('annotations.days')}
            from={period.from}
            to={period.to}
            onChange={({ from, to }) => setUrl(from !== undefined && to !== undefined ? { from, to } : {})}
          />
        </div>
        {data.items.length === 0 ? (
          <div className="empty">
            <p>{words('annotations.none')}</p>
          </div>
        ) : (
          <List<Annotation>
            caption={words('nav.annotations')}
            columns={columns}
            rows={data.items}
            rowKey={({ id }) => id}
            rowActions={(one) =>
              one.source === 'hand' && <Acts one={one} onEdit={() => setEditing(one)} onRemove={() => setRemoving(one)} />
            }
          />
        )}
      </div>
      {editing && (
        <AnnotationDialog
          annotation={editing === 'new' ? undefined : editing}
          today={today()}
          onClose={() => setEditing(undefined)}
        />
      )}
      {removing && <RemoveDialog annotation={removing} onClose={() => setRemoving(undefined)} />}
    </div>
  );
}

function Acts({ one, onEdit, onRemove }: { one: Annotation; onEdit: () => void; onRemove: () => void }) {
  const words = useWords();
  const language = useLanguage();
  const name = say(one.title, language);
  return (
    <>
      <MayButton need="boards.share" size="small" type="link" aria-label={words('annotations.editOf', { name })} onClick={onEdit}>
        {words('annotations.edit')}
      </MayButton>
      <MayButton
        need="boards.share"
        size="small"
        type="link"
        danger
        aria-label={words('annotations.removeOf', { name })}
        onClick={onRemove}
      >
        {words('annotations.remove')}
      </MayButton>
    </>
  );
}

function RemoveDialog({ annotation, onClose }: { annotation: Annotation; onClose: () => void }) {
  const words = useWords();
  const language = useLanguage();
  const remove = useSend(boards.removeAnnotation, [boards.listAnnotations]);
  const name = say(annotation.title, language);
  return (
    <Dialog
      title={words('annotations.removeTitle', { name })}
      act={words('annotations.remove')}
      isOpen
      isDanger
      isBusy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onAct={() =>
        remove.mutate(
          { params: { id: annotation.id } },
          {
            onSuccess: () => {
              toast(words('annotations.removed', { name }));
              onClose();
            },
          },
        )
      }
    >
      <p>{words('annotations.removeText')}</p>
    </Dialog>
  );
}
