import { observations } from '@tongshang/contract';
import { parseMoney } from '@tongshang/ui';
import type { Format } from '../../lib/format.ts';

type Name = observations.ObservableName;

export const unitOf = (name: Name): string => observations.observables.find((one) => one.name === name)?.unit ?? 'count';
export const isMean = (name: Name): boolean => observations.observables.find((one) => one.name === name)?.combines === 'mean';
export const needsCampaign = (name: Name | undefined): boolean =>
  observations.observables.find((one) => one.name === name)?.needsCampaign ?? false;

/** What somebody typed as the figure's own number: `1,234.5` is 123,450 fen of money, `18.3%` and `0.183` the same share. */
export function readValue(text: string, name: Name): number | undefined {
  const unit = unitOf(name);
  if (unit === 'fen') return parseMoney(text);
  const plain = text.normalize('NFKC').trim().replaceAll(/[,\s]/g, '');
  const found = /^(\d+(?:\.\d+)?)(%?)$/.exec(plain);
  if (found === null) return undefined;
  const value = Number(found[1]) * (found[2] === '%' ? 0.01 : 1);
  return Number(value.toPrecision(15));
}

/** A figure's number as it is typed again. */
export function writeValue(value: number, name: Name): string {
  const unit = unitOf(name);
  if (unit === 'fen') return (value / 100).toFixed(2);
  return unit === 'ratio' ? `${Number((value * 100).toPrecision(12))}%` : String(value);
}

export function showValue(value: number, name: Name, f: Format): string {
  switch (unitOf(name)) {
    case 'fen':
      return f.money(value);
    case 'ratio':
      return f.percent(value);
    case 'count':
      return f.count(value);
    default:
      return f.decimal(value, 2);
  }
}
