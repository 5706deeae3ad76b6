import { Link, useLocation } from 'react-router';
import { useWords } from '../../lib/language.ts';

const tabs = [
  { to: '/sell/prices', word: 'prices.tabNow' },
  { to: '/sell/prices/changes', word: 'prices.tabChanges' },
] as const;

/** The pages of prices beside each other. */
export function PriceTabs() {
  const words = useWords();
  const { pathname } = useLocation();
  return (
    <nav className="page-tabs" aria-label={words('nav.prices')}>
      {tabs.map(({ to, word }) => (
        <Link key={to} to={to} {...(pathname === to && { 'aria-current': 'page' as const })}>
          {words(word)}
        </Link>
      ))}
    </nav>
  );
}
