import type { ReplyOf, views } from '@tongshang/contract';

export type Saved = ReplyOf<typeof views.listViews>;
export type SavedView = Saved['views'][number];
export type Layout = NonNullable<SavedView['layout']>;

/** The address without a view, for those who have chosen one to open with. */
const noView = 'all';
const notOfView = new Set(['view', 'after', 'page', 'tab', 'open']);

/** What a view keeps of an address: the filters, in one order, so that the same filters are the same text. */
export function viewQuery(url: URLSearchParams): string {
  const kept = [...url].filter(([name, value]) => !notOfView.has(name) && value !== '');
  return new URLSearchParams(kept.toSorted((a, b) => order(a[0], b[0]) || order(a[1], b[1]))).toString();
}
const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The address that shows a view. */
export const urlOfView = (view: { id: string; query: string }): string => {
  const url = new URLSearchParams(view.query);
  url.set('view', view.id);
  return url.toString();
};

/** The view that a list opens with when its address says nothing. */
export function openingOf(saved: Saved, page: string): SavedView | undefined {
  const opening = saved.defaults.find((one) => one.page === page);
  return opening && saved.views.find(({ id }) => id === opening.viewId);
}

/** The address without any filter: without a view, also for those who open with one. */
export const clearedUrl = (saved: Saved, page: string): URLSearchParams =>
  new URLSearchParams(openingOf(saved, page) ? { view: noView } : {});

/** Whether filters or columns differ from what the view keeps. */
export function isChanged(view: SavedView, url: URLSearchParams, own: Layout | undefined): boolean {
  return viewQuery(url) !== viewQuery(new URLSearchParams(view.query)) || (own !== undefined && !sameLayout(own, view.layout));
}
const sameLayout = (one: Layout, other: Layout | null): boolean =>
  JSON.stringify([one.columns, one.density]) === JSON.stringify([other?.columns, other?.density]);

/** How this person laid out the list, with this view or without one. */
export const ownLayout = (saved: Saved, page: string, viewId: string | null): Layout | undefined => {
  const found = saved.layouts.find((one) => one.page === page && one.viewId === viewId);
  return found && { columns: found.columns, density: found.density };
};

/** Columns in the order and choice of a layout; the first one names the row and stays, one that the layout does not know stands at the end. */
export function layColumns<C extends { key: string; isExtra?: boolean }>(
  columns: readonly C[],
  layout: Layout | null | undefined,
): { column: C; isHidden: boolean }[] {
  const [head, ...others] = columns;
  if (head === undefined) return [];
  const places = new Map((layout?.columns ?? []).map(({ key, isHidden }, at) => [key, { at, isHidden }]));
  const at = (column: C) => places.get(column.key)?.at ?? columns.length + others.indexOf(column);
  return [
    { column: head, isHidden: false },
    ...others
      .toSorted((a, b) => at(a) - at(b))
      .map((column) => ({ column, isHidden: places.get(column.key)?.isHidden ?? column.isExtra ?? false })),
  ];
}
