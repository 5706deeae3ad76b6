import { useSuspenseQuery } from '@tanstack/react-query';
import { schedules } from '@tongshang/contract';
import { languageNames, say } from '@tongshang/ui';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { useNarrow } from '../../lib/screen.ts';
import { useMay } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import { CardList, type Column, DataTable, type Tools } from '../../parts/data-table.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { countsText, readSubject, timingText, toneOf } from './describe.ts';
import { RemoveDialog, SendDialog } from './schedule-acts.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';

type Schedule = schedules.Schedule;

const list = q(schedules.listSchedules);
const mailLanguage = q(schedules.getMailLanguage);
export const loader = () => Promise.all([client.fetchQuery(list), client.ensureQueryData(mailLanguage)]);

const columns: readonly Column<Schedule>[] = [
  { key: 'name', title: 'schedules.name', show: ({ name }) => name },
  { key: 'subject', title: 'schedules.subject', show: subjectText, card: 'second' },
  { key: 'when', title: 'schedules.when', show: ({ timing }, { words }) => timingText(timing, words), card: 'second' },
  { key: 'recipients', title: 'schedules.recipients', show: recipientsText, card: 'second' },
  {
    key: 'next',
    title: 'schedules.next',
    isTight: true,
    show: ({ nextAt }, { f, words }) => (nextAt === null ? words('schedules.paused') : f.instant(nextAt)),
    card: 'right',
  },
  { key: 'last', title: 'schedules.last', show: lastShown, card: 'status' },
];

function subjectText({ subjectName }: Schedule, { words, f }: Tools): string {
  return subjectName === null ? words('schedules.subjectGone') : say(subjectName, f.language);
}

function recipientsText({ recipients }: Schedule, { words }: Tools) {
  const names = recipients.map(({ name }) => name).join(words('list.comma'));
  return (
    <span title={names}>{recipients.length > 3 ? words('schedules.recipientCount', { count: recipients.length }) : names}</span>
  );
}

function lastShown({ last }: Schedule, { words, f }: Tools) {
  if (last === null) return <span className="third">{words('schedules.never')}</span>;
  const text = `${f.instant(last.dueAt)} · ${countsText(last.counts, words)}`;
  return <StatusTag status={{ tone: toneOf(last.counts), zh: text, en: text }} code="" />;
}

/** Scheduled mails: which board goes to whom and when, how the last sending went. */
export function Page() {
  const words = useWords();
  const isNarrow = useNarrow(992);
  const [url, setUrl] = useSearchParams();
  const { data } = useSuspenseQuery(list);
  const asked = readSubject(url.get('new'));
  const [editing, setEditing] = useState<Schedule | 'new' | undefined>(asked === undefined ? undefined : 'new');
  const mayManage = useMay()('metrics.export');
  const List = isNarrow ? CardList : DataTable;
  const close = () => {
    setEditing(undefined);
    if (asked !== undefined) setUrl({}, { replace: true });
  };
  return (
    <div className="stack">
      <PageHead
        title={words('nav.schedules')}
        module={words('wing.know')}
        about={words('schedules.about')}
        actions={
          <>
            <MailLanguage />
            <MayButton need="metrics.export" type="primary" onClick={() => setEditing('new')}>
              {words('schedules.add')}
            </MayButton>
          </>
        }
      />
      {!data.canSend && <p className="notice">{words('schedules.noMail', { url: 'SMTP_URL', from: 'MAIL_FROM' })}</p>}
      <div className="card">
        {data.items.length === 0 ? (
          <div className="empty">
            <p>{words(mayManage ? 'schedules.empty' : 'schedules.emptyMine')}</p>
          </div>
        ) : (
          <List<Schedule>
            caption={words('nav.schedules')}
            columns={columns}
            rows={data.items}
            rowKey={({ id }) => id}
            href={({ id }) => `/know/schedules/${id}`}
            rowActions={(schedule) => <RowActs schedule={schedule} onEdit={() => setEditing(schedule)} />}
          />
        )}
      </div>
      {editing !== undefined && (
        <ScheduleDialog schedule={editing === 'new' ? undefined : editing} items={data.items} subject={asked} onClose={close} />
      )}
    </div>
  );
}

function RowActs({ schedule, onEdit }: { schedule: Schedule; onEdit: () => void }) {
  const words = useWords();
  const { id, name, isPaused } = schedule;
  const [open, setOpen] = useState<'send' | 'remove'>();
  const pause = useSend(schedules.pauseSchedule, [schedules.listSchedules]);
  const turn = () =>
    pause.mutate(
      { params: { id }, body: { isPaused: !isPaused } },
      { onSuccess: () => toast(words(isPaused ? 'schedules.resumedToast' : 'schedules.pausedToast', { name })) },
    );
  if (!schedule.mayChange) return null;
  return (
    <>
      <Button size="small" type="link" aria-label={words('schedules.sendNowOf', { name })} onClick={() => setOpen('send')}>
        {words('schedules.sendNow')}
      </Button>
      <Button
        size="small"
        type="link"
        loading={pause.isPending}
        aria-label={words(isPaused ? 'schedules.resumeOf' : 'schedules.pauseOf', { name })}
        onClick={turn}
      >
        {words(isPaused ? 'schedules.resume' : 'schedules.pause')}
      </Button>
      <Button size="small" type="link" aria-label={words('schedules.editOf', { name })} onClick={onEdit}>
        {words('schedules.edit')}
      </Button>
      <Button
        size="small"
        type="link"
        danger
        aria-label={words('schedules.removeOf', { name })}
        onClick={() => setOpen('remove')}
      >
        {words('schedules.remove')}
      </Button>
      {open === 'send' && <SendDialog schedule={schedule} onClose={() => setOpen(undefined)} />}
      {open === 'remove' && <RemoveDialog schedule={schedule} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** In which language the house writes to whoever looks. */
function MailLanguage() {
  const words = useWords();
  const { data } = useSuspenseQuery(mailLanguage);
  const choose = useSend(schedules.setMailLanguage, [schedules.getMailLanguage]);
  return (
    <label className="row">
      <span className="second">{words('schedules.language')}</span>
      <Select
        value={data.language}
        loading={choose.isPending}
        options={(['zh-CN', 'en'] as const).map((value) => ({ value, label: languageNames[value] }))}
        onChange={(language) =>
          choose.mutate(
            { body: { language } },
            { onSuccess: () => toast(words('schedules.languageToast', { language: languageNames[language] })) },
          )
        }
      />
    </label>
  );
}
