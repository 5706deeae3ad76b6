import { useSuspenseQuery } from '@tanstack/react-query';
import { schedules, urlOf } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useParams, useSearchParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { CardList, type Column, DataTable, type Tools } from '../../parts/data-table.tsx';
import { useNarrow } from '../../lib/screen.ts';
import { MayButton } from '../../parts/may.tsx';
import { ObjectPage } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { timingText, tones } from './describe.ts';
import { SendDialog } from './schedule-acts.tsx';

type Run = schedules.Run;
type Delivery = Run['deliveries'][number];

const list = q(schedules.listSchedules);
/** While a mail is on its way its state is looked at again and again. */
const lookAgainMs = 2000;
const runsOf = (id: string, after: string | null) => ({
  ...q(schedules.listRuns, { params: { id }, query: { limit: 20, ...(after !== null && { after }) } }),
  refetchInterval: ({ state }: { state: { data?: { items: readonly Run[] } | undefined } }) =>
    state.data?.items.some(({ deliveries }) => deliveries.some((one) => one.state === 'waiting')) === true ? lookAgainMs : false,
});

export const loader = ({ params, request }: LoaderFunctionArgs) =>
  Promise.all([
    client.ensureQueryData(list),
    client.fetchQuery(runsOf(params['id'] ?? '', new URL(request.url).searchParams.get('after'))),
  ]);

/** One scheduled mail: what it sends and when, and what became of each mail. */
export function Page() {
  const id = useParams()['id'] ?? '';
  const words = useWords();
  const language = useLanguage();
  const f = useFormat();
  const [url] = useSearchParams();
  const { data: all } = useSuspenseQuery(list);
  const { data: runs } = useSuspenseQuery(runsOf(id, url.get('after')));
  const [isSending, setSending] = useState(false);
  const schedule = all.items.find((one) => one.id === id);
  const back = { to: '/know/schedules', text: words('schedules.back') };
  if (schedule === undefined)
    return (
      <ObjectPage title={words('nav.schedules')} module={words('wing.know')} back={back}>
        <p className="notice">{words('schedules.notFound')}</p>
      </ObjectPage>
    );
  const next = schedule.nextAt === null ? words('schedules.paused') : `${words('schedules.next')} ${f.instant(schedule.nextAt)}`;
  const send = schedule.mayChange && (
    <MayButton need="metrics.export" type="primary" onClick={() => setSending(true)}>
      {words('schedules.sendNow')}
    </MayButton>
  );
  return (
    <ObjectPage
      title={schedule.name}
      module={words('nav.schedules')}
      back={back}
      actions={send}
      facts={[
        schedule.subjectName === null ? words('schedules.subjectGone') : say(schedule.subjectName, language),
        timingText(schedule.timing, words),
        next,
      ].join(' · ')}
    >
      {!all.canSend && <p className="notice">{words('schedules.noMail', { url: 'SMTP_URL', from: 'MAIL_FROM' })}</p>}
      <section className="stack" aria-labelledby="history">
        <h2 id="history">{words('schedules.history')}</h2>
        {runs.items.length === 0 && <p className="card empty">{words('schedules.historyEmpty')}</p>}
        {runs.items.map((run) => (
          <RunCard key={run.id} run={run} />
        ))}
        {runs.next !== null && (
          <p>
            <Link to={`?after=${encodeURIComponent(runs.next)}`}>{words('schedules.more')}</Link>
          </p>
        )}
      </section>
      {isSending && <SendDialog schedule={schedule} onClose={() => setSending(false)} />}
    </ObjectPage>
  );
}

const columns: readonly Column<Delivery>[] = [
  { key: 'name', title: 'schedules.recipient', show: ({ name }) => name },
  { key: 'state', title: 'schedules.state', show: stateShown, card: 'status' },
  { key: 'scope', title: 'schedules.scope', show: scopeText, card: 'second' },
  {
    key: 'sentAt',
    title: 'schedules.sentAt',
    isTight: true,
    show: ({ sentAt }, { f }) => (sentAt === null ? '—' : f.instant(sentAt)),
    card: 'right',
  },
  { key: 'attempts', title: 'schedules.attempts', isNumber: true, show: ({ attempts }, { f }) => f.count(attempts) },
  { key: 'files', title: 'schedules.files', show: (delivery) => <Files delivery={delivery} />, card: 'second' },
];

function scopeText({ store, hasFiles }: Delivery, { words }: Tools): string {
  if (store !== null) return words('schedules.store', { store });
  return hasFiles ? words('schedules.wholeHouse') : '—';
}

/** The state, why, and what the mail server said last. */
function stateShown({ state, reason, answer }: Delivery, { words }: Tools) {
  const text = words(`schedules.state.${state}`);
  return (
    <>
      <StatusTag status={{ tone: tones[state], zh: text, en: text }} code={state} />
      {reason !== null && <div className="second">{words(`schedules.reason.${reason}`)}</div>}
      {answer !== null && state !== 'sent' && (
        <div className="third">
          <code>{answer}</code>
        </div>
      )}
    </>
  );
}

function Files({ delivery: { id, hasFiles, name } }: { delivery: Delivery }) {
  const words = useWords();
  if (!hasFiles) return <>—</>;
  return (
    <span className="row">
      {(['pdf', 'xlsx'] as const).map((kind) => (
        <a
          key={kind}
          href={urlOf(schedules.getDeliveryFile, { params: { id }, query: { kind } })}
          download
          aria-label={words('schedules.fileOf', { kind: kind.toUpperCase(), name })}
        >
          {kind.toUpperCase()}
        </a>
      ))}
    </span>
  );
}

function RunCard({ run }: { run: Run }) {
  const words = useWords();
  const f = useFormat();
  const isNarrow = useNarrow(992);
  const List = isNarrow ? CardList : DataTable;
  const title = run.isByHand
    ? words('schedules.byHand', { name: run.byName ?? '', at: f.instant(run.startedAt) })
    : words('schedules.due', { at: f.instant(run.dueAt) });
  return (
    <div className="card stack-small">
      <h3>{title}</h3>
      {run.missedCount > 0 && (
        <p className="notice">
          {words('schedules.missed', {
            count: run.missedCount,
            times: `${run.missed.map((at) => f.instant(at)).join(words('list.comma'))}${run.missed.length < run.missedCount ? ' …' : ''}`,
          })}
        </p>
      )}
      <List<Delivery> caption={title} columns={columns} rows={run.deliveries} rowKey={({ id }) => id} />
    </div>
  );
}
