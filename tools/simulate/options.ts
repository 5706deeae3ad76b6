// What the command line asks for.
import { parseArgs } from 'node:util';
import { addDays, dayOf } from '../../apps/server/src/platform/time.ts';
import { makePolicy, type Policy, readPolicy } from './policy.ts';
import { promises } from './promises.ts';

export interface Options {
  days: number;
  seed: number;
  /** Orders on an average day. */
  orders: number;
  /** The first business day, a day that the machine has not reached. */
  from: string;
  /** Folder of a real ledger whose demand is replayed. */
  demand: string | undefined;
  policies: readonly Policy[];
  openingDays: number;
  /** Products of the demo's assortment, the first so many. */
  products: number;
  /** The report's file. */
  out: string;
  /** A promise to break by hand after the first day, to see that it is noticed. */
  plant: string | undefined;
}

/** What the demo enterprise sells in March on all its channels together; here all of it comes through the shop. */
const defaultOrders = 60;

/** Monday, 4 March 2030: always the same, so that the same seed means the same days whenever it is run. */
const defaultFrom = '2030-03-04';

/** Reads the arguments; throws a sentence when they make no sense. */
export function readOptions(args: readonly string[], now: Date): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      days: { type: 'string', default: '30' },
      seed: { type: 'string', default: '7' },
      orders: { type: 'string' },
      from: { type: 'string', default: defaultFrom },
      demand: { type: 'string' },
      policy: { type: 'string', multiple: true },
      compare: { type: 'string' },
      opening: { type: 'string', default: '12' },
      products: { type: 'string', default: '1000' },
      out: { type: 'string', default: 'data/local/simulation.html' },
      plant: { type: 'string' },
    },
  });
  if (values.policy !== undefined && values.compare !== undefined) throw new Error('give either --policy or --compare, not both');
  const asked = values.policy ?? values.compare?.split(',') ?? [];
  if (asked.length > 2) throw new Error('one policy, or two to compare');
  if (!isDay(values.from)) throw new Error('--from is a day: 2030-03-04');
  if (values.from <= dayOf(now))
    throw new Error(`--from has to be a day to come: jobs that wait for their time must not find it passed`);
  const names = promises.map(({ name }) => name);
  if (values.plant !== undefined && !names.includes(values.plant))
    throw new Error(`no promise is called ${values.plant}; there are ${names.join(', ')}`);
  if (values.demand !== undefined && values.orders !== undefined)
    throw new Error('give either --orders or --demand: a ledger brings its own orders');
  return {
    days: whole('days', values.days, 1, 366),
    seed: whole('seed', values.seed, 0, 2 ** 31),
    orders: values.orders === undefined ? defaultOrders : whole('orders', values.orders, 1, 20_000),
    from: values.from,
    demand: values.demand,
    policies: asked.length === 0 ? [makePolicy()] : asked.map(readPolicy),
    openingDays: whole('opening', values.opening, 0, 365),
    products: whole('products', values.products, 1, 1000),
    out: values.out,
    plant: values.plant,
  };
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && addDays(text, 0) === text;

function whole(name: string, text: string, from: number, to: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < from || number > to)
    throw new Error(`--${name} is a whole number from ${from} to ${to}`);
  return number;
}
