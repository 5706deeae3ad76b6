import type { warnings as contract } from '@tongshang/contract';
import type * as z from 'zod';

export type WarningState = z.output<typeof contract.WarningState>;
export type EntityKind = z.output<typeof contract.EntityKind>;

/** A line with two levels: it fires beyond the first and clears only at or past the second, so nothing flaps between them. */
export interface Line {
  direction: 'below' | 'above';
  fireLevel: number;
  clearLevel: number;
}

export interface Standing {
  state: WarningState;
  pendingSince: Date | null;
  firedAt: Date | null;
  resolvedAt: Date | null;
}

export const untouched: Standing = { state: 'inactive', pendingSince: null, firedAt: null, resolvedAt: null };

export const isBeyond = ({ direction, fireLevel }: Line, value: number): boolean =>
  direction === 'below' ? value < fireLevel : value > fireLevel;

const isCleared = ({ direction, clearLevel }: Line, value: number): boolean =>
  direction === 'below' ? value >= clearLevel : value <= clearLevel;

/** Whether the clear level lies on the safe side of the fire level. */
export const areLevelsInOrder = ({ direction, fireLevel, clearLevel }: Line): boolean =>
  direction === 'below' ? clearLevel >= fireLevel : clearLevel <= fireLevel;

/**
 * Where an entity stands after one more look. inactive|resolved → pending when beyond the fire level; pending → firing once it stayed
 * beyond for the hold time, → inactive when it came back; firing → resolved at or past the clear level. An unknown value (null) neither
 * fires nor clears: the standing stays as it is.
 */
export function nextState(rule: Line & { holdMinutes: number }, standing: Standing, value: number | null, now: Date): Standing {
  if (value === null) return standing;
  switch (standing.state) {
    case 'firing':
      return isCleared(rule, value) ? { ...standing, state: 'resolved', resolvedAt: now } : standing;
    case 'pending':
      if (!isBeyond(rule, value)) return { ...standing, state: 'inactive', pendingSince: null };
      return fireWhenHeld(rule, standing, standing.pendingSince ?? now, now);
    case 'inactive':
    case 'resolved':
      return isBeyond(rule, value) ? fireWhenHeld(rule, standing, now, now) : standing;
  }
}

function fireWhenHeld({ holdMinutes }: { holdMinutes: number }, standing: Standing, since: Date, now: Date): Standing {
  const isHeld = now.getTime() - since.getTime() >= holdMinutes * 60_000;
  if (!isHeld) return { ...standing, state: 'pending', pendingSince: since };
  return { state: 'firing', pendingSince: since, firedAt: now, resolvedAt: null };
}
