import type { explore as contract } from '@tongshang/contract';
import { addDays, daysBetween } from '../../platform/time.ts';

type Unit = contract.RetentionUnit;

/** The first day of the unit that holds a day; weeks begin on Monday. */
export function startOfUnit(unit: Unit, day: string): string {
  if (unit === 'day') return day;
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** The first day of the unit so many units later. */
export function unitLater(unit: Unit, start: string, units: number): string {
  if (unit !== 'month') return addDays(start, units * (unit === 'week' ? 7 : 1));
  const months = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1 + units;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;
}

/** How many units lie between two first days. */
export function unitsBetween(unit: Unit, from: string, to: string): number {
  if (unit !== 'month') return daysBetween(from, to) / (unit === 'week' ? 7 : 1);
  const months = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(to) - months(from);
}

export type CellState = 'complete' | 'running' | 'ahead';

/** Whether a unit is over on the business day `today`, still runs, or has not begun. */
export function stateOfUnit(unit: Unit, start: string, today: string): CellState {
  if (start > today) return 'ahead';
  return unitLater(unit, start, 1) <= today ? 'complete' : 'running';
}

/** Sums of a column over those rows whose cell in it is complete; null where there is none. */
export function overComplete<Cell extends { isComplete: boolean }, Sum>(
  rows: readonly { size: number; cells: readonly (Cell | null)[] }[],
  offset: number,
  sum: (cells: readonly Cell[], size: number) => Sum,
): Sum | null {
  const done = rows.flatMap(({ size, cells }) => {
    const cell = cells[offset];
    return cell?.isComplete === true ? [{ size, cell }] : [];
  });
  if (done.length === 0) return null;
  return sum(
    done.map(({ cell }) => cell),
    done.reduce((all, { size }) => all + size, 0),
  );
}
