// Eighteen months of a firm, day by day: what was wanted, what was there, who bought, what came back.
import { addMs, startOfDay } from '../platform/time.ts';
import type { DemoSku } from './catalogue.ts';
import { expectedUnits, timesAtPrice } from './demand.ts';
import type { DemoCustomer } from './people.ts';
import type { Random } from './random.ts';
import { type Booking, createStockroom } from './stockroom.ts';

export type Channel = 'shop' | 'marketplace' | 'store';

export interface DemoOrder {
  externalId: string;
  channel: Channel;
  /** Where the goods leave from; a store's own code for a store's order. */
  location: string;
  customer: DemoCustomer | undefined;
  placedAt: Date;
  /** Paid, then released after so many seconds; cancelled orders have neither. */
  handlingSeconds: number;
  isCancelled: boolean;
  lines: { one: DemoSku; quantity: number; unitFen: number }[];
}

export interface DemoReturn {
  order: DemoOrder;
  lineIndex: number;
  quantity: number;
  receivedAt: Date;
  isRestocked: boolean;
  reason: 'unwanted' | 'too_small' | 'too_large' | 'defective' | 'damaged' | 'other';
}

/** Goods that a purchase request brings, as the stockroom booked them. */
export interface DemoArrival {
  purchaseId: string;
  lineNo: number;
  sku: string;
  location: string;
  quantity: number;
}

/** What people and playbooks decided about a day before it began. */
export interface DayChanges {
  /** Marked-down prices by SKU, fen. */
  prices: ReadonlyMap<string, number>;
  arrivals: readonly DemoArrival[];
}

export interface DemoDay {
  day: string;
  arrivals: (DemoArrival & { booking: Booking })[];
  receipts: Booking[];
  shipments: Booking[];
  expired: Booking[];
  orders: DemoOrder[];
  returns: DemoReturn[];
}

export interface HistoryParts {
  skus: readonly DemoSku[];
  customers: readonly DemoCustomer[];
  days: readonly string[];
  /** Nothing happens after this instant: today is told so far. */
  until: Date;
  random: Random;
  /** Asked as each day begins. */
  changesOn: (day: string) => DayChanges;
}

const stores = ['S01', 'S02', 'S03'];
const channelShares = {
  apparel: { shop: 0.42, marketplace: 0.2, store: 0.38 },
  food: { shop: 0.45, marketplace: 0.22, store: 0.33 },
  appliance: { shop: 0.5, marketplace: 0.34, store: 0.16 },
};
const storeShares = [0.45, 0.33, 0.22];
/** Where units leave from, with the share of demand that falls there. */
const outlets: readonly { channel: Channel; location: string; share: (line: DemoSku['item']['line']) => number }[] = [
  { channel: 'shop', location: 'WH1', share: (line) => channelShares[line].shop },
  { channel: 'marketplace', location: 'WH1', share: (line) => channelShares[line].marketplace },
  ...stores.map((location, index) => ({
    channel: 'store' as const,
    location,
    share: (line: DemoSku['item']['line']) => channelShares[line].store * (storeShares[index] ?? 0),
  })),
];

/** Tells the history one day at a time, so that whoever writes it down needs little memory. */
export function* tellHistory(parts: HistoryParts): Generator<DemoDay> {
  const { skus, days, random } = parts;
  const byCode = new Map(skus.map((one) => [one.sku, one]));
  const stockroom = createStockroom(skus);
  const coming = new Map<string, DemoReturn[]>();
  for (const [index, day] of days.entries()) {
    const share = index / days.length;
    const isMonday = new Date(`${day}T00:00:00Z`).getUTCDay() === 1;
    const receipts = index === 0 || isMonday ? replenish(skus, stockroom, { day, share, daysLeft: days.length - index }) : [];
    const expired = stockroom.expire(day);
    const { prices, arrivals: due } = parts.changesOn(day);
    const arrivals = due.flatMap((arrival) => {
      const one = byCode.get(arrival.sku);
      return one === undefined ? [] : [{ ...arrival, booking: stockroom.receive(one, arrival.location, arrival.quantity, day) }];
    });
    const expected = skus.map((one) => ({
      one,
      units: expectedUnits(one, day, share) * timesAtPrice(prices.get(one.sku) ?? one.priceFen, one.priceFen),
    }));
    const shipments: Booking[] = [];
    const orders: DemoOrder[] = [];
    for (const outlet of outlets) {
      const units = expected.flatMap(({ one, units: mean }) => {
        const wanted = random.poisson(mean * outlet.share(one.item.line));
        const taken = stockroom.take(one, outlet.location, wanted);
        shipments.push(...taken);
        return Array.from({ length: -taken.reduce((sum, { quantity }) => sum + quantity, 0) }, () => one);
      });
      orders.push(...baskets(parts, outlet, { day, share, prices }, units));
    }
    const happened = orders.filter((order) => order.placedAt <= parts.until);
    const undone = orders.filter((order) => order.isCancelled || order.placedAt > parts.until);
    const shipped = withoutOrders(mergeBookings(shipments), undone, stockroom);
    planReturns(parts, happened, coming);
    const returns = coming.get(day) ?? [];
    coming.delete(day);
    for (const { order, lineIndex, quantity, isRestocked } of returns) {
      const line = order.lines[lineIndex];
      if (isRestocked && line !== undefined) stockroom.putBack(line.one, order.location, quantity);
    }
    yield { day, arrivals, receipts, shipments: shipped, expired, orders: happened, returns };
  }
}

