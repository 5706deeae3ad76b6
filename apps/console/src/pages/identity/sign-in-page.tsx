import { languageNames, roleWords } from '@tongshang/ui';
import { Button } from 'antd';
import { type FormEvent, type InputHTMLAttributes, useState } from 'react';
import { useLoaderData, useNavigate, useSearchParams } from 'react-router';
import { setLanguage, useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { findDemoSignIns, signIn } from '../../lib/session.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { usePageTitle } from '../../parts/page-head.tsx';

export const signInLoader = () => findDemoSignIns();

interface Credentials {
  email: string;
  password: string;
}

/** E-mail and password; in the demo one button for each post. Afterwards the page that was asked for. */
export function SignInPage() {
  const words = useWords();
  const term = useTerm();
  const language = useLanguage();
  const demo = useLoaderData<typeof signInLoader>();
  const navigate = useNavigate();
  const [url] = useSearchParams();
  const [state, setState] = useState<{ busy: string | undefined; error: unknown }>({ busy: undefined, error: undefined });
  const [wrong, setWrong] = useState<Partial<Record<keyof Credentials, string | undefined>>>({});
  usePageTitle(words('signIn.title'));

  const enter = async ({ email, password }: Credentials) => {
    setState({ busy: email, error: undefined });
    try {
      await signIn(email, password);
      await navigate(safePath(url.get('then')), { replace: true });
    } catch (error) {
      setState({ busy: undefined, error });
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entries = new FormData(event.currentTarget);
    const email = textOf(entries.get('email')).trim();
    const password = textOf(entries.get('password'));
    const missing = {
      email: email === '' ? words('signIn.emailMissing') : undefined,
      password: password === '' ? words('signIn.passwordMissing') : undefined,
    };
    setWrong(missing);
    const first = missing.email ? 'email' : missing.password ? 'password' : undefined;
    if (first) event.currentTarget.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    else void enter({ email, password });
  };
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <main className="sign-in" id="main">
      <div className="card">
        <div className="sign-in-top">
          <span className="brand" translate="no">
            {words('app.name')}
          </span>
          <Button type="text" lang={other} onClick={() => void setLanguage(other)}>
            {languageNames[other]}
          </Button>
        </div>
        <h1>{words('signIn.title')}</h1>
        <form noValidate onSubmit={submit} className="stack">
          <Field name="email" type="email" label={words('signIn.email')} autoComplete="username" error={wrong.email} />
          <Field
            name="password"
            type="password"
            label={words('signIn.password')}
            autoComplete="current-password"
            error={wrong.password}
          />
          <Button type="primary" htmlType="submit" size="large" block loading={state.busy !== undefined}>
            {words('signIn.act')}
          </Button>
          <ErrorNote error={state.error} />
        </form>
        {demo.length > 0 && (
          <section aria-labelledby="demo-title">
            <h2 id="demo-title">{words('signIn.demo')}</h2>
            <p className="second">{words('signIn.demoAbout')}</p>
            <ul className="demo-list">
              {demo.map((one) => (
                <li key={one.email}>
                  <Button loading={state.busy === one.email} onClick={() => void enter(one)}>
                    {term(roleWords, one.role)} · {one.name}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </main>
  );
}

/** A plain field: the first page anybody loads does without a form library. */
function Field({
  label,
  error,
  ...input
}: InputHTMLAttributes<HTMLInputElement> & { name: string; label: string; error: string | undefined }) {
  return (
    <div className="plain-field">
      <label htmlFor={input.name}>{label}</label>
      <input id={input.name} {...input} {...(error && { 'aria-invalid': true, 'aria-describedby': `${input.name}-error` })} />
      {error && (
        <p id={`${input.name}-error`} className="error-note">
          {error}
        </p>
      )}
    </div>
  );
}

const textOf = (entry: FormDataEntryValue | null): string => (typeof entry === 'string' ? entry : '');

/** Only a path of this house; anything else leads home. */
const safePath = (then: string | null): string => (then?.startsWith('/') && !then.startsWith('//') ? then : '/');
