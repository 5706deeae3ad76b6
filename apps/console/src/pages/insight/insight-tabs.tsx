import { type PageTab, PageTabs } from '../../parts/page-tabs.tsx';
import '../../events.css';

const tabs: readonly PageTab[] = [
  { to: '/know/insight', word: 'insight.tabDemand', need: 'insight.view' },
  { to: '/know/insight/wishes', word: 'insight.tabWishes', need: 'insight.view' },
];

/** What was wanted and not got: as figures, and in people's own words. */
export const InsightTabs = () => <PageTabs label="nav.insight" tabs={tabs} />;
