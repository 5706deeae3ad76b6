import { useQuery } from '@tanstack/react-query';
import { views } from '@tongshang/contract';
import { client, q } from '../lib/api.ts';
import { isChanged, type Layout, ownLayout, openingOf, type Saved, type SavedView, urlOfView } from '../lib/saved-views.ts';

const saved = q(views.listViews);
const nothing: Saved = { views: [], layouts: [], defaults: [] };

/** The address that a list opens with for this person when its own says nothing. A list opens as it is when views cannot be read. */
export async function openingSearch(page: string): Promise<string | undefined> {
  const found = await client.ensureQueryData(saved).catch(() => nothing);
  const opening = openingOf(found, page);
  return opening && urlOfView(opening);
}

export interface ListViews {
  saved: Saved;
  /** Views of this list: mine and those shared with me. */
  all: readonly SavedView[];
  current: SavedView | undefined;
  opening: SavedView | undefined;
  isChanged: boolean;
  own: Layout | undefined;
  /** What counts: my columns, else the view's. */
  layout: Layout | null;
}

/** The views of one list, and which one the address shows. */
export function useViews(page: string, url: URLSearchParams): ListViews {
  const found = useQuery(saved).data ?? nothing;
  const all = found.views.filter((view) => view.page === page);
  const current = all.find(({ id }) => id === url.get('view'));
  const own = ownLayout(found, page, current?.id ?? null);
  return {
    saved: found,
    all,
    current,
    opening: openingOf(found, page),
    isChanged: current !== undefined && isChanged(current, url, own),
    own,
    layout: own ?? current?.layout ?? null,
  };
}
