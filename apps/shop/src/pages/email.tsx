import { accountUrl, emailUrl } from '../lib/urls.ts';
import { described, Field } from '../parts/field.tsx';
import { Layout } from '../parts/layout.tsx';
import type { Site } from '../site.ts';
import type { Category } from '../views.ts';
import { common } from '../words/common.ts';
import { email as words } from '../words/email.ts';

export interface EmailView {
  categories: readonly Category[];
  email: string;
  /** A code is on its way, or came with the address of this page: ask for it. */
  isSent: boolean;
  /** What the mail's link filled in. */
  code: string;
  trouble?: string | undefined;
  /** Demo only: what the sandbox mailbox received. */
  sandboxCode?: string | undefined;
}

export function EmailPage({ site, view }: { site: Site; view: EmailView }) {
  const title = site.say(words.prove);
  return (
    <Layout
      site={site}
      kind="account"
      categories={view.categories}
      head={{ title: view.trouble === undefined ? title : site.say(common.errorTitle, { page: title }) }}
    >
      <div class="narrow panel">
        <h1>{title}</h1>
        {view.isSent ? <CodeForm site={site} view={view} /> : <AddressForm site={site} view={view} />}
        <p>
          <a href={site.href(accountUrl)}>{site.say(words.back)}</a>
        </p>
      </div>
    </Layout>
  );
}

function AddressForm({ site, view }: { site: Site; view: EmailView }) {
  return (
    <form method="post" action={site.href(`${emailUrl}/code`)} noValidate data-once>
      <p>{site.say(words.text)}</p>
      <Field id="email" label={site.say(words.address)} trouble={view.trouble}>
        <input
          {...described('email', { trouble: view.trouble })}
          name="email"
          type="email"
          inputMode="email"
          autocomplete="email"
          value={view.email}
          required
          maxLength={200}
        />
      </Field>
      <button type="submit" class="button wide">
        {site.say(words.sendCode)}
      </button>
    </form>
  );
}

function CodeForm({ site, view }: { site: Site; view: EmailView }) {
  const hint = site.say(words.codeHint);
  return (
    <>
      <form method="post" action={site.href(emailUrl)} noValidate data-once>
        {view.email !== '' && <output>{site.say(words.codeSent, { email: view.email })}</output>}
        {view.sandboxCode !== undefined && <p class="notice">{site.say(words.sandbox, { code: view.sandboxCode })}</p>}
        <input type="hidden" name="email" value={view.email} />
        <Field id="code" label={site.say(words.code)} hint={hint} trouble={view.trouble}>
          <input
            {...described('code', { hint, trouble: view.trouble })}
            name="code"
            inputMode="numeric"
            autocomplete="one-time-code"
            value={view.code}
            required
            maxLength={12}
            data-focus
          />
        </Field>
        <button type="submit" class="button wide">
          {site.say(words.confirm)}
        </button>
      </form>
      {view.email !== '' && (
        <form method="post" action={site.href(`${emailUrl}/code`)} class="inline" data-once>
          <input type="hidden" name="email" value={view.email} />
          <button type="submit" class="link">
            {site.say(words.resend)}
          </button>{' '}
          <a href={site.href(emailUrl)}>{site.say(words.other)}</a>
        </form>
      )}
    </>
  );
}
