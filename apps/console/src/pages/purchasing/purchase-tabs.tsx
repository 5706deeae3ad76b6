import { type PageTab, PageTabs } from '../../parts/page-tabs.tsx';

const tabs: readonly PageTab[] = [
  { to: '/supply/purchases', word: 'purchases.tabRequests', need: 'purchasing.view' },
  { to: '/supply/purchases/landed-costs', word: 'landed.title', need: 'inventory.view' },
];

/** What was asked of suppliers, and what it cost beyond their prices. */
export const PurchaseTabs = () => <PageTabs label="nav.purchases" tabs={tabs} />;
