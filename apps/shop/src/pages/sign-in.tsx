import { formatPhone } from '@tongshang/ui/format/phone';
import { policyUrl, signInUrl } from '../lib/urls.ts';
import { described, Field } from '../parts/field.tsx';
import { Layout } from '../parts/layout.tsx';
import { Notice, type NoticeView } from '../parts/notice.tsx';
import type { Site } from '../site.ts';
import type { Category } from '../views.ts';
import { common } from '../words/common.ts';
import { account as words } from '../words/orders.ts';
import { policies } from '../words/policies.ts';

export interface SignInView {
  categories: readonly Category[];
  phone: string;
  /** A code is on its way: ask for it. */
  isSent: boolean;
  trouble?: string | undefined;
  notice?: NoticeView | undefined;
  /** Where to go on: `checkout` or nowhere special. */
  next: string;
  /** Demo only: what the sandbox phone received. */
  sandboxCode?: string | undefined;
}

export function SignInPage({ site, view }: { site: Site; view: SignInView }) {
  const title = site.say(words.signIn);
  return (
    <Layout
      site={site}
      kind="sign-in"
      categories={view.categories}
      head={{ title: view.trouble === undefined ? title : site.say(common.errorTitle, { page: title }) }}
    >
      <div class="narrow panel">
        <h1>{title}</h1>
        {view.notice && <Notice notice={view.notice} />}
        {view.isSent ? <CodeForm site={site} view={view} /> : <PhoneForm site={site} view={view} />}
      </div>
    </Layout>
  );
}

function PhoneForm({ site, view }: { site: Site; view: SignInView }) {
  return (
    <form method="post" action={site.href(`${signInUrl}/code`)} noValidate data-once>
      <p>{site.say(words.signInText)}</p>
      <input type="hidden" name="next" value={view.next} />
      <Field id="phone" label={site.say(words.phone)} trouble={view.trouble}>
        <input
          {...described('phone', { trouble: view.trouble })}
          name="phone"
          type="tel"
          inputMode="tel"
          autocomplete="tel"
          value={view.phone}
          required
          maxLength={30}
        />
      </Field>
      <button type="submit" class="button wide">
        {site.say(words.sendCode)}
      </button>
      <p class="note">
        <a href={site.href(policyUrl('privacy'))}>{site.say(policies.privacy.title)}</a>
      </p>
    </form>
  );
}

function CodeForm({ site, view }: { site: Site; view: SignInView }) {
  const again = (
    <>
      <input type="hidden" name="phone" value={view.phone} />
      <input type="hidden" name="next" value={view.next} />
    </>
  );
  return (
    <>
      <form method="post" action={site.href(signInUrl)} noValidate data-once>
        <output>{site.say(words.codeSent, { phone: formatPhone(view.phone) })}</output>
        {view.sandboxCode !== undefined && <p class="notice">{site.say(words.sandbox, { code: view.sandboxCode })}</p>}
        {again}
        <Field id="code" label={site.say(words.code)} hint={site.say(words.codeHint)} trouble={view.trouble}>
          <input
            {...described('code', { hint: site.say(words.codeHint), trouble: view.trouble })}
            name="code"
            inputMode="numeric"
            autocomplete="one-time-code"
            required
            maxLength={12}
            data-focus
          />
        </Field>
        <button type="submit" class="button wide">
          {site.say(words.signIn)}
        </button>
      </form>
      <form method="post" action={site.href(`${signInUrl}/code`)} class="inline" data-once>
        {again}
        <button type="submit" class="link">
          {site.say(words.resend)}
        </button>{' '}
        <a href={site.href(`${signInUrl}${view.next === '' ? '' : `?next=${view.next}`}`)}>{site.say(words.otherPhone)}</a>
      </form>
    </>
  );
}
