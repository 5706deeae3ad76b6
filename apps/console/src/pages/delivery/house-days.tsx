import { useSuspenseQuery } from '@tanstack/react-query';
import { delivery, type ReplyOf } from '@tongshang/contract';
import { dayOf } from '@tongshang/ui';
import { Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { q, useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { DayField, dayIn } from '../../parts/day-field.tsx';
import { Dialog, FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Section } from '../../parts/object-page.tsx';

type Day = ReplyOf<typeof delivery.listCalendar>['items'][number];

/** Days to come that are not as their weekday says, for the whole house. */
export const houseDays = () => q(delivery.listCalendar, { query: { from: dayOf(Date.now()) } });

const columns: readonly Column<Day>[] = [
  { key: 'day', title: 'shipping.day', isTight: true, show: (one, { f }) => `${one.day} ${f.weekday(one.day)}` },
  { key: 'name', title: 'shipping.dayName', show: (one, { name }) => name(one) || '—', card: 'second' },
  {
    key: 'dispatches',
    title: 'shipping.dispatches',
    show: (one, { words }) => words(one.dispatches ? 'shipping.open' : 'shipping.closed'),
    card: 'second',
  },
  { key: 'delivers', title: 'shipping.delivers', show: (one, { words }) => words(one.delivers ? 'shipping.yes' : 'shipping.no') },
];

const changed = [delivery.listCalendar, delivery.getPlaceCalendar, delivery.quoteParcel];

/** Holidays and make-up working days of the whole house: set, changed, taken out. */
export function HouseDays() {
  const words = useWords();
  const { data } = useSuspenseQuery(houseDays());
  const [edit, setEdit] = useState<Day | 'new'>();
  const [away, setAway] = useState<Day>();
  const add = (
    <MayButton need="delivery.edit" size="small" onClick={() => setEdit('new')}>
      {words('shipping.addHouseDay')}
    </MayButton>
  );
  return (
    <Section title={words('shipping.houseDays')} extra={add}>
      <p className="second">{words('shipping.houseDaysAbout')}</p>
      {data.items.length === 0 ? (
        <p className="second">{words('shipping.noHouseDays')}</p>
      ) : (
        <DataTable
          caption={words('shipping.houseDays')}
          columns={columns}
          rows={data.items}
          rowKey={(one) => one.day}
          rowActions={(one) => (
            <>
              <MayButton
                need="delivery.edit"
                size="small"
                aria-label={words('shipping.editOf', { name: one.day })}
                onClick={() => setEdit(one)}
              >
                {words('shipping.edit')}
              </MayButton>
              <MayButton
                need="delivery.edit"
                size="small"
                aria-label={words('shipping.removeDayOf', { day: one.day })}
                onClick={() => setAway(one)}
              >
                {words('shipping.remove')}
              </MayButton>
            </>
          )}
        />
      )}
      {edit && <HouseDayDialog day={edit === 'new' ? undefined : edit} onClose={() => setEdit(undefined)} />}
      {away && <RemoveDialog day={away} onClose={() => setAway(undefined)} />}
    </Section>
  );
}

function HouseDayDialog({ day, onClose }: { day: Day | undefined; onClose: () => void }) {
  const words = useWords();
  const [form] = Form.useForm<Day>();
  const save = useSend(delivery.saveCalendar, changed);
  return (
    <FormDialog<Day>
      form={form}
      title={words(day ? 'shipping.editHouseDay' : 'shipping.addHouseDay')}
      act={words('shipping.saveDay')}
      isOpen
      isBusy={save.isPending}
      error={save.error}
      initial={day ?? { dispatches: false, delivers: false }}
      onClose={onClose}
      onSubmit={({ day: typed, name, nameEn, ...rest }) => {
        const date = day?.day ?? dayIn(typed);
        save.mutate(
          { body: { days: [{ ...rest, day: date, name: name || '', nameEn: nameEn || '' }], asUsual: [] } },
          {
            onSuccess: () => {
              toast(words('shipping.houseDayToast', { day: date }));
              onClose();
            },
          },
        );
      }}
    >
      {day === undefined ? <DayField name="day" label={words('shipping.day')} /> : <p className="dialog-text">{day.day}</p>}
      <div className="field-pair">
        <Field name="name" label={words('shipping.dayName')} isOptional help={words('shipping.dayNameHelp')}>
          <Input maxLength={60} />
        </Field>
        <Field name="nameEn" label={words('shipping.nameEn')} isOptional>
          <Input maxLength={60} />
        </Field>
      </div>
      <Form.Item name="dispatches" valuePropName="checked">
        <Checkbox>{words('shipping.parcelsLeave')}</Checkbox>
      </Form.Item>
      <Form.Item name="delivers" valuePropName="checked">
        <Checkbox>{words('shipping.carriersDeliver')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

function RemoveDialog({ day, onClose }: { day: Day; onClose: () => void }) {
  const words = useWords();
  const save = useSend(delivery.saveCalendar, changed);
  return (
    <Dialog
      title={words('shipping.removeDayTitle', { day: day.day })}
      act={words('shipping.removeDayAct')}
      isOpen
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onAct={() => save.mutate({ body: { days: [], asUsual: [day.day] } }, { onSuccess: onClose })}
    >
      <p>{words('shipping.removeDayText')}</p>
    </Dialog>
  );
}
