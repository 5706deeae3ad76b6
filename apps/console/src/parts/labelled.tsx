import { formatMoney, parseMoney } from '@tongshang/ui';
import { Input, InputNumber } from 'antd';
import { createContext, type ReactNode, use, useState } from 'react';
import { useWords } from '../lib/language.ts';

/** What the fields of one form share: what is wrong where, and whether anything may be changed. */
export interface FormState {
  wrongAt: (path: string) => string | undefined;
  isDisabled: boolean;
}
export const FormContext = createContext<FormState>({ wrongAt: () => undefined, isDisabled: false });

/** What a control needs to belong to its label, its help and its error. */
export interface Wire {
  id: string;
  disabled: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  status?: 'error';
}

export const fieldId = (path: string): string => `field-${path}`;

interface LabelledProps {
  /** Where the value stands in the form's data; also where a refusal of it is told. */
  path: string;
  label: ReactNode;
  help?: ReactNode;
  isOptional?: boolean;
  /** The label is for readers only: the place already says it. */
  isBare?: boolean;
  className?: string;
  children: (wire: Wire) => ReactNode;
}

/** Label above, help under it, the error at the field and tied to it. */
export function Labelled({ path, label, help, isOptional = false, isBare = false, className = '', children }: LabelledProps) {
  const words = useWords();
  const { wrongAt, isDisabled } = use(FormContext);
  const wrong = wrongAt(path);
  const id = fieldId(path);
  const described = [...(help ? [`${id}-help`] : []), ...(wrong === undefined ? [] : [`${id}-wrong`])].join(' ');
  return (
    <div className={`labelled ${className}`}>
      <label htmlFor={id} className={isBare ? 'hidden' : undefined}>
        {label}
        {isOptional && <span className="third"> {words('form.optional')}</span>}
      </label>
      {children({
        id,
        disabled: isDisabled,
        ...(described !== '' && { 'aria-describedby': described }),
        ...(wrong !== undefined && { 'aria-invalid': true as const, status: 'error' as const }),
      })}
      {help && (
        <div id={`${id}-help`} className="third">
          {help}
        </div>
      )}
      <FieldError path={path} />
    </div>
  );
}

/** What is wrong at a place, in words. */
export function FieldError({ path }: { path: string }) {
  const wrong = use(FormContext).wrongAt(path);
  if (wrong === undefined) return null;
  return (
    <div id={`${fieldId(path)}-wrong`} className="field-error">
      {wrong}
    </div>
  );
}

interface MoneyInputProps extends Wire {
  /** Fen; null for none, NaN while nothing readable is typed. */
  value: number | null;
  onChange: (fen: number) => void;
  /** Where nothing may be typed: the field was emptied. */
  onClear?: () => void;
  placeholder?: string;
  'aria-label'?: string;
}

const moneyText = (fen: number | null): string =>
  fen === null || Number.isNaN(fen) ? '' : formatMoney(fen).replace('¥', '').replace(/\.00$/, '');

/** An amount as people write it (`￥1,234.5元`); what cannot be read is NaN and stays as typed. */
export function MoneyInput({ value, onChange, onClear, ...wire }: MoneyInputProps) {
  const [typed, setTyped] = useState(() => ({ text: moneyText(value), fen: value }));
  if (!Object.is(typed.fen, value)) setTyped({ text: moneyText(value), fen: value });
  return (
    <Input
      {...wire}
      className="money-field"
      prefix="¥"
      inputMode="decimal"
      autoComplete="off"
      value={typed.text}
      onChange={({ target: { value: text } }) => {
        if (onClear && text.trim() === '') {
          setTyped({ text, fen: null });
          onClear();
          return;
        }
        const fen = parseMoney(text) ?? Number.NaN;
        setTyped({ text, fen });
        onChange(fen);
      }}
    />
  );
}

interface NumberInputProps extends Wire {
  value: number | null;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
  precision?: number;
  suffix?: ReactNode;
  placeholder?: string;
  'aria-label'?: string;
}

/** A number; empty is NaN. */
export function NumberInput({ value, onChange, precision = 0, ...rest }: NumberInputProps) {
  return (
    <InputNumber<number>
      {...rest}
      className="number-field"
      precision={precision}
      value={value === null || Number.isNaN(value) ? null : value}
      onChange={(next) => onChange(next ?? Number.NaN)}
    />
  );
}
