import { boards } from '@tongshang/contract';

export type Bar = boards.BoardBar;

const names = ['period', 'from', 'to', 'compare', 'channel', 'store', 'category'] as const;

/** Whether an address says anything about the bar. */
const hasBar = (url: URLSearchParams): boolean => names.some((name) => url.has(name));

/** The bar an address asks for, or the board's own where it says nothing. What it spells wrongly is left out. */
export function readBar(url: URLSearchParams, own: Bar): Bar {
  if (!hasBar(url)) return own;
  const asked: Record<string, string | string[]> = {};
  for (const name of names) {
    const values = url.getAll(name);
    if (values.length > 0)
      asked[name] = name === 'channel' || name === 'store' || name === 'category' ? values : (values[0] ?? '');
  }
  const read = boards.BoardBar.safeParse(asked);
  if (read.success) return read.data;
  for (const { path } of read.error.issues) delete asked[String(path[0])];
  return boards.BoardBar.safeParse(asked).data ?? {};
}

/** The address that shows this bar; a bar that asks for nothing still says so, for the board may have one of its own. */
export function writeBar(url: URLSearchParams, bar: Bar): URLSearchParams {
  const next = new URLSearchParams(url);
  for (const name of names) {
    next.delete(name);
    const value = bar[name];
    for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value]) next.append(name, one);
  }
  if (!hasBar(next)) next.set('compare', '');
  return next;
}

/** The bar as the contract's body wants it: nothing empty in it. */
export const sentBar = (bar: Bar): Bar => Object.fromEntries(Object.entries(bar).filter(([, value]) => value !== undefined));
