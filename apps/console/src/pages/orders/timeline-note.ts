import type { Format } from '../../lib/format.ts';
import type { Say } from '../../lib/language.ts';

/** The details of a timeline entry that a person wants to read, in one line; what it does not know it leaves out. */
export function timelineNote(
  details: Readonly<Record<string, unknown>>,
  words: Say,
  f: Format,
  sayReason: (reason: string) => string = (reason) => reason,
): string | undefined {
  const text = (name: string): string | undefined => {
    const value = details[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const fen = (name: string): string | undefined => {
    const value = details[name];
    return typeof value === 'number' ? f.money(value) : undefined;
  };
  const parts = [
    text('reason') && sayReason(text('reason') ?? ''),
    fen('amountFen') ?? fen('totalFen') ?? fen('refundFen'),
    text('carrier') && `${text('carrier')} ${text('trackingNumber') ?? ''}`.trim(),
    text('provider'),
    text('rule') && words('orders.byRule', { rule: text('rule') ?? '' }),
    Array.isArray(details['lines']) ? words('orders.unitsOf', { count: unitsIn(details['lines']) }) : undefined,
    typeof details['points'] === 'number' ? words('orders.points', { points: f.count(details['points']) }) : undefined,
    text('couponCode'),
    text('note'),
    text('number'),
  ].filter((part) => part !== undefined && part !== '');
  return parts.length > 0 ? parts.join(' · ') : undefined;
}

/** Units of all lines of an entry. */
const unitsIn = (lines: readonly unknown[]): number =>
  lines.reduce<number>((sum, line) => {
    const quantity = typeof line === 'object' && line !== null && 'quantity' in line ? line.quantity : 0;
    return sum + (typeof quantity === 'number' ? quantity : 0);
  }, 0);
