import { observations as contract } from '@tongshang/contract';
import { decimalText, plain } from '../../platform/table-file/cells.ts';
import { readDate } from '../../platform/table-file/dates.ts';
import { observableOfText } from './columns.ts';
import { type Brought, type Fault, judge, observableOf } from './observation.ts';

type Field = contract.ObservationField;

export interface HowToReadRows {
  columns: ReadonlyMap<Field, number>;
  /** What 03/04/2026 means. */
  dateOrder: 'dmy' | 'mdy';
  /** For rows that name no source. */
  source: string;
  today: string;
}

/** A row of a file as a figure, or everything that is wrong with it. Money is read in yuan, `18.3%` as 0.183. */
export function readRow(cells: readonly string[], how: HowToReadRows): { row: Brought } | { faults: Fault[] } {
  const faults: Fault[] = [];
  const fault = (code: Fault['code'], field: Field, value: string | null = null): undefined =>
    void faults.push({ code, field, value });
  const text = (field: Field, most: number): string => {
    const value = plain(cells[how.columns.get(field) ?? -1] ?? '');
    if (value.length > most) fault('cell.too_long', field, `${value.slice(0, 40)}…`);
    return value;
  };
  const needed = (field: Field, most: number): string | undefined => text(field, most) || fault('cell.missing', field);
  const day = (field: 'from' | 'to', value: string): string | undefined =>
    dayText(value, how.dateOrder) ?? fault('date.invalid', field, value);

  const named = needed('name', 64);
  const name = named === undefined ? undefined : (observableOfText(named) ?? fault('name.unknown', 'name', named));
  const fromText = needed('from', 40);
  const from = fromText === undefined ? undefined : day('from', fromText);
  const toText = text('to', 40);
  const to = toText === '' ? from : day('to', toText);
  const amount = needed('value', 40);
  const value =
    amount === undefined || name === undefined ? undefined : (numberOf(amount, name) ?? fault('number.invalid', 'value', amount));
  const casesText = text('cases', 20);
  const cases = casesText === '' ? undefined : (casesOf(casesText) ?? fault('number.not_whole', 'cases', casesText));
  const channel = text('channel', 32).toLowerCase();
  const campaign = text('campaign', 64);
  const source = text('source', 120) || how.source;
  const note = text('note', 500) || undefined;
  if (faults.length > 0 || name === undefined || from === undefined || to === undefined || value === undefined) return { faults };
  const row: Brought = { name, from, to, channel, campaign, value, cases, source, note };
  const wrong = judge(row, how.today);
  return wrong.length > 0 ? { faults: wrong } : { row };
}

function dayText(text: string, order: 'dmy' | 'mdy'): string | undefined {
  const date = readDate(text, order);
  if (date === undefined) return undefined;
  return `${date.year}-${String(date.month).padStart(2, '0')}-${String(date.day).padStart(2, '0')}`;
}

function numberOf(text: string, name: contract.ObservableName): number | undefined {
  const decimal = decimalText(text);
  if (decimal === undefined) return undefined;
  const factor = observableOf(name).unit === 'fen' ? 100 : /[%％]$/.test(text) ? 0.01 : 1;
  return Number((Number(decimal) * factor).toPrecision(15));
}

function casesOf(text: string): number | undefined {
  const cases = Number(decimalText(text));
  return Number.isInteger(cases) && cases >= 1 && cases <= contract.observationLimits.casesMax ? cases : undefined;
}
