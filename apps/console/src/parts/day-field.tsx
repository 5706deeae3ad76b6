import { parseDay } from '@tongshang/ui';
import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../lib/language.ts';
import { Field } from './form.tsx';

interface DayFieldProps {
  name: string | (string | number)[];
  label: string;
  help?: ReactNode;
  isOptional?: boolean;
}

/** A day as people write it: `2026-11-22`, `2026.11.22`, `11/22`. The form keeps the text; `dayIn` reads it. */
export function DayField({ name, label, help, isOptional = false }: DayFieldProps) {
  const words = useWords();
  return (
    <Field
      name={name}
      label={label}
      help={help}
      isOptional={isOptional}
      rules={[
        {
          validator: (_, text: string | undefined) =>
            !text || parseDay(text) !== undefined ? Promise.resolve() : Promise.reject(new Error(words('form.dayWrong'))),
        },
      ]}
    >
      <Input placeholder="2027-05-31" autoComplete="off" />
    </Field>
  );
}

/** The day of a checked field. */
export const dayIn = (text: string): string => parseDay(text) ?? '';
