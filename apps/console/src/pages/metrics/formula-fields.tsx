import type { metrics } from '@tongshang/contract';
import { metricUnits, say } from '@tongshang/ui';
import { Button, Form, Input, Select } from 'antd';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { Field } from '../../parts/form.tsx';
import type { MetricForm } from './metric-form.ts';
import { useMeasures } from './use-measures.ts';
import '../../metrics.css';

const kinds = ['sum', 'ratio', 'one'] as const;

/** The formula: measures added and taken away, one sum over another, or a single figure that cannot be added. */
export function FormulaFields() {
  const words = useWords();
  const form = Form.useFormInstance<MetricForm>();
  const kind = Form.useWatch('kind', form);
  return (
    <fieldset className="formula-fields">
      <Field name="kind" label={words('metrics.kind')}>
        <Select options={kinds.map((value) => ({ value, label: words(`metrics.kind.${value}`) }))} />
      </Field>
      {kind === 'one' && (
        <Field name="measure" label={words('metrics.measure')}>
          <MeasureSelect label={words('metrics.measure')} isAdditive={false} />
        </Field>
      )}
      {kind === 'sum' && <TermList name="terms" title={words('metrics.terms')} />}
      {kind === 'ratio' && (
        <>
          <TermList name="terms" title={words('metrics.over')} isRatio />
          <TermList name="under" title={words('metrics.under')} isRatio />
          <Field
            name="times"
            label={words('metrics.times')}
            rules={[
              {
                validator: (_, text: string | undefined) =>
                  Number(text) > 0 ? Promise.resolve() : Promise.reject(new Error(words('metrics.timesWrong'))),
              },
            ]}
          >
            <Input inputMode="decimal" autoComplete="off" className="short-input" />
          </Field>
        </>
      )}
    </fieldset>
  );
}

const termsMax = 8;

function TermList({ name, title, isRatio = false }: { name: 'terms' | 'under'; title: string; isRatio?: boolean }) {
  const words = useWords();
  return (
    <Form.List name={name}>
      {(fields, { add, remove }) => (
        <div role="group" aria-label={title} className="stack-small term-list">
          <h3>{title}</h3>
          {fields.map(({ key, name: place }) => (
            <div key={key} className="row">
              <Form.Item name={[place, 'sign']} noStyle>
                <Select
                  aria-label={words('metrics.sign')}
                  className="sign-choice"
                  options={[
                    { value: 1, label: words('metrics.plus') },
                    { value: -1, label: words('metrics.minus') },
                  ]}
                />
              </Form.Item>
              <Form.Item
                name={[place, 'measure']}
                className="term-measure"
                rules={[{ required: true, message: words('form.missing', { name: words('metrics.measure') }) }]}
              >
                <MeasureSelect label={`${title} ${place + 1}`} isAdditive={isRatio ? undefined : true} />
              </Form.Item>
              {fields.length > 1 && (
                <Button type="link" aria-label={words('metrics.removeTerm', { place: place + 1 })} onClick={() => remove(place)}>
                  ×
                </Button>
              )}
            </div>
          ))}
          {fields.length < termsMax && (
            <Button size="small" className="add-term" onClick={() => add({ sign: 1 })}>
              {words('metrics.addTerm')}
            </Button>
          )}
        </div>
      )}
    </Form.List>
  );
}

interface MeasureSelectProps {
  label: string;
  /** Only what can be added, or only what cannot; both where it says nothing. */
  isAdditive: boolean | undefined;
  value?: string;
  onChange?: (value: string) => void;
  id?: string;
}

function MeasureSelect({ label, isAdditive, ...rest }: MeasureSelectProps) {
  const words = useWords();
  const term = useTerm();
  const language = useLanguage();
  const { all } = useMeasures();
  const fits = ({ additivity }: metrics.Measure): boolean => isAdditive === undefined || (additivity === 'sum') === isAdditive;
  return (
    <Select
      {...rest}
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      options={all.filter(fits).map((measure) => ({
        value: measure.name,
        label: `${say(measure.title, language)} · ${measure.name} · ${term(metricUnits, measure.unit)} · ${words(`metrics.${measure.additivity}`)}`,
      }))}
    />
  );
}
