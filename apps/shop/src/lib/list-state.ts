// What a list shows lives in its address: search, filters, sort, page. Defaults are left out, the order is fixed, so equal
// lists have equal addresses.

export const sorts = ['recommended', 'newest', 'price_asc', 'price_desc'] as const;
export type Sort = (typeof sorts)[number];

export interface ListState {
  text: string | undefined;
  brands: readonly string[];
  /** `name:value`; several of one name widen, several names narrow. */
  options: readonly string[];
  minFen: number | undefined;
  maxFen: number | undefined;
  isInStock: boolean;
  sort: Sort;
  page: number;
}

/** A list's state from the address; what cannot be read is dropped. */
export function parseListState(query: URLSearchParams): ListState {
  const page = Number(query.get('page') ?? 1);
  const text = (query.get('q') ?? '').trim().slice(0, 100);
  const severalOf = (name: string): string[] =>
    [...new Set(query.getAll(name))].filter((one) => one !== '' && one.length <= 120).slice(0, 20);
  const [minFen, maxFen] = [fenOf(query.get('min')), fenOf(query.get('max'))];
  const isSwapped = minFen !== undefined && maxFen !== undefined && minFen > maxFen;
  return {
    text: text === '' ? undefined : text,
    brands: severalOf('brand'),
    options: severalOf('option').filter((one) => one.includes(':')),
    minFen: isSwapped ? maxFen : minFen,
    maxFen: isSwapped ? minFen : maxFen,
    isInStock: query.get('stock') === '1',
    sort: sorts.find((one) => one === query.get('sort')) ?? 'recommended',
    page: Number.isInteger(page) && page >= 1 && page <= 500 ? page : 1,
  };
}

/** The query string of a list. */
export function listQuery(state: ListState): string {
  const query = new URLSearchParams();
  if (state.text !== undefined) query.set('q', state.text);
  for (const brand of state.brands.toSorted()) query.append('brand', brand);
  for (const option of state.options.toSorted()) query.append('option', option);
  if (state.minFen !== undefined) query.set('min', yuan(state.minFen));
  if (state.maxFen !== undefined) query.set('max', yuan(state.maxFen));
  if (state.isInStock) query.set('stock', '1');
  if (state.sort !== 'recommended') query.set('sort', state.sort);
  if (state.page > 1) query.set('page', String(state.page));
  return query.size > 0 ? `?${query}` : '';
}

export const isNarrowed = (state: ListState): boolean =>
  state.brands.length + state.options.length > 0 || state.minFen !== undefined || state.maxFen !== undefined || state.isInStock;

export const withoutFilters = (state: ListState): ListState => ({
  ...state,
  brands: [],
  options: [],
  minFen: undefined,
  maxFen: undefined,
  isInStock: false,
  page: 1,
});

/** The list with `value` in, or out when it was in; from the first page. */
export function toggle(state: ListState, kind: 'brands' | 'options', value: string): ListState {
  const values = state[kind];
  return { ...state, [kind]: values.includes(value) ? values.filter((one) => one !== value) : [...values, value], page: 1 };
}

/** Fen as people type yuan: 5900 → `59`, 5950 → `59.5`. */
export const yuan = (fen: number): string => String(fen / 100);

function fenOf(text: string | null): number | undefined {
  const plain = (text ?? '').normalize('NFKC').replaceAll(/[¥,\s]/g, '');
  const amount = plain === '' ? Number.NaN : Number(plain);
  return Number.isFinite(amount) && amount >= 0 && amount <= 1e7 ? Math.round(amount * 100) : undefined;
}
