import { isMoney, plainNumber } from './csv.ts';
import { type Cell, formats } from './xlsx.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(1899, 11, 30);

/**
 * What a reader sees, as a spreadsheet counts with it: a day or an instant wherever it stands alone, amounts, counts and percentages in
 * columns of numbers. Everything else stays the text that it is, ids with leading zeros too.
 */
export function typedCell(text: string, isNumber: boolean): Cell {
  const time = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text.trim());
  if (time) {
    const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = time.slice(1).map((part) => Number(part ?? 0));
    const value = (Date.UTC(year, month - 1, day, hours, minutes, seconds) - firstDay) / dayMs;
    return { value, format: time[4] === undefined ? formats.day : formats.instant };
  }
  if (!isNumber) return text;
  const percent = /^([-−+]?\d[\d,]*(?:\.\d+)?)\s?%$/.exec(text.trim());
  const value = Number(plainNumber(percent?.[1]?.replace('+', '') ?? text));
  if (!Number.isFinite(value) || text.trim() === '') return text;
  if (percent) return { value: Number((value / 100).toFixed(6)), format: formats.percent };
  return { value, format: isMoney(text) || !Number.isInteger(value) ? formats.decimal : formats.whole };
}
