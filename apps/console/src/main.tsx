import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import './app.css';
import { client } from './lib/api.ts';
import { startLanguage, useLanguage } from './lib/language.ts';
import { loadRefusals } from './lib/refusals.ts';
import { antdTheme, useLook, useLookOnDocument } from './lib/theme.ts';
import { openRouter } from './routes.tsx';

const antdWords = {
  'zh-CN': () => import('./lib/antd-words.zh-CN.ts'),
  en: () => import('./lib/antd-words.en.ts'),
};

function App({ router }: { router: ReturnType<typeof openRouter> }) {
  const look = useLook();
  useLookOnDocument(look);
  const locale = useAntdLocale();
  return (
    <StrictMode>
      <QueryClientProvider client={client}>
        <ConfigProvider
          theme={antdTheme(look)}
          locale={locale}
          button={{ autoInsertSpace: false }}
          wave={{ disabled: true }}
          virtual={false}
        >
          <RouterProvider router={router} />
        </ConfigProvider>
      </QueryClientProvider>
    </StrictMode>
  );
}

/** Never absent: antd wraps the app for a locale, and wrapping it later would make every page anew, with what was typed into it lost. */
function useAntdLocale(): Locale {
  const language = useLanguage();
  const [locale, setLocale] = useState<Locale>({ locale: language });
  // antd's own words come as a file of their own, after the first page can be used.
  useEffect(() => {
    let isCurrent = true;
    void antdWords[language]().then(({ readAntdWords }) => isCurrent && setLocale(readAntdWords()));
    return () => {
      isCurrent = false;
    };
  }, [language]);
  return locale;
}

await startLanguage();
const root = document.querySelector('#root');
if (root) createRoot(root).render(<App router={openRouter()} />);
// After the first page, so that an error finds its sentence also when the connection is gone by then.
setTimeout(() => void loadRefusals(), 3_000);
