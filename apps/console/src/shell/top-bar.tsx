import { MenuOutlined, QuestionCircleOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { roleWords } from '@tongshang/ui';
import { Button, Dropdown, type MenuProps } from 'antd';
import { setLanguage, useLanguage, useTerm, useWords } from '../lib/language.ts';
import { choose, type Preferences, usePreferences } from '../lib/preferences.ts';
import { signOut, useSession } from '../lib/session.ts';

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
      {onMenu && <Button type="text" aria-label={words('nav.open')} icon={<MenuOutlined aria-hidden="true" />} onClick={onMenu} />}
      <span className="brand" translate="no">
        {words('app.name')}
      </span>
      {isDemo && <span className="demo-badge">{words('app.demo')}</span>}
      <span className="spring" />
      <Button className="search-button" icon={<SearchOutlined aria-hidden="true" />} onClick={onSearch} aria-keyshortcuts="Meta+K Control+K">
        <span className="wide-only">{words('goto.open')}</span>
        <kbd className="wide-only">⌘K</kbd>
        <span className="narrow-only hidden">{words('goto.open')}</span>
      </Button>
      <Button type="text" className="wide-only" aria-label={words('keys.title')} icon={<QuestionCircleOutlined aria-hidden="true" />} onClick={onHelp} />
      <Button type="text" onClick={() => void setLanguage(other)} lang={other}>
        {other === 'en' ? 'EN' : '中文'}
      </Button>
      <UserMenu />
    </header>
  );
}

function UserMenu() {
  const words = useWords();
  const term = useTerm();
  const { name, role, location } = useSession();
  const { theme, trend, density } = usePreferences();
  const language = useLanguage();
  const chosenTrend = trend ?? (language === 'en' ? 'green-up' : 'red-up');
  const group = <Name extends keyof Preferences>(title: string, setting: Name, chosen: string, values: readonly [NonNullable<Preferences[Name]>, string][]) => ({
    key: setting,
    label: title,
    children: values.map(([value, label]) => ({
      key: `${setting}-${value}`,
      label: `${chosen === value ? '✓ ' : ''}${label}`,
      onClick: () => choose(setting, value),
    })),
  });
  const items: NonNullable<MenuProps['items']> = [
    { key: 'who', type: 'group', label: `${name} · ${term(roleWords, role)}${location ? ` · ${location}` : ''}` },
    group(words('theme.title'), 'theme', theme, [
      ['system', words('theme.system')],
      ['light', words('theme.light')],
      ['dark', words('theme.dark')],
    ]),
    group(words('trend.title'), 'trend', chosenTrend, [
      ['red-up', words('trend.red-up')],
      ['green-up', words('trend.green-up')],
      ['neutral', words('trend.neutral')],
    ]),
    group(words('density.title'), 'density', density, [
      ['compact', words('density.compact')],
      ['standard', words('density.standard')],
      ['wide', words('density.wide')],
    ]),
    { type: 'divider', key: 'line' },
    { key: 'out', label: words('session.signOut'), onClick: () => void signOut() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" icon={<UserOutlined aria-hidden="true" />} aria-label={words('session.menu', { name })}>
        <span className="wide-only">{name}</span>
      </Button>
    </Dropdown>
  );
}
