import type { observations } from '@tongshang/contract';
import { parseCount } from '@tongshang/ui';
import { Input } from 'antd';
import { useWords } from '../../lib/language.ts';
import { Field } from '../../parts/form.tsx';
import { isMean, readValue, unitOf } from './value.ts';

type Name = observations.ObservableName;

/** A whole number of at least one. */
export function countIn(text: string): number | undefined {
  const count = parseCount(text);
  return count !== undefined && count > 0 ? count : undefined;
}

/** The number, in the unit of its figure. */
export function ValueField({ name }: { name: Name | undefined }) {
  const words = useWords();
  const unit = name === undefined ? undefined : unitOf(name);
  return (
    <Field
      name="value"
      label={words('observations.value')}
      help={unit === 'ratio' ? words('observations.ratioHelp') : unit === 'score' ? words('observations.scoreHelp') : undefined}
      rules={[
        {
          validator: (_, text: string | undefined) =>
            !text || name === undefined || readValue(text, name) !== undefined
              ? Promise.resolve()
              : Promise.reject(new Error(words('observations.valueWrong'))),
        },
      ]}
    >
      <Input inputMode="decimal" autoComplete="off" {...(unit === 'fen' && { prefix: '¥' })} />
    </Field>
  );
}

/** How many answers, reviews or mentions stand behind a mean. */
export function CasesField({ name }: { name: Name | undefined }) {
  const words = useWords();
  if (name === undefined || !isMean(name)) return null;
  return (
    <Field
      name="cases"
      label={words('observations.cases')}
      isOptional
      help={words('observations.casesHelp')}
      rules={[
        {
          validator: (_, text: string | undefined) =>
            !text || countIn(text) !== undefined
              ? Promise.resolve()
              : Promise.reject(new Error(words('observations.casesWrong'))),
        },
      ]}
    >
      <Input inputMode="numeric" autoComplete="off" />
    </Field>
  );
}

/** Who says so. */
export function SourceField() {
  const words = useWords();
  return (
    <Field name="source" label={words('observations.source')} help={words('observations.sourceHelp')}>
      <Input maxLength={120} autoComplete="off" />
    </Field>
  );
}

export function NoteField() {
  const words = useWords();
  return (
    <Field name="note" label={words('observations.note')} isOptional>
      <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 4 }} />
    </Field>
  );
}
