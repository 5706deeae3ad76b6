// What a crowd looks at in a big shop: lists, products and searches, so many different ones that no page memory does the work.
import { hash } from 'node:crypto';
import { brands, departments } from './assortment-words.ts';
import { makeDice } from './catalogue.ts';
import { createCaller, expectStatus, type Outcome } from './load.ts';
import { openLoop, quantiles } from './open-loop.ts';

export interface Visit {
  kind: 'list' | 'product' | 'search';
  category?: string;
  slug?: string;
  query: readonly (readonly [name: string, value: string])[];
}

/** For so long the shop keeps a page. */
const keptMs = 3000;

/** Typed as sounds, as people with a Chinese keyboard do. */
const sounds = 'lianyiqun kongqizhaguo dianfanbao yurongfu niuzaiku chenshan maoyi xichenqi kafeiji chaye lyq kqzg yrf dfb'.split(' '); // prettier-ignore

/**
 * How visits fall on pages. `popular`: as in shops, by Zipf's law with exponent 1 (the second is looked at half as often as the first, the
 * third a third as often): products, departments, and 5,000 things that people type. `even`: each page is as likely as any other, the worst
 * that can come, such as robots that read everything.
 */
export type Crowd = 'popular' | 'even';

const typedTexts = 5000;

/** Numbers below `count` by Zipf's law. */
function zipf(count: number, dice: () => number): () => number {
  const upTo = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank += 1) upTo[rank] = sum += 1 / (rank + 1);
  return () => {
    const point = dice() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? 0) < point) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/**
 * Visits without end, the same for the same seed: 40 % category lists (a third narrowed, a half sorted or further back), 40 % products,
 * 20 % searches by name, brand, fabric, sound, model number; one search in thirty has a typo.
 */
function makeVisits(slugs: readonly string[], seed: number, crowd: Crowd): () => Visit {
  const dice = makeDice(seed);
  const byFame = zipf(slugs.length, dice);
  const departmentByFame = zipf(departments.length, dice);
  const typedByFame = zipf(typedTexts, dice);
  // which products are famous has nothing to do with their place in the catalogue; a prime step meets each once
  const someProduct = (): string =>
    slugs[crowd === 'even' ? Math.floor(dice() * slugs.length) : (byFame() * 7919) % slugs.length] ?? '';
  const someDepartment = () =>
    departments[crowd === 'even' ? Math.floor(dice() * departments.length) : departmentByFame()] ?? pick(departments);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(dice() * from.length)] as T;
  const narrowed = (axes: (typeof departments)[number]['axes']): [string, string][] => {
    const axis = pick(axes);
    switch (Math.floor(dice() * 4)) {
      case 0:
        return [['brand', pick(brands)]];
      case 1:
        return [['option', `${axis.name[0]}:${pick(axis.values)[0]}`]];
      case 2:
        return [['min', String(50 + 50 * Math.floor(dice() * 4))], ['max', String(300 + 100 * Math.floor(dice() * 6))]]; // prettier-ignore
      default:
        return [['stock', '1']];
    }
  };
  const further = (): [string, string][] => {
    const [sort, page] = [dice(), dice()];
    return [
      ...(sort < 0.4 ? [['sort', sort < 0.2 ? 'price_asc' : sort < 0.3 ? 'price_desc' : 'newest'] as [string, string]] : []),
      ...(page < 0.4 ? [['page', String(2 + Math.floor(page < 0.3 ? dice() * 4 : dice() * 18))] as [string, string]] : []),
    ];
  };
  const list = (): Visit => {
    const { slug, kinds, axes } = someDepartment();
    const category = dice() < 0.3 ? slug : `${slug}/${pick(kinds).slug}`;
    return dice() < 0.35 ? { kind: 'list', category, query: narrowed(axes) } : { kind: 'list', category, query: further() };
  };
  const invent = (): Visit => {
    const { features, materials, kinds } = pick(departments);
    const noun = pick(pick(kinds).nouns);
    const text = [
      () => noun[0],
      () => `${pick(materials)[0]}${noun[0]}`,
      () => `${pick(features)[0]} ${noun[0]}`,
      () => `${pick(brands)} ${noun[0]}`,
      () => noun[1],
      () => `${pick(materials)[1]} ${noun[1]}`,
      () => pick(sounds),
      () => /-([a-z]{2}-\d{4})-/.exec(pick(slugs))?.[1]?.toUpperCase() ?? noun[0],
      () => `BIG-${String(Math.floor(dice() * slugs.length)).padStart(6, '0')}`,
      () => `${pick(features)[0]}${pick(materials)[0]}${noun[0]}`,
    ];
    const typed = pick(text)();
    const slip = 1 + Math.floor(dice() * Math.max(1, noun[1].length - 2));
    return {
      kind: 'search',
      query: [['q', dice() < 0.033 ? noun[1].slice(0, slip) + noun[1].slice(slip + 1) : typed], ...further().slice(0, 1)],
    };
  };
  const typed = crowd === 'even' ? [] : Array.from({ length: typedTexts }, invent);
  const search = (): Visit => typed[crowd === 'even' ? typedTexts : typedByFame()] ?? invent();
  return () => {
    const kind = dice();
    if (kind < 0.4) return list();
    return kind < 0.8 ? { kind: 'product', slug: someProduct(), query: [] } : search();
  };
}

