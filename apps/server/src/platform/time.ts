// The business clock: every bucket, badge and export counts Asia/Shanghai days, UTC+8 without summer time since 1991.

export const businessZone = 'Asia/Shanghai';
const offsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** The business day of an instant: `2026-11-22`. */
export const dayOf = (instant: Date): string => new Date(instant.getTime() + offsetMs).toISOString().slice(0, 10);

/** The first instant of a business day. */
export const startOfDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) - offsetMs);

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** An instant as the business zone writes it, with its offset: `2026-11-22T12:00:00.000+08:00`. It is the same instant everywhere. */
export const inBusinessZone = (instant: Date): string =>
  new Date(instant.getTime() + offsetMs).toISOString().replace('Z', '+08:00');

export const addMs = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms);

/** The one place that reads the machine's clock; everything else is told the time by `ctx.now`. */
export const machineClock = (): Date => new Date();
export type Clock = () => Date;
