import type { Condition, ConditionTree, LineFilter, Off } from '@tongshang/contract';
import { formatMoneyShort } from '../format/money.ts';
import { formatInstant } from '../format/time.ts';
import {
  type Called,
  type Gives,
  isEvery,
  isSame,
  leavesOf,
  namedUpTo3,
  type Needs,
  type OneOf,
  type Rule,
  type Voice,
} from './rule.ts';

/** One rule, one sentence: who gets what, where, from when. */
export const sayInEnglish: Voice = (rule, needs, called) => {
  const others = needs.others.map((tree) => clause(tree, called));
  const when = others.length === 0 ? '' : `When ${others.join(' and ')}, `;
  const who = subject(needs, called);
  const start = `${when}${when === '' ? who : lowerFirst(who)}${place(needs, called)}${shopping(needs, called, who === everybody)}`;
  return [`${start} ${who === everybody ? 'gets' : 'get'} ${effect(rule, called)}`, ...tail(rule, called)].join('; ');
};

const everybody = 'Everybody';

/** Channels as they stand within a sentence. */
export const channelsWithin: Readonly<Record<string, string>> = {
  shop: 'the online shop',
  store: 'stores',
  wholesale: 'wholesale',
  marketplace: 'marketplaces',
};

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
const money = (fen: number, called: Called): string => formatMoneyShort(fen, called.currency);
const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
const quoted = (names: readonly string[]): string => enumerated(names.map((name) => `“${name}”`));
const enumerated = (names: readonly string[], link = 'and'): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${link} ${names.at(-1)}`;
const listed = (kind: Parameters<Called['list']>[0], codes: readonly string[], called: Called, unit: string): string => {
  const names = namedUpTo3(called.list(kind, codes));
  if (names === undefined) return plural(codes.length, unit);
  return codes.length > names.length
    ? `${names.map((name) => `“${name}”`).join(', ')} and ${codes.length - names.length} more`
    : quoted(names);
};

/** 1000 basis points are 10% off; all of it is free. */
const discount = (bp: number): string => (bp === 5000 ? 'half price' : `${bp / 100}% off`);
const off = (bp: number, what: string): string =>
  bp === 10_000 ? `${what} free` : bp === 5000 ? `${what} at half price` : `${bp / 100}% off ${what}`;
const taken = (one: Off, called: Called): string =>
  'fen' in one ? `${money(one.fen, called)} off` : one.bp === 10_000 ? 'everything free' : discount(one.bp);

/** Which goods; nothing for all of them. */
function goods(filter: LineFilter, called: Called): string | undefined {
  if (isEvery(filter)) return undefined;
  const { skus, productIds, categories, brands, exceptSkus, exceptCategories } = filter;
  const kinds = [
    ...(skus === undefined ? [] : [listed('sku', skus, called, 'chosen SKU')]),
    ...(productIds === undefined ? [] : [listed('product', productIds, called, 'chosen product')]),
    ...(categories === undefined ? [] : [listed('category', categories, called, 'category')]),
  ].join(' in ');
  const brand = brands === undefined ? '' : listed('brand', brands, called, 'brand');
  const what = kinds === '' ? `goods${brand === '' ? '' : ` of ${brand}`}` : `${kinds}${brand === '' ? '' : ` of ${brand}`}`;
  const without = [
    ...(exceptCategories === undefined ? [] : [listed('category', exceptCategories, called, 'category')]),
    ...(exceptSkus === undefined ? [] : [listed('sku', exceptSkus, called, 'SKU')]),
  ];
  return without.length === 0 ? what : `${what} (without ${without.join(' and ')})`;
}

function subject(needs: Needs, called: Called): string {
  const customers = leavesOf(needs, 'customer').map((one) => plural(one.in.length, 'chosen customer'));
  const tiers = leavesOf(needs, 'tier').map((one) => ` of tier ${listed('tier', one.in, called, 'tier')}`);
  const segments = leavesOf(needs, 'segment').map((one) => ` in ${listed('segment', one.in, called, 'segment')}`);
  const first = leavesOf(needs, 'first_order').length > 0 ? ' on their first order' : '';
  const isMember = tiers.length > 0 || leavesOf(needs, 'member').length > 0;
  const noun = customers.length > 0 ? customers.join(' among ') : isMember ? 'Members' : 'Customers';
  const rest = `${tiers.join('')}${segments.join('')}${first}`;
  return noun === 'Customers' && rest === '' ? everybody : `${noun}${rest}`;
}

function place(needs: Needs, called: Called): string {
  const inside = [
    ...leavesOf(needs, 'channel').map((one) => `in ${enumerated(called.list('channel', one.in).map(String), 'or')}`),
    ...leavesOf(needs, 'time').map((one) => time(one)),
    ...leavesOf(needs, 'payment_method').map(
      (one) => `paying by ${enumerated(called.list('paymentMethod', one.in).map(String), 'or')}`,
    ),
  ];
  return inside.map((part) => ` ${part}`).join('');
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
function time({ weekdays, from, to }: OneOf<'time'>): string {
  const isDaily = weekdays === undefined || weekdays.length === 7;
  const day = isDaily ? 'every day' : `on ${enumerated(weekdays.toSorted((a, b) => a - b).map((one) => days[one - 1] ?? ''))}`;
  if (from !== undefined && to !== undefined) return `${day} ${from}–${to}`;
  return from !== undefined ? `${day} from ${from}` : to !== undefined ? `${day} before ${to}` : day;
}

function shopping(needs: Needs, called: Called, isEverybody: boolean): string {
  const all = [...leavesOf(needs, 'amount'), ...leavesOf(needs, 'quantity')].map((need) => bought(need, called));
  return all.length === 0 ? '' : ` who ${isEverybody ? 'buys' : 'buy'} ${all.join(' and ')}`;
}

function bought(need: OneOf<'amount'> | OneOf<'quantity'>, called: Called): string {
  const what = goods(need.of, called);
  if (need.is === 'amount') return `${what === undefined ? '' : `${what} `}for ${money(need.minFen, called)} or more`;
  return `${need.min} or more ${what === undefined ? 'units' : `of ${what}`}`;
}

function effect({ then, stage }: Rule, called: Called): string {
  switch (then.gives) {
    case 'percent':
      return `${off(then.bp, stage === 'freight' ? 'delivery' : (goods(then.of, called) ?? 'everything'))}${most(then.capFen, called)}`;
    case 'amount':
      return `${money(then.fen, called)} off ${stage === 'freight' ? 'delivery' : (goods(then.of, called) ?? 'the order')}`;
    case 'fixed_price':
      return fixedPrice(then, called);
    case 'steps':
      return steps(then, called);
    case 'cheapest_free':
      return `the cheapest ${then.free === 1 ? 'one' : then.free} of every ${then.buy}${ofGoods(then.of, called)} free${times(then.timesMax, 'time')}`;
    case 'buy_x_get_y':
      return buyAndGet(then, called);
    case 'gift':
      return `${then.quantity} × ${listed('sku', [then.sku], called, 'SKU')} as a gift while stock lasts${then.repeats === true ? ', once for every time the condition is reached' : ''}${times(then.timesMax, 'time')}`;
    case 'bundle_price':
      return bundle(then, called);
    case 'free_freight':
      return 'free delivery';
    case 'coupon':
      return `${coupon(then, called)} for their next order once they have paid`;
    case 'points_price':
      return `${goods(then.of, called) ?? 'any goods'} for ${plural(then.points, 'point')}${then.unitFen === 0 ? '' : ` and ${money(then.unitFen, called)}`} each${perOrder(then.unitsPerOrder)}`;
  }
}

const ofGoods = (filter: LineFilter, called: Called): string => {
  const what = goods(filter, called);
  return what === undefined ? '' : ` of ${what}`;
};
const most = (capFen: number | undefined, called: Called): string =>
  capFen === undefined ? '' : `, at most ${money(capFen, called)}`;
const times = (max: number | undefined, unit: string): string => (max === undefined ? '' : `, at most ${plural(max, unit)}`);
const perOrder = (max: number | undefined): string => (max === undefined ? '' : `, at most ${max} an order`);
const coupon = (then: Gives<'coupon'>, called: Called): string => {
  const name = called.promotion(then.promotionId);
  return name === undefined ? 'a coupon' : `a coupon “${name}”`;
};

function fixedPrice({ of, unitFen, prices, unitsPerOrder }: Gives<'fixed_price'>, called: Called): string {
  const own = Object.keys(prices ?? {}).length;
  const each = unitFen === undefined ? '' : ` at ${money(unitFen, called)} each`;
  const special = own === 0 ? '' : `${each === '' ? '' : ','} at a price of its own for ${plural(own, 'SKU')}`;
  return `${goods(of, called) ?? 'everything'}${each}${special}${perOrder(unitsPerOrder)}`;
}

function steps({ of, by, steps: all, repeats, capFen }: Gives<'steps'>, called: Called): string {
  const sorted = all.toSorted((a, b) => a.from - b.from);
  const lowest = sorted[0];
  const at = (from: number): string => (by === 'amount' ? money(from, called) : plural(from, 'unit'));
  const told = (repeats ? sorted.slice(0, 1) : sorted).map(({ from, off: one }) => `${taken(one, called)} from ${at(from)}`);
  const again = repeats && lowest !== undefined ? `, again for every ${at(lowest.from)}` : '';
  const what = goods(of, called);
  return `${told.join(', ')}${what === undefined ? '' : ` of ${what}`}${again}${most(capFen, called)}`;
}

function buyAndGet({ buy, buyQuantity, get, getQuantity, bp, timesMax }: Gives<'buy_x_get_y'>, called: Called): string {
  const again = times(timesMax, 'time');
  const what = goods(buy, called);
  if (isSame(buy, get) && getQuantity === 1)
    return `${off(bp, `every ${ordinal(buyQuantity + 1)} unit`)}${what === undefined ? '' : ` of ${what}`}${again}`;
  const got = isSame(buy, get) ? `${getQuantity} more` : `${getQuantity} × ${goods(get, called) ?? 'any goods'}`;
  return `${off(bp, got)} for every ${buyQuantity} × ${what ?? 'any goods'} they buy${again}`;
}

const ordinal = (nth: number): string => {
  const tail = nth % 100 >= 11 && nth % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][nth % 10] ?? 'th');
  return `${nth}${tail}`;
};

function bundle({ items, fen, timesMax }: Gives<'bundle_price'>, called: Called): string {
  const [only] = items;
  const again = times(timesMax, 'set');
  if (items.length === 1 && only !== undefined)
    return `any ${only.quantity}${ofGoods(only.of, called)} for ${money(fen, called)}${again}`;
  const set = items.map(({ of, quantity }) => `${quantity} × ${goods(of, called) ?? 'any goods'}`).join(' + ');
  return `a set of ${set} for ${money(fen, called)}${again}`;
}

const modes: Readonly<Record<NonNullable<Rule['group']>['mode'], string>> = {
  sequence: 'applied one after another',
  sum: 'each reckoned by itself and added up',
  best: 'only the one that saves most counts',
  priority: 'the first by priority that gives anything counts',
  only: 'only the one that saves most counts, and its goods join nothing later',
};

function tail(rule: Rule, called: Called): string[] {
  const { group, needsCode, joinsExclusive, budgetFen, usesMax, usesPerCustomer, unitsMax, unitsPerCustomer } = rule;
  const limits = [
    ...(usesPerCustomer ? [`${plural(usesPerCustomer, 'order')} a customer`] : []),
    ...(unitsPerCustomer ? [`${plural(unitsPerCustomer, 'unit')} a customer`] : []),
    ...(unitsMax ? [`${plural(unitsMax, 'unit')} in all`] : []),
    ...(usesMax ? [`${plural(usesMax, 'order')} in all`] : []),
    ...(budgetFen ? [`budget ${money(budgetFen, called)}`] : []),
  ].join(', ');
  return [
    ...(needsCode === true ? ['with a coupon code'] : []),
    ...(joinsExclusive === true ? ['goods at an exclusive price join too'] : []),
    ...(group === undefined ? [] : [`among ${group.name === undefined ? 'its group' : `“${group.name}”`}, ${modes[group.mode]}`]),
    ...(limits === '' ? [] : [limits]),
    ...window(rule),
  ];
}

function window({ startsAt, endsAt }: Rule): string[] {
  if (startsAt && endsAt) return [`from ${formatInstant(startsAt)} until just before ${formatInstant(endsAt)}`];
  if (startsAt) return [`from ${formatInstant(startsAt)}`];
  return endsAt ? [`until just before ${formatInstant(endsAt)}`] : [];
}

/** Nested conditions, told as clauses. */
function clause(tree: ConditionTree, called: Called, isInner = false): string {
  if ('is' in tree) return leaf(tree, called);
  if ('not' in tree) return `not (${clause(tree.not, called)})`;
  const [parts, link] = 'all' in tree ? [tree.all, ' and '] : [tree.any, ' or '];
  if (parts.length === 0) return 'anything is so';
  const joined = parts.map((part) => clause(part, called, true)).join(link);
  return isInner && parts.length > 1 ? `(${joined})` : joined;
}

function leaf(condition: Condition, called: Called): string {
  switch (condition.is) {
    case 'member':
      return 'the buyer is a member';
    case 'first_order':
      return 'it is their first order';
    case 'tier':
      return `the buyer’s tier is ${listed('tier', condition.in, called, 'tier')}`;
    case 'segment':
      return `the buyer is in ${listed('segment', condition.in, called, 'segment')}`;
    case 'customer':
      return `the buyer is one of ${plural(condition.in.length, 'chosen customer')}`;
    case 'channel':
      return `the order is placed in ${enumerated(called.list('channel', condition.in).map(String), 'or')}`;
    case 'payment_method':
      return `payment is by ${enumerated(called.list('paymentMethod', condition.in).map(String), 'or')}`;
    case 'time':
      return `it is bought ${time(condition)}`;
    case 'amount':
    case 'quantity':
      return `they buy ${bought(condition, called)}`;
  }
}
