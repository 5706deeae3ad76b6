import { type PageTab, PageTabs } from '../../parts/page-tabs.tsx';

const tabs: readonly PageTab[] = [
  { to: '/know/explore', word: 'explore.tab.metrics', need: 'metrics.view' },
  { to: '/know/explore/funnel', word: 'explore.tab.funnel', need: 'metrics.view' },
  { to: '/know/explore/retention', word: 'explore.tab.retention', need: 'metrics.view' },
  { to: '/know/explore/cohorts', word: 'explore.tab.cohorts', need: 'metrics.view' },
  { to: '/know/explore/paths', word: 'explore.tab.paths', need: 'metrics.view' },
  { to: '/know/explore/rfm', word: 'explore.tab.rfm', need: 'metrics.view' },
];

/** The kinds of questions one can ask oneself. */
export const ExploreTabs = () => <PageTabs label="nav.explore" tabs={tabs} />;
