import { Link, useLocation } from 'react-router';
import { useWords } from '../../lib/language.ts';

const tabs = [
  { to: '/grow/promotions', word: 'promo.tabPromotions' },
  { to: '/grow/promotions/groups', word: 'promo.tabGroups' },
] as const;

/** The pages of promotions beside each other. */
export function PromotionTabs() {
  const words = useWords();
  const { pathname } = useLocation();
  return (
    <nav className="page-tabs" aria-label={words('nav.promotions')}>
      {tabs.map(({ to, word }) => (
        <Link key={to} to={to} {...(pathname === to && { 'aria-current': 'page' as const })}>
          {words(word)}
        </Link>
      ))}
    </nav>
  );
}