/** The shop page of a visit; one visitor in five reads English. */
function pagePath({ kind, category, slug, query }: Visit, isEnglish: boolean): string {
  const path = kind === 'list' ? `/c/${category}` : kind === 'product' ? `/p/${slug}` : '/search';
  return `${isEnglish ? '/en' : ''}${path}${asQuery(query)}`;
}

const apiNames: Readonly<Record<string, string>> = { q: 'text', min: 'priceMinFen', max: 'priceMaxFen', stock: 'only' };

/** The same asked of the API. */
function apiPath({ kind, category, slug, query }: Visit): string {
  if (kind === 'product') return `/api/shop/products/${slug}`;
  const named = query.map(([name, value]) => [
    apiNames[name] ?? name,
    name === 'stock' ? 'in_stock' : name === 'min' || name === 'max' ? `${value}00` : value,
  ]) as [string, string][];
  return `/api/shop/products${asQuery([...(category === undefined ? [] : [['category', category] as const]), ...named])}`;
}

const asQuery = (query: Visit['query']): string =>
  query.length === 0 ? '' : `?${new URLSearchParams(query.map((pair) => [...pair])).toString()}`;

export interface Browsing extends Outcome {
  /** Share of the calls whose address was asked for while its page was still kept: what the pages' memory can answer at most. */
  repeatShare: number;
  byKind: Readonly<Record<string, { p50Ms: number; p99Ms: number; count: number }>>;
}

interface Browse {
  ratePerSecond: number;
  seconds: number;
  /** The shop's pages, or the API behind them. */
  through: 'pages' | 'api';
  crowd?: Crowd;
  seed?: number;
}

/**
 * So many visits a second, arriving by themselves; of several servers each has its share of the addresses, as a balancer by address gives it. Look for a while before measuring: a server reads
 * its shelf and compiles its pages first. A page after a list's end is not found, and no error.
 */
export async function browse(
  origins: string | readonly string[],
  slugs: readonly string[],
  { ratePerSecond, seconds, through, crowd = 'popular', seed = 1 }: Browse,
): Promise<Browsing> {
  const callers = [origins].flat().map((origin) => createCaller(origin));
  const visits = makeVisits(slugs, seed, crowd);
  const dice = makeDice(seed + 7);
  const asked = new Map<string, number>();
  const times = new Map<Visit['kind'], number[]>([['list', []], ['product', []], ['search', []]]); // prettier-ignore
  let repeats = 0;
  const outcome = await openLoop(ratePerSecond, seconds, async (meantAt) => {
    const visit = visits();
    const path = through === 'api' ? apiPath(visit) : pagePath(visit, dice() < 0.2);
    const now = performance.now();
    if (now - (asked.get(path) ?? Number.NEGATIVE_INFINITY) < keptMs) repeats += 1;
    else asked.set(path, now);
    const call = callers[hash('sha1', path, 'buffer').readUInt32LE() % callers.length];
    if (call === undefined) throw new Error('no server to ask');
    expectStatus(await call('GET', path), 200, ...(visit.query.some(([name]) => name === 'page') ? [404] : []));
    times.get(visit.kind)?.push(performance.now() - meantAt);
  });
  const byKind = Object.fromEntries([...times].map(([kind, some]) => [kind, quantiles(some)]));
  return { ...outcome, repeatShare: repeats / Math.max(1, outcome.count), byKind };
}
