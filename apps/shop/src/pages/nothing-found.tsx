import { isNarrowed, withoutFilters } from '../lib/list-state.ts';
import { categoryUrl } from '../lib/urls.ts';
import type { Site } from '../site.ts';
import { lists } from '../words/lists.ts';
import { wishWords } from '../words/wish.ts';
import type { ListLink, ListView } from './list.tsx';
import { WishForm } from './wish.tsx';

/** No result is a page with ways on: fewer filters, other words, categories. */
export function NothingFound({ site, view: { state, categories }, linkTo }: { site: Site; view: ListView; linkTo: ListLink }) {
  const isFiltered = isNarrowed(state);
  return (
    <div class="nothing">
      <p class="big">
        {state.text === undefined || isFiltered ? site.say(lists.noneHere) : site.say(lists.noneFor, { search: state.text })}
      </p>
      <p>{site.say(isFiltered ? lists.noneFilterAdvice : lists.noneAdvice)}</p>
      {isFiltered && (
        <p>
          <a class="button" href={linkTo(withoutFilters(state))} rel="nofollow">
            {site.say(lists.clearAll)}
          </a>
        </p>
      )}
      {state.text !== undefined && !isFiltered && (
        <>
          <h3>{site.say(wishWords.title)}</h3>
          <WishForm site={site} text={state.text} />
        </>
      )}
      <h3>{site.say(lists.tryCategories)}</h3>
      <ul class="links">
        {categories
          .filter(({ parent, count }) => parent === null && count > 0)
          .map((category) => (
            <li key={category.code}>
              <a href={site.href(categoryUrl(category.code))}>{site.nameOf(category)}</a>
            </li>
          ))}
      </ul>
    </div>
  );
}
