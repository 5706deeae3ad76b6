// What a firm may decide differently on the same demand, and the buyer's arithmetic that follows from it. Pure.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { routing } from '../../packages/contract/src/index.ts';

type RoutingRule = (typeof routing.routingRuleKinds)[number];

export interface Policy {
  name: string;
  /** Days of sales that an order to a supplier brings beyond the lead time. */
  coverDays: number;
  /** Standard deviations of demand over the lead time kept as safety: 1.65 runs short in one round of twenty. */
  safety: number;
  /** Days of sales kept as safety on top of that. */
  safetyDays: number;
  /** Days from one look at the shelves to the next. */
  reviewDays: number;
  /** Hours of the business day at which parcels leave. */
  shipHours: readonly number[];
  /** Hours at which staff look at orders that wait for a person. */
  lookHours: readonly number[];
  /** Routing rules that are asked first, in this order; the others follow as the house has them. */
  routing: readonly RoutingRule[];
}

const usual: Policy = {
  name: 'as it is',
  coverDays: 10,
  safety: 1.65,
  safetyDays: 0,
  reviewDays: 1,
  shipHours: [11, 17],
  lookHours: [9, 10, 11, 14, 15, 16, 17, 18],
  routing: [],
};
const most = { coverDays: 120, safety: 5, safetyDays: 60, reviewDays: 30 };
const hours: readonly string[] = ['shipHours', 'lookHours'];
const ruleKinds: readonly unknown[] = routing.routingRuleKinds;

/** A whole policy: what is not given is as usual. Throws a sentence for a word or a figure that makes no sense. */
export function makePolicy(given: Readonly<Record<string, unknown>> = {}): Policy {
  for (const [field, value] of Object.entries(given))
    if (!isFine(field, value)) throw new Error(`a policy's "${field}" cannot be ${JSON.stringify(value)}`);
  return { ...usual, ...given };
}

function isFine(field: string, value: unknown): boolean {
  if (field === 'name') return typeof value === 'string' && value !== '' && value.length <= 60;
  if (field in most) {
    const least = field === 'reviewDays' ? 1 : 0;
    const isWhole = field !== 'reviewDays' || Number.isInteger(value);
    return typeof value === 'number' && isWhole && value >= least && value <= most[field as keyof typeof most];
  }
  if (field === 'routing') return Array.isArray(value) && value.every((rule) => ruleKinds.includes(rule));
  return (
    hours.includes(field) &&
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((hour) => Number.isInteger(hour) && hour >= 0 && hour < 24)
  );
}

const figures = { cover: 'coverDays', safety: 'safety', 'safety-days': 'safetyDays', review: 'reviewDays' } as const;

/** A file of the form above, or one thing changed: `cover:14`, `safety:1`, `safety-days:3`, `review:7`, `routing:distance+cost`. */
export function readPolicy(text: string): Policy {
  const [, what = '', value = ''] = /^([a-z-]+):(.+)$/.exec(text) ?? [];
  if (what === 'routing') return makePolicy({ name: `routing ${value}`, routing: value.split('+') });
  if (what in figures) return makePolicy({ name: `${what} ${value}`, [figures[what as keyof typeof figures]]: Number(value) });
  if (what !== '') throw new Error(`"${text}" is no policy: one of ${Object.keys(figures).join(':, ')}:, routing:, or a file`);
  return makePolicy({ name: basename(text, '.json'), ...readJson(text) });
}

function readJson(file: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return { ...read };
  } catch (error) {
    throw new Error(`the policy ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  throw new Error(`the policy ${file} is no JSON object`);
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
  const safetyUnits = policy.safety * Math.sqrt(dailyUnits * over) + policy.safetyDays * dailyUnits;
  const position = available + onOrder;
  if (position > dailyUnits * over + safetyUnits) return 0;
  const wanted = dailyUnits * (over + policy.coverDays) + safetyUnits - position;
  return Math.max(0, Math.ceil(wanted / packSize) * packSize);
}

/** Units a day: what was expected at first counts like a week, what was sold since counts as it is. */
export const forecast = (expectedUnits: number, soldByDay: readonly number[]): number =>
  (expectedUnits * 7 + soldByDay.reduce((sum, units) => sum + units, 0)) / (7 + soldByDay.length);
