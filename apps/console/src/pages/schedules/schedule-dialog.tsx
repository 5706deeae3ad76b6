import { useQuery } from '@tanstack/react-query';
import { boards, RefusedError, schedules } from '@tongshang/contract';
import { roleWords, say } from '@tongshang/ui';
import { Form, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { forget, q, useSend } from '../../lib/api.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { ChangedNotice } from '../collection/changed-notice.tsx';
import { readSubject, subjectKey, weekdayOptions } from './describe.ts';

interface ScheduleForm {
  name: string;
  subject: string;
  cadence: schedules.Cadence;
  weekday: number;
  monthDay: number;
  at: string;
  recipients: string[];
}

interface ScheduleDialogProps {
  schedule: schedules.Schedule | undefined;
  /** The list as it stands: read anew when somebody else was quicker. */
  items: readonly schedules.Schedule[];
  /** What a board's page asks to send. */
  subject: schedules.Subject | undefined;
  onClose: () => void;
}

const atPattern = /^([01]?\d|2[0-3])[:：][0-5]\d$/;

/** Makes a scheduled mail or changes one; who was overtaken sees it and chooses. */
export function ScheduleDialog({ schedule, items, subject, onClose }: ScheduleDialogProps) {
  const words = useWords();
  const [form] = Form.useForm<ScheduleForm>();
  const [version, setVersion] = useState(schedule?.version ?? 0);
  const create = useSend(schedules.createSchedule, [schedules.listSchedules]);
  const change = useSend(schedules.changeSchedule, [schedules.listSchedules]);
  const standing = items.find(({ id }) => id === schedule?.id);
  const isOvertaken = standing !== undefined && standing.version !== version && !change.isPending;
  const done = ({ name }: schedules.Schedule) => {
    toast(words('schedules.savedToast', { name }));
    onClose();
  };
  const submit = (values: ScheduleForm) => {
    const body = bodyOf(values);
    if (schedule === undefined) create.mutate({ body }, { onSuccess: done });
    else
      change.mutate(
        { params: { id: schedule.id }, body: { ...body, version } },
        {
          onSuccess: done,
          onError: (error) => {
            if (error instanceof RefusedError && error.code === 'schedule.changed') void forget(schedules.listSchedules);
          },
        },
      );
  };
  const keepMine = () => {
    if (standing !== undefined) setVersion(standing.version);
    change.reset();
  };
  return (
    <FormDialog<ScheduleForm>
      form={form}
      title={schedule === undefined ? words('schedules.add') : words('schedules.editOf', { name: schedule.name })}
      act={words('schedules.save')}
      isOpen
      isBusy={create.isPending || change.isPending}
      error={isOvertaken ? undefined : (create.error ?? change.error)}
      initial={schedule === undefined ? { ...blank, ...(subject && { subject: subjectKey(subject) }) } : formOf(schedule)}
      onClose={onClose}
      onSubmit={submit}
      width={600}
    >
      <Field name="name" label={words('schedules.name')} help={words('schedules.nameHelp')}>
        <Input maxLength={80} autoComplete="off" />
      </Field>
      <SubjectField />
      <TimingFields />
      <RecipientsField schedule={schedule} />
      {isOvertaken && (
        <ChangedNotice
          text={words('schedules.changedMeanwhile', { name: standing.name })}
          onTheirs={() => {
            form.setFieldsValue(formOf(standing));
            keepMine();
          }}
          onMine={keepMine}
        />
      )}
    </FormDialog>
  );
}

const blank: Partial<ScheduleForm> = { cadence: 'daily', weekday: 1, monthDay: 1, at: '08:00', recipients: [] };

const formOf = ({ name, subject, timing, recipients }: schedules.Schedule): Partial<ScheduleForm> => ({
  ...blank,
  ...timing,
  name,
  subject: subjectKey(subject),
  recipients: recipients.map(({ id }) => id),
});

function bodyOf({ name, subject, cadence, weekday, monthDay, at: typed, recipients }: ScheduleForm) {
  const at = typed.replace('：', ':').padStart(5, '0');
  const timing: schedules.Timing =
    cadence === 'daily' ? { cadence, at } : cadence === 'weekly' ? { cadence, at, weekday } : { cadence, at, monthDay };
  return { name, subject: readSubject(subject) ?? { kind: 'board' as const, id: 'executive' as const }, timing, recipients };
}

function SubjectField() {
  const words = useWords();
  const language = useLanguage();
  const { data: all, isLoading } = useQuery(q(boards.listBoards));
  const { data: saved } = useQuery(q(boards.listQuestions));
  const options = [
    {
      label: words('schedules.boards'),
      options: (all?.items ?? []).map(({ id, name }) => ({ value: `board:${id}`, label: say(name, language) })),
    },
    {
      label: words('schedules.questions'),
      options: (saved?.items ?? []).map(({ id, name }) => ({ value: `question:${id}`, label: say(name, language) })),
    },
  ].filter((group) => group.options.length > 0);
  return (
    <Field name="subject" label={words('schedules.subject')}>
      <Select showSearch={{ optionFilterProp: 'label' }} loading={isLoading} options={options} />
    </Field>
  );
}

function TimingFields() {
  const words = useWords();
  const cadence = Form.useWatch<schedules.Cadence | undefined>('cadence') ?? 'daily';
  return (
    <>
      <Field name="cadence" label={words('schedules.cadence')}>
        <Radio.Group options={schedules.cadences.map((value) => ({ value, label: words(`schedules.cadence.${value}`) }))} />
      </Field>
      {cadence === 'weekly' && (
        <Field name="weekday" label={words('schedules.weekday')}>
          <Select options={weekdayOptions(words)} />
        </Field>
      )}
      {cadence === 'monthly' && (
        <Field name="monthDay" label={words('schedules.monthDay')} help={words('schedules.monthDayHelp')}>
          <InputNumber min={1} max={31} precision={0} />
        </Field>
      )}
      <Field
        name="at"
        label={words('schedules.at')}
        help={words('schedules.atHelp')}
        rules={[{ pattern: atPattern, message: words('schedules.atWrong') }]}
      >
        <Input className="time-field" inputMode="numeric" autoComplete="off" maxLength={5} />
      </Field>
    </>
  );
}

/** Those who may receive, and who is on it already: somebody who may no longer is named, so that they can be taken off. */
function RecipientsField({ schedule }: { schedule: schedules.Schedule | undefined }) {
  const words = useWords();
  const term = useTerm();
  const { data, isLoading } = useQuery(q(schedules.listRecipients));
  const fit = (data?.items ?? []).map(({ id, name, role, location }) => ({
    value: id,
    label: location === null ? `${name} · ${term(roleWords, role)}` : words('schedules.recipientAt', { name, store: location }),
  }));
  const others = (schedule?.recipients ?? [])
    .filter(({ id }) => !fit.some(({ value }) => value === id))
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Field name="recipients" label={words('schedules.recipients')} help={words('schedules.recipientsHelp')}>
      <Select
        mode="multiple"
        showSearch={{ optionFilterProp: 'label' }}
        loading={isLoading}
        maxCount={schedules.recipientsMax}
        options={[...fit, ...others]}
      />
    </Field>
  );
}
