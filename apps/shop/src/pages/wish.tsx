import { homeUrl, wishUrl } from '../lib/urls.ts';
import { described, Field } from '../parts/field.tsx';
import { Layout } from '../parts/layout.tsx';
import { Notice } from '../parts/notice.tsx';
import type { Site } from '../site.ts';
import type { Category } from '../views.ts';
import { wishWords as words } from '../words/wish.ts';

export interface WishView {
  categories: readonly Category[];
  text: string;
  note: string;
  outcome: 'asked' | 'missing' | 'too_many' | 'kept';
}

/** What one looked for and did not find, told to the house; and its thanks. */
export function WishPage({ site, view }: { site: Site; view: WishView }) {
  const isKept = view.outcome === 'kept';
  const title = site.say(isKept ? words.thanks : words.title);
  return (
    <Layout site={site} kind="wish" categories={view.categories} head={{ title, isHidden: true }}>
      <div class="narrow">
        <h1>{title}</h1>
        {isKept ? (
          <>
            <p>{site.say(words.thanksText, { text: view.text })}</p>
            <p>
              <a class="button" href={site.href(homeUrl)}>
                {site.say(words.onward)}
              </a>
            </p>
          </>
        ) : (
          <>
            {view.outcome === 'too_many' && <Notice notice={{ tone: 'bad', text: site.say(words.tooMany) }} />}
            <WishForm site={site} text={view.text} note={view.note} isMissing={view.outcome === 'missing'} />
          </>
        )}
      </div>
    </Layout>
  );
}

export function WishForm({
  site,
  text,
  note = '',
  isMissing = false,
}: {
  site: Site;
  text: string;
  note?: string;
  isMissing?: boolean;
}) {
  const trouble = isMissing ? site.say(words.missing) : undefined;
  const hint = site.say(words.noteHint);
  return (
    <form class="panel wish" method="post" action={site.href(wishUrl)}>
      <p>{site.say(words.lead)}</p>
      <Field id="wish-text" label={site.say(words.text)} trouble={trouble}>
        <input {...described('wish-text', { trouble })} name="text" value={text} required minLength={2} maxLength={100} />
      </Field>
      <Field id="wish-note" label={site.say(words.note)} hint={hint}>
        <textarea {...described('wish-note', { hint })} name="note" rows={2} maxLength={500}>
          {note}
        </textarea>
      </Field>
      <button type="submit">{site.say(words.send)}</button>
    </form>
  );
}
