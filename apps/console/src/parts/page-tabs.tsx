import type { Permission } from '@tongshang/contract';
import { Link, useLocation } from 'react-router';
import { useWords } from '../lib/language.ts';
import { useMay } from '../lib/session.ts';
import type { WordKey } from '../words/keys.ts';

export interface PageTab {
  to: string;
  word: WordKey;
  need: Permission;
}

/** Pages that stand beside each other under one place of the rail; those without a right are absent. */
export function PageTabs({ label, tabs }: { label: WordKey; tabs: readonly PageTab[] }) {
  const words = useWords();
  const mayDo = useMay();
  const { pathname } = useLocation();
  return (
    <nav className="page-tabs" aria-label={words(label)}>
      {tabs
        .filter(({ need }) => mayDo(need))
        .map(({ to, word }) => (
          <Link key={to} to={to} {...(pathname === to && { 'aria-current': 'page' as const })}>
            {words(word)}
          </Link>
        ))}
    </nav>
  );
}
