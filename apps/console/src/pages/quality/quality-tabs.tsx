import { type PageTab, PageTabs } from '../../parts/page-tabs.tsx';
import '../../events.css';

const tabs: readonly PageTab[] = [
  { to: '/know/quality', word: 'quality.tabOverview', need: 'stream.view' },
  { to: '/know/quality/late', word: 'quality.tabLate', need: 'stream.view' },
  { to: '/know/quality/reopened', word: 'quality.tabReopened', need: 'stream.view' },
];

/** What there is to look after about the quality of figures. */
export const QualityTabs = () => <PageTabs label="nav.quality" tabs={tabs} />;
