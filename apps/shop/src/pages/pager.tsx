import type { ListState } from '../lib/list-state.ts';
import type { Site } from '../site.ts';
import type { ListReply } from '../views.ts';
import { lists } from '../words/lists.ts';
import type { ListLink } from './list.tsx';

interface Props {
  site: Site;
  state: ListState;
  list: ListReply;
  linkTo: ListLink;
}

/** Page numbers as links; with JavaScript the "more" link appends instead of leaving. */
export function Pager({ site, state, list, linkTo }: Props) {
  const { page, pages, total, items } = list;
  if (pages <= 1) return null;
  const shown = (page - 1) * 24 + items.length;
  return (
    <div class="pager" data-pager>
      <output class="note" data-shown>
        {site.say(lists.shownOf, { shown, total })}
      </output>
      {page < pages && (
        <p>
          <a class="button quiet" data-more href={linkTo({ ...state, page: page + 1 })}>
            {site.say(lists.more)}
          </a>
        </p>
      )}
      <nav aria-label={site.say(lists.pages)}>
        <ul>
          {page > 1 && (
            <li>
              <a href={linkTo({ ...state, page: page - 1 })} rel="prev">
                {site.say(lists.previous)}
              </a>
            </li>
          )}
          {pagesAround(page, pages).map((one) => (
            <li key={one}>
              <a href={linkTo({ ...state, page: one })} aria-current={one === page ? 'page' : undefined}>
                <span class="sr">{site.say(lists.pageNumber, { page: one })}</span>
                <span aria-hidden="true">{one}</span>
              </a>
            </li>
          ))}
          {page < pages && (
            <li>
              <a href={linkTo({ ...state, page: page + 1 })} rel="next">
                {site.say(lists.next)}
              </a>
            </li>
          )}
        </ul>
      </nav>
    </div>
  );
}

/** First, last and the pages around this one, without repeats. */
function pagesAround(page: number, pages: number): number[] {
  const near = [1, page - 1, page, page + 1, pages].filter((one) => one >= 1 && one <= pages);
  return [...new Set(near)].toSorted((one, other) => one - other);
}
