import { homeUrl } from '../lib/urls.ts';
import { CardGrid } from '../parts/card.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Site } from '../site.ts';
import type { Card, Category } from '../views.ts';
import { errors as words } from '../words/common.ts';

export type Failure = 'not_found' | 'gone' | 'bug' | 'busy' | 'forbidden';

export interface ErrorView {
  categories: readonly Category[];
  failure: Failure;
  requestId: string;
  alternatives: readonly Card[];
  /** Of a product that is gone. */
  name?: { name: string; nameEn: string } | undefined;
}

/** What failed, what still works, and a way on. */
export function ErrorPage({ site, view }: { site: Site; view: ErrorView }) {
  const { categories, failure, requestId, alternatives, name } = view;
  const { title, text } = {
    not_found: { title: words.notFoundTitle, text: words.notFoundText },
    gone: { title: words.goneTitle, text: words.goneText },
    bug: { title: words.bugTitle, text: words.bugText },
    busy: { title: words.busyTitle, text: words.bugText },
    forbidden: { title: words.forbiddenTitle, text: words.forbiddenText },
  }[failure];
  return (
    <Layout site={site} kind="error" categories={categories} head={{ title: site.say(title) }}>
      <div class="narrow center">
        <h1>{site.say(title)}</h1>
        {name && <p class="big">{site.nameOf(name)}</p>}
        <p>{site.say(text, { id: requestId })}</p>
        <div class="actions">
          {(failure === 'bug' || failure === 'busy') && (
            <a class="button" href={site.href(site.path)}>
              {site.say(words.retry)}
            </a>
          )}
          <a class="button quiet" href={site.href(homeUrl)}>
            {site.say(words.toHome)}
          </a>
        </div>
      </div>
      {alternatives.length > 0 && <CardGrid site={site} cards={alternatives} heading="h2" />}
    </Layout>
  );
}
