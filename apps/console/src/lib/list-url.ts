import type { Endpoint, QueryOf } from '@tongshang/contract';

/** Parameters that the page itself reads; no endpoint sees them. */
const pageOnly = new Set(['page', 'tab', 'open', 'view']);

export interface ListState<E extends Endpoint> {
  query: QueryOf<E>;
  /** Parameters of the address that this list does not know or cannot read; told, never fatal. */
  dropped: readonly string[];
  pageNumber: number;
}

/** Reads a list's state from the address with the contract's own schema: a wrong parameter is dropped and named. */
export function readListUrl<E extends Endpoint>(endpoint: E, url: URLSearchParams): ListState<E> {
  const asked = new Map<string, string | string[]>();
  for (const name of new Set(url.keys())) {
    if (pageOnly.has(name)) continue;
    const values = url.getAll(name).filter((value) => value !== '');
    if (values.length > 0) asked.set(name, values.length > 1 ? values : (values[0] ?? ''));
  }
  const dropped: string[] = [];
  for (;;) {
    const read = endpoint.query.safeParse(Object.fromEntries(asked));
    if (read.success) {
      const known = Object.keys(read.data as object);
      for (const name of asked.keys()) if (!known.includes(name)) dropped.push(name);
      const query = Object.fromEntries([...asked].filter(([name]) => known.includes(name)));
      return { query: query as QueryOf<E>, dropped, pageNumber: pageNumberOf(url) };
    }
    const wrong = read.error.issues.map((issue) => String(issue.path[0])).filter((name) => asked.delete(name));
    if (wrong.length === 0) return { query: {} as QueryOf<E>, dropped: [...dropped, ...asked.keys()], pageNumber: 1 };
    dropped.push(...new Set(wrong));
  }
}

function pageNumberOf(url: URLSearchParams): number {
  const page = Number(url.get('page') ?? 1);
  return url.has('after') && Number.isInteger(page) && page > 1 ? page : 1;
}

/** The address after a filter changed: the paging starts anew, empty values disappear. */
export function withFilter(
  url: URLSearchParams,
  changes: Readonly<Record<string, string | readonly string[] | undefined>>,
): URLSearchParams {
  const next = new URLSearchParams(url);
  for (const name of ['after', 'page']) next.delete(name);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) if (one !== '') next.append(name, one);
  }
  return next;
}

/** The address of the following page. */
export function withPage(url: URLSearchParams, after: string, pageNumber: number): URLSearchParams {
  const next = new URLSearchParams(url);
  next.set('after', after);
  next.set('page', String(pageNumber));
  return next;
}

/** Which filters are set, leaving paging and the page's own parameters out. */
export const filtersIn = (url: URLSearchParams): string[] =>
  [...new Set(url.keys())].filter(
    (name) => !pageOnly.has(name) && !['after', 'limit', 'sort'].includes(name) && url.get(name) !== '',
  );
