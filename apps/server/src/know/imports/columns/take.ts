// Takes one row's cells by what they mean, and collects every reason why the row cannot land: several at once, never only the first.
import type { imports as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { decimalText, isDamagedId, isEmail, micros, plain, readId, readPhone } from '../../../platform/table-file/cells.ts';
import { type LocalTime, readDate } from '../../../platform/table-file/dates.ts';

export type Field = contract.ImportField;
export type Reason = z.output<typeof contract.BadRowReason>;
type Code = Reason['code'];

export interface Taker {
  /** Begins a row. */
  open: (cells: readonly string[]) => void;
  reasons: () => Reason[];
  refuse: (code: Code, field: Field | null, value?: string | null) => undefined;
  isMapped: (field: Field) => boolean;
  text: (field: Field, lengthMax: number) => string;
  id: (field: Field, lengthMax: number, isRequired: boolean) => string;
  /** Units, whole; undefined when the cell is empty or bad. */
  whole: (field: Field, limits: { isRequired?: boolean; isSigned?: boolean; max: number }) => number | undefined;
  /** A decimal in millionths; undefined when the cell is empty or bad. */
  micros: (field: Field, limits: { isRequired?: boolean; isSigned?: boolean }) => number | undefined;
  date: (field: Field, order: 'dmy' | 'mdy') => LocalTime | undefined;
  phone: (field: Field) => string | undefined;
  email: (field: Field) => string | undefined;
  choice: <T extends string>(field: Field, words: Readonly<Record<string, T>>) => T | undefined;
}

/** A taker for rows of one file. `width` is the number of headings. */
export function takeBy(mapping: readonly (Field | null)[], width: number): Taker {
  const columnOf = new Map<Field, number>();
  for (const [column, field] of mapping.entries()) if (field !== null) columnOf.set(field, column);
  let cells: readonly string[] = [];
  let found: Reason[] = [];
  const raw = (field: Field): string => cells[columnOf.get(field) ?? -1] ?? '';
  const refuse: Taker['refuse'] = (code, field, value = null) => {
    found.push({ code, field, value: value === null ? null : value.slice(0, 200) });
    return undefined;
  };
  const limited = (field: Field, text: string, lengthMax: number): string => {
    if (text.length <= lengthMax) return text;
    refuse('cell.too_long', field, text);
    return '';
  };
  const decimal = (field: Field, isRequired: boolean): string | undefined => {
    const text = raw(field).trim();
    if (text === '') {
      if (isRequired) refuse('cell.missing', field);
      return undefined;
    }
    const number = decimalText(text);
    if (number === undefined) refuse('number.invalid', field, text);
    return number;
  };

  return {
    open: (row) => {
      cells = row;
      found = [];
      if (row.length > width && row.slice(width).some((cell) => cell.trim() !== ''))
        refuse('row.too_wide', null, row.slice(width).join(' '));
    },
    reasons: () => found,
    refuse,
    isMapped: (field) => columnOf.has(field),
    text: (field, lengthMax) => limited(field, plain(raw(field)).replaceAll('\u0000', ''), lengthMax),
    id: (field, lengthMax, isRequired) => {
      const id = readId(raw(field));
      if (id === '' && isRequired) refuse('cell.missing', field);
      if (isDamagedId(id)) refuse('id.damaged', field, id);
      return limited(field, id, lengthMax);
    },
    whole: (field, { isRequired = false, isSigned = false, max }) => {
      const number = decimal(field, isRequired);
      if (number === undefined) return undefined;
      const value = Number(number);
      if (!Number.isInteger(value)) return refuse('number.not_whole', field, raw(field));
      if (value < 0 && !isSigned) return refuse('number.negative', field, raw(field));
      if (Math.abs(value) > max) return refuse('number.too_large', field, raw(field));
      return value;
    },
    micros: (field, { isRequired = false, isSigned = false }) => {
      const number = decimal(field, isRequired);
      if (number === undefined) return undefined;
      const value = micros(number);
      if (value === undefined) return refuse('number.too_large', field, raw(field));
      if (value < 0 && !isSigned) return refuse('number.negative', field, raw(field));
      return value;
    },
    date: (field, order) => {
      const text = plain(raw(field));
      if (text === '') return refuse('cell.missing', field);
      const date = readDate(text, order);
      if (date === undefined) refuse('date.invalid', field, text);
      return date;
    },
    ...takeWords(raw, refuse),
  };
}

/** Cells that hold a contact, or one of a list of words. */
function takeWords(raw: (field: Field) => string, refuse: Taker['refuse']): Pick<Taker, 'phone' | 'email' | 'choice'> {
  return {
    phone: (field) => {
      const text = raw(field).trim();
      if (text === '') return undefined;
      const phone = readPhone(text);
      if (phone === undefined) refuse(isDamagedId(text) ? 'id.damaged' : 'phone.invalid', field, text);
      return phone;
    },
    email: (field) => {
      const text = plain(raw(field));
      if (text === '') return undefined;
      if (isEmail(text)) return text.toLowerCase();
      return refuse('email.invalid', field, text);
    },
    choice: (field, words) => {
      const text = plain(raw(field));
      if (text === '') return undefined;
      const chosen = Object.hasOwn(words, text.toLowerCase()) ? words[text.toLowerCase()] : undefined;
      if (chosen === undefined) refuse('choice.unknown', field, text);
      return chosen;
    },
  };
}
