import { observations } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { Form, Radio } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { Faults } from './faults.tsx';
import { CasesField, countIn, NoteField, SourceField, ValueField } from './fields.tsx';
import { readValue, writeValue } from './value.ts';

interface Values {
  counts: 'yes' | 'no';
  value: string;
  cases?: string;
  source: string;
  note?: string;
}

/** Says what a figure really was, or that it counts no more: a newer version, the ones before stay. */
export function CorrectDialog({ one, onClose }: { one: observations.Observation; onClose: () => void }) {
  const words = useWords();
  const language = useLanguage();
  const [form] = Form.useForm<Values>();
  const correct = useSend(observations.correctObservation, [observations.listObservations, observations.listObservationVersions]);
  const title = say(observations.observableWords[one.name], language);
  const submit = ({ counts, value, cases, source, note }: Values) =>
    correct.mutate(
      {
        params: { id: one.id },
        body: {
          value: readValue(value, one.name) ?? one.value,
          ...(cases && { cases: countIn(cases) ?? 1 }),
          source,
          ...(note && { note }),
          isWithdrawn: counts === 'no',
          version: one.version,
        },
      },
      { onSuccess: ({ version }) => (toast(words('observations.correctedToast', { name: title, version })), onClose()) },
    );
  return (
    <FormDialog<Values>
      form={form}
      title={words('observations.correctOf', { name: title })}
      act={words('observations.correctAct')}
      isOpen
      isBusy={correct.isPending}
      error={correct.error}
      initial={{
        counts: one.isWithdrawn ? 'no' : 'yes',
        value: writeValue(one.value, one.name),
        source: one.source,
        ...(one.cases !== null && { cases: String(one.cases) }),
        ...(one.note !== null && { note: one.note }),
      }}
      onClose={onClose}
      onSubmit={submit}
    >
      <p className="second">{words('observations.correctText', { version: one.version + 1 })}</p>
      <Faults error={correct.error} />
      <ValueField name={one.name} />
      <CasesField name={one.name} />
      <SourceField />
      <NoteField />
      <Field name="counts" label={words('observations.counts')}>
        <Radio.Group
          options={[
            { value: 'yes', label: words('observations.countsYes') },
            { value: 'no', label: words('observations.countsNo') },
          ]}
        />
      </Field>
    </FormDialog>
  );
}