/** How many days before today the Monday buyer leaves a scarce product to the cover playbook. */
const leftToPlaybookDays = { watched: 46, apparel: 25, food: 25, appliance: 15 };
/** The last order of fading products: how many days before today, and for how many of their good days. Nobody looked at the shelf. */
const overbuy = { daysLeft: 172, days: { apparel: 340, appliance: 200, food: 180 } };

/** Mondays: fill up to so many days of expected demand. Fading products are ordered as if they would last; scarce ones too thinly. */
function replenish(
  skus: readonly DemoSku[],
  stockroom: ReturnType<typeof createStockroom>,
  { day, share, daysLeft }: { day: string; share: number; daysLeft: number },
): Booking[] {
  return skus.flatMap((one) => {
    const { fate } = one.item;
    if (fate === 'fading' && daysLeft <= overbuy.daysLeft - 7) return [];
    if (fate === 'scarce' && daysLeft <= leftToPlaybookDays[one.item.isWatched ? 'watched' : one.item.line]) return [];
    const isOverbuy = fate === 'fading' && daysLeft <= overbuy.daysLeft && one.item.shelfLifeDays !== 60;
    const daily = isOverbuy ? one.dailyUnits : expectedUnits(one, day, fate === 'fading' ? Math.min(share, 0.5) : share);
    return ['WH1', ...stores].flatMap((location) => {
      const here = outlets
        .filter((outlet) => outlet.location === location)
        .reduce((sum, outlet) => sum + outlet.share(one.item.line), 0);
      const ordinary = fate === 'scarce' ? 16 : fate === 'fading' ? 75 : 38;
      const coverDays = isOverbuy ? overbuy.days[one.item.line] : one.item.shelfLifeDays === 60 ? ordinary / 2 : ordinary;
      const wanted = Math.ceil(daily * here * coverDays + (location === 'WH1' ? 6 : 2));
      const missing = wanted - (isOverbuy ? 0 : stockroom.onHand(one.sku, location));
      return missing < Math.max(4, wanted * 0.35) ? [] : [stockroom.receive(one, location, Math.ceil(missing / 4) * 4, day)];
    });
  });
}

interface When {
  day: string;
  share: number;
  prices: DayChanges['prices'];
}

/** Puts the units that went out into baskets: most people buy one or two things, some a trolley. */
function baskets(parts: HistoryParts, outlet: (typeof outlets)[number], when: When, units: DemoSku[]): DemoOrder[] {
  const { random } = parts;
  for (let index = units.length - 1; index > 0; index -= 1) {
    const other = random.between(0, index);
    [units[index], units[other]] = [units[other] as DemoSku, units[index] as DemoSku];
  }
  const orders: DemoOrder[] = [];
  for (let start = 0; start < units.length;) {
    const size = random.weighted([{ item: 1, weight: 48 }, { item: 2, weight: 28 }, { item: 3, weight: 14 }, { item: 5, weight: 8 }, { item: 8, weight: 2 }]); // prettier-ignore
    orders.push(orderOf(parts, outlet, when, units.slice(start, start + size), orders.length));
    start += size;
  }
  return orders;
}

function orderOf(
  { random, customers }: HistoryParts,
  { channel, location }: (typeof outlets)[number],
  { day, share, prices }: When,
  units: readonly DemoSku[],
  sequence: number,
): DemoOrder {
  const known = { shop: 0.86, marketplace: 0.35, store: 0.55 }[channel];
  const off = festivalOff(day);
  const lines = [...Map.groupBy(units, (one) => one)].map(([one, same]) => ({
    one,
    quantity: same.length,
    unitFen: Math.min(Math.round((one.priceFen * (1 - off)) / 100) * 100, prices.get(one.sku) ?? one.priceFen),
  }));
  const automatic = share > 0.6; // the firm moved to automatic release about seven months ago
  return {
    externalId: `${channel === 'store' ? `${location}-` : ''}${day.replaceAll('-', '')}-${String(sequence + 1).padStart(4, '0')}`,
    channel,
    location,
    customer: random.next() < known ? someCustomer(customers, random, share) : undefined,
    placedAt: addMs(startOfDay(day), timeOfDay(random, channel)),
    handlingSeconds: channel === 'store' ? 0 : Math.round(automatic ? 1 + random.next() * 6 : 900 + random.next() ** 2 * 14_000),
    isCancelled: channel !== 'store' && random.next() < 0.024,
    lines,
  };
}

