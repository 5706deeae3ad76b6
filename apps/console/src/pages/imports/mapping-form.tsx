import { useQuery } from '@tanstack/react-query';
import { type BodyOf, imports } from '@tongshang/contract';
import { channels } from '@tongshang/ui';
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { q, useSend } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Section } from '../../parts/object-page.tsx';
import type { ImportJob } from './import-page.tsx';
import { SampleTable } from './sample-table.tsx';

type Change = BodyOf<typeof imports.setImportMapping>;
type FieldName = ImportJob['mapping'][number];

/** What each column means, beside the first rows as they are read; every change is kept at once and shown in the sample. */
export function MappingForm({ job }: { job: ImportJob }) {
  const words = useWords();
  const term = useTerm();
  const mayRun = useMay()('imports.run');
  const sample = useQuery(q(imports.getImportSample, { params: { id: job.id } }));
  const set = useSend(imports.setImportMapping, [imports.getImport, imports.getImportSample]);
  const change = (body: Change) => set.mutate({ params: { id: job.id }, body });
  const choose = (column: number, field: FieldName) =>
    change({
      mapping: job.headers.map((_, at) =>
        at === column ? field : job.mapping[at] === field && field !== null ? null : (job.mapping[at] ?? null),
      ),
    });
  return (
    <>
      <Section title={words('imports.columns')}>
        {job.missing.length > 0 && (
          <p className="notice">
            {words('imports.missing', {
              fields: job.missing.map((field) => term(imports.importFieldWords, field)).join(words('list.comma')),
            })}
          </p>
        )}
        <SampleTable job={job} rows={sample.data?.rows ?? []} isReadOnly={!mayRun} onChoose={choose} />
        <ErrorNote error={set.error ?? sample.error} />
      </Section>
      <Section title={words('imports.options')}>
        <Options
          key={JSON.stringify(job.options)}
          job={job}
          isBusy={set.isPending}
          isReadOnly={!mayRun}
          onChange={(options) => change({ options })}
        />
      </Section>
    </>
  );
}

type Options = ImportJob['options'];
interface OptionsProps {
  job: ImportJob;
  isBusy: boolean;
  isReadOnly: boolean;
  onChange: (options: Partial<Options>) => void;
}

const encodings = ['utf-8', 'gb18030', 'utf-16le', 'windows-1252'].map((value) => ({ value, label: value.toUpperCase() }));
const delimiters = [
  { value: ',', label: ',' },
  { value: ';', label: ';' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: '|' },
];

function Options({ job, isBusy, isReadOnly, onChange }: OptionsProps) {
  const words = useWords();
  const term = useTerm();
  const [isDirty, setDirty] = useState(false);
  const [form] = Form.useForm<Options>();
  const isForeign = Form.useWatch('currency', form) !== 'CNY';
  const isLedger = job.kind === 'orders';
  const submit = (values: Options) => {
    setDirty(false);
    onChange({ ...values, exchangeRate: values.exchangeRate || null });
  };
  return (
    <Form<Options>
      form={form}
      layout="vertical"
      disabled={isReadOnly}
      requiredMark={false}
      className="option-grid"
      initialValues={job.options}
      onValuesChange={() => setDirty(true)}
      onFinish={submit}
    >
      {job.format === 'csv' && (
        <>
          <Form.Item name="encoding" label={words('imports.encoding')}>
            <Select options={encodings} />
          </Form.Item>
          <Form.Item name="delimiter" label={words('imports.delimiter')}>
            <Select options={delimiters} />
          </Form.Item>
        </>
      )}
      {job.sheets.length > 1 && (
        <Form.Item name="sheet" label={words('imports.sheet')}>
          <Select options={job.sheets.map((value) => ({ value, label: value }))} />
        </Form.Item>
      )}
      <Form.Item name="headerRow" label={words('imports.headerRow')}>
        <InputNumber min={1} max={50} precision={0} />
      </Form.Item>
      {job.kind === 'stock' && (
        <Form.Item name="location" label={words('imports.location')}>
          <Input maxLength={32} />
        </Form.Item>
      )}
      {(isLedger || job.kind === 'products') && (
        <Form.Item name="currency" label={words('imports.currency')}>
          <Input maxLength={3} />
        </Form.Item>
      )}
      {isForeign && (isLedger || job.kind === 'products') && (
        <Form.Item name="exchangeRate" label={words('imports.exchangeRate')}>
          <Input inputMode="decimal" />
        </Form.Item>
      )}
      {isLedger && (
        <>
          <Form.Item name="timeZone" label={words('imports.timeZone')}>
            <Input maxLength={64} />
          </Form.Item>
          <Form.Item name="channel" label={words('imports.channel')}>
            <Select options={Object.keys(channels).map((value) => ({ value, label: term(channels, value) }))} />
          </Form.Item>
          <Form.Item name="cancellationPrefix" label={words('imports.cancellationPrefix')}>
            <Input maxLength={8} />
          </Form.Item>
          <Form.Item name="adjustmentPrefix" label={words('imports.adjustmentPrefix')}>
            <Input maxLength={8} />
          </Form.Item>
          {(['freightCodes', 'feeCodes', 'discountCodes', 'adjustmentCodes'] as const).map((name) => (
            <Form.Item key={name} name={name} label={words(`imports.${name}`)}>
              <Select mode="tags" open={false} suffixIcon={null} />
            </Form.Item>
          ))}
          <Form.Item name="createProducts" valuePropName="checked">
            <Checkbox>{words('imports.createProducts')}</Checkbox>
          </Form.Item>
        </>
      )}
      <div>
        <Button htmlType="submit" type={isDirty ? 'primary' : 'default'} loading={isBusy}>
          {words('imports.apply')}
        </Button>
      </div>
    </Form>
  );
}
