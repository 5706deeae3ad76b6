import {
  BarChartOutlined,
  CompassOutlined,
  GiftOutlined,
  HomeOutlined,
  InboxOutlined,
  SettingOutlined,
  ShoppingOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { NavLink } from 'react-router';
import { useWords } from '../lib/language.ts';
import { useMay } from '../lib/session.ts';
import { type RailWing, wings } from './wings.ts';

const icons: Readonly<Record<RailWing['id'], ComponentType>> = {
  sell: ShoppingOutlined,
  supply: InboxOutlined,
  grow: GiftOutlined,
  know: BarChartOutlined,
  steer: CompassOutlined,
  settings: SettingOutlined,
};

/** The wings and their pages; what a person may not open is absent. */
export function Rail({ isNarrow, onGo }: { isNarrow: boolean; onGo?: () => void }) {
  const words = useWords();
  const mayDo = useMay();
  return (
    <nav className={isNarrow ? 'rail narrow' : 'rail'} aria-label={words('nav.main')}>
      <ul>
        <li>
          <NavLink to="/" end onClick={onGo} title={words('nav.home')}>
            <HomeOutlined aria-hidden="true" />
            <span>{words('nav.home')}</span>
          </NavLink>
        </li>
      </ul>
      {wings.map((wing) => {
        const open = wing.places.filter(({ need }) => mayDo(need));
        const Icon = icons[wing.id];
        if (open.length === 0) return null;
        return (
          <section key={wing.id} aria-labelledby={`wing-${wing.id}`}>
            <h2 id={`wing-${wing.id}`}>
              <Icon aria-hidden="true" />
              <span>{words(wing.word)}</span>
            </h2>
            <ul>
              {open.map(({ to, word }) => (
                <li key={to}>
                  <NavLink to={to} onClick={onGo} title={words(word)}>
                    <span>{words(word)}</span>
                  </NavLink>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}
