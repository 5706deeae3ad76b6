import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import './app.css';
import { client } from './lib/api.ts';
import { startLanguage, useLanguage } from './lib/language.ts';
import { antdTheme, useLook, useLookOnDocument } from './lib/theme.ts';
import { router } from './routes.tsx';

const antdWords = {
  'zh-CN': () => import('antd/es/locale/zh_CN'),
  'en': () => import('antd/es/locale/en_US'),
};

function App() {
  const look = useLook();
  useLookOnDocument(look);
  const locale = useAntdLocale();
  return (
    <StrictMode>
      <QueryClientProvider client={client}>
        <ConfigProvider
          theme={antdTheme(look)}
          {...(locale && { locale })}
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

function useAntdLocale(): Locale | undefined {
  const language = useLanguage();
  const [locale, setLocale] = useState<Locale>();
  // antd's own words come as a file of their own; dayjs has one global language.
  useEffect(() => {
    dayjs.locale(language === 'en' ? 'en' : 'zh-cn');
    let isCurrent = true;
    void antdWords[language]().then(({ default: words }) => isCurrent && setLocale(words));
    return () => {
      isCurrent = false;
    };
  }, [language]);
  return locale;
}

await startLanguage();
const root = document.querySelector('#root');
if (root) createRoot(root).render(<App />);
