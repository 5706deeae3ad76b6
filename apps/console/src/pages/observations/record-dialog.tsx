import { observations } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { Form, Input, Select } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { DayField, dayIn } from '../../parts/day-field.tsx';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { Faults } from './faults.tsx';
import { CasesField, countIn, NoteField, SourceField, ValueField } from './fields.tsx';
import { needsCampaign, readValue } from './value.ts';

interface Values {
  name: observations.ObservableName;
  from: string;
  to?: string;
  channel?: string;
  campaign?: string;
  value: string;
  cases?: string;
  source: string;
  note?: string;
}

/** Records one figure; what is known already gets a newer version. */
export function RecordDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const language = useLanguage();
  const { today } = useFormat();
  const [form] = Form.useForm<Values>();
  const name = Form.useWatch('name', form);
  const record = useSend(observations.recordObservations, [observations.listObservations]);
  const submit = ({ from, to, value, cases, channel = '', campaign = '', note, ...rest }: Values) =>
    record.mutate(
      {
        body: {
          items: [
            {
              ...rest, channel, campaign, from: dayIn(from), value: readValue(value, rest.name) ?? 0, ...(to && { to: dayIn(to) }),
              ...(cases && { cases: countIn(cases) ?? 1 }), ...(note && { note }),
            },
          ],
        },
      },
      {
        onSuccess: ({ recorded, corrected }) => {
          toast(words(recorded > 0 ? 'observations.recordedToast' : corrected > 0 ? 'observations.newerToast' : 'observations.sameToast'));
          onClose();
        },
      },
    ); // prettier-ignore
  return (
    <FormDialog<Values>
      form={form}
      title={words('observations.record')}
      act={words('observations.recordAct')}
      isOpen
      isBusy={record.isPending}
      error={record.error}
      initial={{ from: today() }}
      onClose={onClose}
      onSubmit={submit}
    >
      <Faults error={record.error} />
      <Field name="name" label={words('observations.figure')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={observations.observableNames.map((value) => ({
            value,
            label: say(observations.observableWords[value], language),
          }))}
        />
      </Field>
      <ValueField name={name} />
      <div className="observation-days">
        <DayField name="from" label={words('observations.from')} />
        <DayField name="to" label={words('observations.to')} isOptional help={words('observations.toHelp')} />
      </div>
      <Field
        name="campaign"
        label={words('observations.campaign')}
        isOptional={!needsCampaign(name)}
        help={words('observations.campaignHelp')}
      >
        <Input maxLength={64} autoComplete="off" />
      </Field>
      <Field name="channel" label={words('observations.channel')} isOptional help={words('observations.channelHelp')}>
        <Input maxLength={32} autoComplete="off" />
      </Field>
      <CasesField name={name} />
      <SourceField />
      <NoteField />
    </FormDialog>
  );
}
