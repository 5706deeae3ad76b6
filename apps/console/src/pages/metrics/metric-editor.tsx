import { metrics, RefusedError, roles } from '@tongshang/contract';
import { metricUnits, roleWords, say } from '@tongshang/ui';
import { Checkbox, Form, Input, Select } from 'antd';
import { useNavigate } from 'react-router';
import { forget, useSend } from '../../lib/api.ts';
import { useDefinitions } from '../../lib/definitions.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { DayField, dayIn } from '../../parts/day-field.tsx';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { FormulaFields } from './formula-fields.tsx';
import { bodyOf, formOf, type MetricForm, newForm } from './metric-form.ts';
import type { Shown } from './metric-page.tsx';
import { MetricPreview } from './metric-preview.tsx';

/** Writes the next version of a metric, or a new metric, beside the figure it would show. What is published stays as it was. */
export function MetricEditor({ shown, onClose }: { shown?: Shown; onClose: () => void }) {
  const words = useWords();
  const language = useLanguage();
  const f = useFormat();
  const navigate = useNavigate();
  const [form] = Form.useForm<MetricForm>();
  const newest = shown?.versions[0];
  const publish = useSend(metrics.publishMetric, [
    metrics.listMetrics,
    metrics.getMetric,
    metrics.queryMetrics,
    metrics.getCockpit,
  ]);
  const overtaken = publish.error instanceof RefusedError && publish.error.code === 'metric.changed';
  const submit = (values: MetricForm) => {
    const body = bodyOf(values);
    if (body === undefined) return;
    const name = newest?.name ?? values.name.trim();
    publish.mutate(
      {
        params: { name },
        body: { body, base: newest?.version ?? 0, validFrom: dayIn(values.validFrom), note: values.note.trim() },
      },
      {
        onSuccess: ({ title, version, validFrom }) => {
          toast(
            newest
              ? words('metrics.published', { title: say(title, language), version, day: validFrom ?? '' })
              : words('metrics.publishedNew', { title: say(title, language) }),
          );
          onClose();
          if (newest === undefined) void navigate(`/know/metrics/${name}`);
        },
        onError: (error) => {
          if (error instanceof RefusedError && error.code === 'metric.changed') void forget(metrics.getMetric);
        },
      },
    );
  };
  return (
    <FormDialog<MetricForm>
      form={form}
      title={newest ? words('metrics.editOf', { title: say(newest.title, language) }) : words('metrics.add')}
      act={words(newest ? 'metrics.publish' : 'metrics.publishNew')}
      isOpen
      isBusy={publish.isPending}
      error={overtaken ? undefined : publish.error}
      initial={newest ? formOf(newest, f.today()) : newForm(f.today())}
      onClose={onClose}
      onSubmit={submit}
      width={960}
    >
      {newest === undefined && <CodeField />}
      <TextFields />
      <FormulaFields />
      <NatureFields />
      <QualityFields />
      <MetricPreview name={newest?.name} />
      {newest && <DayField name="validFrom" label={words('metrics.validFromField')} help={words('metrics.validFromHelp')} />}
      <Field name="note" label={words('metrics.note')}>
        <Input maxLength={200} autoComplete="off" />
      </Field>
      {overtaken && newest && <p role="alert">{words('metrics.changedMeanwhile', { version: newest.version })}</p>}
    </FormDialog>
  );
}

function CodeField() {
  const words = useWords();
  const { find } = useDefinitions();
  return (
    <Field
      name="name"
      label={words('metrics.code')}
      help={words('metrics.codeHelp')}
      rules={[
        { pattern: /^[a-z][a-z0-9_]{1,39}$/, message: words('metrics.codeWrong') },
        {
          validator: (_, text: string | undefined) =>
            text !== undefined && find(text) ? Promise.reject(new Error(words('metrics.codeTaken'))) : Promise.resolve(),
        },
      ]}
    >
      <Input maxLength={40} autoComplete="off" />
    </Field>
  );
}

function TextFields() {
  const words = useWords();
  return (
    <>
      <div className="field-pair">
        <Field name="titleZh" label={words('metrics.titleZh')}>
          <Input maxLength={40} autoComplete="off" />
        </Field>
        <Field name="titleEn" label={words('metrics.titleEn')}>
          <Input maxLength={60} autoComplete="off" />
        </Field>
      </div>
      <div className="field-pair">
        <Field name="explanationZh" label={words('metrics.explanationZh')}>
          <Input.TextArea rows={2} maxLength={400} />
        </Field>
        <Field name="explanationEn" label={words('metrics.explanationEn')}>
          <Input.TextArea rows={2} maxLength={600} />
        </Field>
      </div>
    </>
  );
}

const polarities = ['more_is_better', 'less_is_better', 'neutral'] as const;
const missings = ['zero', 'gap'] as const;

/** What the figure is of: unit, counted thing, days, direction, group, owner. */
function NatureFields() {
  const words = useWords();
  const term = useTerm();
  return (
    <>
      <div className="field-pair">
        <Field name="unit" label={words('metrics.unit')}>
          <Select options={metrics.metricUnits.map((value) => ({ value, label: term(metricUnits, value) }))} />
        </Field>
        <Field name="grain" label={words('metrics.grain')}>
          <Input maxLength={60} autoComplete="off" />
        </Field>
        <Field name="missing" label={words('metrics.missing')}>
          <Select options={missings.map((value) => ({ value, label: words(`metrics.missing.${value}`) }))} />
        </Field>
        <Field name="zone" label={words('metrics.zone')}>
          <Select showSearch options={zones.map((value) => ({ value, label: value }))} />
        </Field>
      </div>
      <div className="field-pair">
        <Field name="polarity" label={words('metrics.polarity')}>
          <Select options={polarities.map((value) => ({ value, label: words(`metrics.${value}`) }))} />
        </Field>
        <Field name="group" label={words('metrics.group')}>
          <Select options={metrics.metricGroups.map((value) => ({ value, label: words(`metrics.group.${value}`) }))} />
        </Field>
        <Field name="owner" label={words('metrics.owner')}>
          <Select options={roles.map((value) => ({ value, label: term(roleWords, value) }))} />
        </Field>
      </div>
      <Form.Item name="isScorecard" valuePropName="checked">
        <Checkbox>{words('metrics.isScorecard')}</Checkbox>
      </Form.Item>
    </>
  );
}

const zones = [...new Set(['Asia/Shanghai', 'UTC', ...Intl.supportedValuesOf('timeZone')])];

function QualityFields() {
  const words = useWords();
  return (
    <div className="field-pair">
      <Field
        name="goalSeconds"
        label={words('metrics.goalSeconds')}
        rules={[{ pattern: /^[1-9]\d{0,7}$/, message: words('metrics.goalWrong') }]}
      >
        <Input inputMode="numeric" autoComplete="off" />
      </Field>
      <Field name="gapsZh" label={words('metrics.gapsZh')} isOptional>
        <Input maxLength={300} autoComplete="off" />
      </Field>
      <Field name="gapsEn" label={words('metrics.gapsEn')} isOptional>
        <Input maxLength={300} autoComplete="off" />
      </Field>
    </div>
  );
}
