// What names a person is never kept: not in an event, not in a bad one. Pure.

const personal =
  /^(e-?mail|phone|mobile|tel|telephone|(first|last|full|user|recipient|nick)?_?-?name|address|ip|id_?card|password|birthday|avatar|token)$/i;
const depthMax = 5;

type Deep = 'refuse' | 'cut';

/**
 * Everything but what would name a person. Nested too deep to be sensible: undefined, or with `cut` without what lies deeper. What a
 * client adds about itself (`$lib`, `$ip`) is not kept either.
 */
export function withoutPersons(
  given: Readonly<Record<string, unknown>>,
  deep: Deep = 'refuse',
  depth = 0,
): Record<string, unknown> | undefined {
  if (depth > depthMax) return undefined;
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(given)) {
    if (key.startsWith('$') || (personal.test(key) && !isThingsName(key, given))) continue;
    const value = given[key];
    if (typeof value !== 'object' || value === null) {
      kept[key] = typeof value === 'string' && addressKeys.has(key) ? withoutQuery(value) : value;
      continue;
    }
    const clean = cleanValue(value, deep, depth + 1);
    if (clean === undefined && deep === 'refuse') return undefined;
    kept[key] = clean;
  }
  return kept;
}

const addressKeys = new Set(['url', 'referrer', 'referring_url', 'search', 'page_url']);
const telling = /^(utm_\w+|q|page|sort)$/;

/** An address without what its query may hold, a person's token for one; where a visit came from stays. */
function withoutQuery(address: string): string {
  const [path = '', query = ''] = address.split('#')[0]?.split('?') ?? [];
  if (query === '') return path;
  const kept = query.split('&').filter((pair) => telling.test(pair.split('=')[0] ?? ''));
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

/** The name of a product, list or promotion travels with its id and names nobody. */
const isThingsName = (key: string, beside: Readonly<Record<string, unknown>>): boolean =>
  key === 'name' && ('sku' in beside || 'product_id' in beside || 'list_id' in beside || 'promotion_id' in beside);

function cleanValue(value: unknown, deep: Deep, depth: number): unknown {
  if (depth > depthMax) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => cleanValue(item, deep, depth + 1));
    return deep === 'refuse' && items.includes(undefined) ? undefined : items;
  }
  return isObject(value) ? withoutPersons(value, deep, depth) : value;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
