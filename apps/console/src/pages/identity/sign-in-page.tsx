import { roleWords } from '@tongshang/ui';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
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
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <main className="sign-in" id="main">
      <div className="card">
        <div className="sign-in-top">
          <span className="brand" translate="no">
            {words('app.name')}
          </span>
          <Button type="text" lang={other} onClick={() => void setLanguage(other)}>
            {other === 'en' ? 'EN' : '中文'}
          </Button>
        </div>
        <h1>{words('signIn.title')}</h1>
        <Form<Credentials> layout="vertical" requiredMark={false} validateTrigger="onBlur" onFinish={(values) => void enter(values)}>
          <Form.Item name="email" label={words('signIn.email')} rules={[{ required: true, message: words('signIn.emailMissing') }]}>
            <Input type="email" autoComplete="username" size="large" />
          </Form.Item>
          <Form.Item name="password" label={words('signIn.password')} rules={[{ required: true, message: words('signIn.passwordMissing') }]}>
            <Input.Password autoComplete="current-password" size="large" />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={state.busy !== undefined}>
            {words('signIn.act')}
          </Button>
          <ErrorNote error={state.error} />
        </Form>
        {demo.length > 0 && (
          <section aria-labelledby="demo-title">
            <h2 id="demo-title">{words('signIn.demo')}</h2>
            <p className="second">{words('signIn.demoAbout')}</p>
            <ul className="demo-list">
              {demo.map((one) => (
                <li key={one.email}>
                  <Button
                    loading={state.busy === one.email}
                    aria-label={words('signIn.as', { role: term(roleWords, one.role), name: one.name })}
                    onClick={() => void enter(one)}
                  >
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

/** Only a path of this house; anything else leads home. */
const safePath = (then: string | null): string => (then?.startsWith('/') && !then.startsWith('//') ? then : '/');
