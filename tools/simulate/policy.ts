// What a firm may decide differently on the same demand, and the buyer's arithmetic that follows from it. Pure.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

export interface Policy {
  name: string;
  /** Days of sales that an order to a supplier brings beyond the lead time. */
  coverDays: number;
  /** Standard deviations of demand over the lead time kept as safety: 1.65 runs short in one round of twenty. */
  safety: number;
  /** Days from one look at the shelves to the next. */
  reviewDays: number;
  /** Hours of the business day at which parcels leave. */
  shipHours: readonly number[];
  /** Hours at which staff look at orders that wait for a person. */
  lookHours: readonly number[];
}

const usual: Policy = {
  name: 'as it is',
  coverDays: 10,
  safety: 1.65,
  reviewDays: 1,
  shipHours: [11, 17],
  lookHours: [9, 10, 11, 14, 15, 16, 17, 18],
};
const most = { coverDays: 120, safety: 5, reviewDays: 30 };

/** A whole policy: what is not given is as usual. Throws a sentence for a word or a figure that makes no sense. */
export function makePolicy(given: Readonly<Record<string, unknown>> = {}): Policy {
  for (const [field, value] of Object.entries(given)) {
    const isFine =
      field === 'name'
        ? typeof value === 'string' && value !== '' && value.length <= 60
        : field in most
          ? typeof value === 'number' && value >= (field === 'reviewDays' ? 1 : 0) && value <= most[field as keyof typeof most]
          : field in usual &&
            Array.isArray(value) &&
            value.length > 0 &&
            value.every((hour) => Number.isInteger(hour) && hour >= 0 && hour < 24);
    if (!isFine) throw new Error(`a policy's "${field}" cannot be ${JSON.stringify(value)}`);
  }
  return { ...usual, ...given };
}

/** A file of the form above, or one figure changed: `cover:14`, `safety:1`, `review:7`. */
export function readPolicy(text: string): Policy {
  const [, what = '', figure = ''] = /^(cover|safety|review):(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (what !== '') {
    const field = { cover: 'coverDays', safety: 'safety', review: 'reviewDays' }[what] ?? what;
    return makePolicy({ name: `${what} ${figure}`, [field]: Number(figure) });
  }
  const file = JSON.parse(readFileSync(text, 'utf8')) as Record<string, unknown>;
  return makePolicy({ name: basename(text, '.json'), ...file });
}

export interface Position {
  /** Units that may be sold now. */
  available: number;
  /** Units that suppliers still owe. */
  onOrder: number;
  /** Units a day, as the buyer sees it. */
  dailyUnits: number;
  leadTimeDays: number;
  packSize: number;
}

/**
 * Units to order now, a multiple of the pack; 0 while what is there and on its way lasts past the next chance to order. At the reorder
 * point the order brings cover for the lead time, the review and so many days more.
 */
export function unitsToOrder({ available, onOrder, dailyUnits, leadTimeDays, packSize }: Position, policy: Policy): number {
  const over = leadTimeDays + policy.reviewDays;
  const safetyUnits = policy.safety * Math.sqrt(dailyUnits * over);
  const position = available + onOrder;
  if (position > dailyUnits * over + safetyUnits) return 0;
  const wanted = dailyUnits * (over + policy.coverDays) + safetyUnits - position;
  return Math.max(0, Math.ceil(wanted / packSize) * packSize);
}

/** Units a day: what was expected at first counts like a week, what was sold since counts as it is. */
export const forecast = (expectedUnits: number, soldByDay: readonly number[]): number =>
  (expectedUnits * 7 + soldByDay.reduce((sum, units) => sum + units, 0)) / (7 + soldByDay.length);