/** Customers are won over time, and those who like the brand come back. */
function someCustomer(customers: readonly DemoCustomer[], random: Random, share: number): DemoCustomer {
  const won = Math.max(200, Math.floor(customers.length * (0.15 + 0.85 * share)));
  for (;;) {
    const isNew = random.next() < 0.22;
    const candidate = customers[isNew ? random.between(Math.floor(won * 0.9), won - 1) : random.between(0, won - 1)];
    if (candidate !== undefined && (isNew || random.next() < candidate.loyalty / 3)) return candidate;
  }
}

const festivalOff = (day: string): number => {
  const tail = day.slice(5);
  if (tail === '11-11' || (tail >= '06-16' && tail <= '06-18')) return 0.15;
  return tail === '12-12' ? 0.1 : 0;
};

const hourWeights: Readonly<Record<Channel, readonly number[]>> = {
  shop: [3, 1, 1, 0, 0, 0, 1, 2, 4, 6, 7, 7, 8, 7, 6, 6, 6, 6, 7, 9, 11, 12, 10, 6],
  marketplace: [4, 2, 1, 0, 0, 0, 1, 2, 4, 6, 7, 7, 8, 7, 6, 6, 6, 6, 7, 9, 11, 12, 10, 6],
  store: [0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 7, 8, 7, 6, 7, 8, 9, 10, 11, 12, 10, 4, 0, 0],
};

function timeOfDay(random: Random, channel: Channel): number {
  const hour = random.weighted(hourWeights[channel].map((weight, item) => ({ item, weight })));
  return (hour * 3600 + random.between(0, 3599)) * 1000;
}

const returnShares = { apparel: 0.13, food: 0.012, appliance: 0.045 };

function planReturns({ random }: HistoryParts, orders: readonly DemoOrder[], coming: Map<string, DemoReturn[]>): void {
  for (const order of orders) {
    if (order.isCancelled || order.customer === undefined) continue;
    for (const [lineIndex, { one, quantity }] of order.lines.entries()) {
      const { line } = one.item;
      if (random.next() >= returnShares[line] * (order.channel === 'store' ? 0.3 : 1)) continue;
      const receivedAt = addMs(order.placedAt, random.between(4, 12) * 86_400_000);
      const day = new Date(receivedAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
      const reason = random.weighted([
        { item: 'unwanted' as const, weight: line === 'apparel' ? 4 : 3 },
        { item: 'too_small' as const, weight: line === 'apparel' ? 3 : 0 },
        { item: 'too_large' as const, weight: line === 'apparel' ? 2 : 0 },
        { item: 'defective' as const, weight: 2 },
        { item: 'damaged' as const, weight: 1 },
        { item: 'other' as const, weight: 1 },
      ]);
      const isRestocked = line !== 'food' && reason !== 'damaged' && reason !== 'defective';
      const one_: DemoReturn = { order, lineIndex, quantity: random.between(1, quantity), receivedAt, isRestocked, reason };
      coming.set(day, [...(coming.get(day) ?? []), one_]);
    }
  }
}

/** Units of orders that did not ship after all stay on the shelf. */
function withoutOrders(
  shipments: readonly Booking[],
  orders: readonly DemoOrder[],
  stockroom: ReturnType<typeof createStockroom>,
): Booking[] {
  const left = shipments.map((booking) => ({ ...booking }));
  for (const { location, lines } of orders) {
    for (const { one, quantity } of lines) {
      let rest = quantity;
      for (const booking of left) {
        if (rest === 0 || booking.sku !== one.sku || booking.location !== location) continue;
        const part = Math.min(rest, -booking.quantity);
        booking.quantity += part;
        rest -= part;
        stockroom.unTake(one, booking, part);
      }
    }
  }
  return left.filter((booking) => booking.quantity < 0);
}

function mergeBookings(bookings: readonly Booking[]): Booking[] {
  const merged = new Map<string, Booking>();
  for (const booking of bookings) {
    const key = `${booking.sku} ${booking.location} ${booking.lot ?? ''}`;
    merged.set(key, { ...booking, quantity: (merged.get(key)?.quantity ?? 0) + booking.quantity });
  }
  return [...merged.values()];
}
