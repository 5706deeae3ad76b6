import { parseMoney } from '@tongshang/ui';
import { Form, Input, type FormItemProps } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../lib/language.ts';

/** Labels of a form say which fields may stay empty; the others carry no mark. */
export function useOptionalMark(): (label: ReactNode, info: { required: boolean }) => ReactNode {
  const words = useWords();
  return (label, { required }) => (
    <>
      {label}
      {!required && <span className="third"> {words('form.optional')}</span>}
    </>
  );
}

interface FieldProps {
  name: string | (string | number)[];
  label: string;
  isOptional?: boolean;
  help?: ReactNode;
  children: ReactNode;
  rules?: FormItemProps['rules'];
}

/** A labelled field that is required unless it says otherwise. */
export function Field({ name, label, isOptional = false, help, children, rules = [] }: FieldProps) {
  const words = useWords();
  return (
    <Form.Item
      name={name}
      label={label}
      extra={help}
      rules={[...(isOptional ? [] : [{ required: true, message: words('form.missing', { name: label }) }]), ...rules]}
    >
      {children}
    </Form.Item>
  );
}

/** An amount as people write it: `￥1,234.5元`, `59`, `1.2万`. The form keeps the text; `fenOf` reads it. */
export function MoneyField({ name, label, help, isOptional = false, rules = [] }: Omit<FieldProps, 'children'>) {
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
            !text || parseMoney(text) !== undefined ? Promise.resolve() : Promise.reject(new Error(words('form.moneyWrong'))),
        },
        ...rules,
      ]}
    >
      <Input prefix="¥" inputMode="decimal" autoComplete="off" />
    </Field>
  );
}

/** The fen of a checked money field. */
export const fenOf = (text: string): number => parseMoney(text) ?? 0;
