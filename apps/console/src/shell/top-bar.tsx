import { MenuOutlined, QuestionCircleOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { languageNames, roleWords } from '@tongshang/ui';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { setLanguage, useLanguage, useTerm, useWords } from '../lib/language.ts';
import { choose, type Preferences, usePreferences } from '../lib/preferences.ts';
import { signOut, useSession } from '../lib/session.ts';

const JobTray = lazy(() => import('./job-tray.tsx'));

interface TopBarProps {
  onMenu: (() => void) | undefined;
  onSearch: () => void;
  onHelp: () => void;
}

export function TopBar({ onMenu, onSearch, onHelp }: TopBarProps) {
  const words = useWords();
  const language = useLanguage();
  const { isDemo } = useSession();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <header className="top-bar">
      {onMenu && (
        <Button type="text" aria-label={words('nav.open')} icon={<MenuOutlined aria-hidden="true" />} onClick={onMenu} />
      )}
      <span className="brand" translate="no">
        {words('app.name')}
      </span>
      {isDemo && <span className="demo-badge">{words('app.demo')}</span>}
      <span className="spring" />
      <Suspense>
        <JobTray />
      </Suspense>
      <Button
        className="search-button"
        icon={<SearchOutlined aria-hidden="true" />}
        onClick={onSearch}
        aria-keyshortcuts="Meta+K Control+K"
      >
        <span className="wide-only">{words('goto.open')}</span>
        <kbd className="wide-only">⌘K</kbd>
        <span className="narrow-only hidden">{words('goto.open')}</span>
      </Button>
      <Button
        type="text"
        className="wide-only"
        aria-label={words('keys.title')}
        icon={<QuestionCircleOutlined aria-hidden="true" />}
        onClick={onHelp}
      />
      <Button type="text" onClick={() => void setLanguage(other)} lang={other}>
        {languageNames[other]}
      </Button>
      <UserMenu />
    </header>
  );
}

/** Who I am, how it looks, sign out. A native popover: it closes on Esc and on a click elsewhere, and gives the focus back. */
function UserMenu() {
  const words = useWords();
  const term = useTerm();
  const { name, role, location } = useSession();
  const { theme, trend, density } = usePreferences();
  const language = useLanguage();
  return (
    <>
      <button type="button" className="user-button" popoverTarget="user-menu" aria-label={words('session.menu', { name })}>
        <UserOutlined aria-hidden="true" />
        <span className="wide-only">{name}</span>
      </button>
      <div id="user-menu" className="user-menu" popover="auto">
        <p>
          <strong>{name}</strong>
          <br />
          <span className="second">
            {term(roleWords, role)}
            {location && ` · ${location}`}
          </span>
        </p>
        <Choice
          setting="theme"
          title={words('theme.title')}
          chosen={theme}
          values={[
            ['system', words('theme.system')],
            ['light', words('theme.light')],
            ['dark', words('theme.dark')],
          ]}
        />
        <Choice
          setting="trend"
          title={words('trend.title')}
          chosen={trend ?? (language === 'en' ? 'green-up' : 'red-up')}
          values={[
            ['red-up', words('trend.red-up')],
            ['green-up', words('trend.green-up')],
            ['neutral', words('trend.neutral')],
          ]}
        />
        <Choice
          setting="density"
          title={words('density.title')}
          chosen={density}
          values={[
            ['compact', words('density.compact')],
            ['standard', words('density.standard')],
            ['wide', words('density.wide')],
          ]}
        />
        <Button block onClick={() => void signOut()}>
          {words('session.signOut')}
        </Button>
      </div>
    </>
  );
}

interface ChoiceProps<Name extends keyof Preferences> {
  setting: Name;
  title: string;
  chosen: string;
  values: readonly (readonly [NonNullable<Preferences[Name]>, string])[];
}

function Choice<Name extends keyof Preferences>({ setting, title, chosen, values }: ChoiceProps<Name>) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {values.map(([value, label]) => (
        <label key={value}>
          <input type="radio" name={setting} checked={chosen === value} onChange={() => choose(setting, value)} /> {label}
        </label>
      ))}
    </fieldset>
  );
}
