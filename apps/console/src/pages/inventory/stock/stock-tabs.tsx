import { type PageTab, PageTabs } from '../../../parts/page-tabs.tsx';

const tabs: readonly PageTab[] = [
  { to: '/supply/stock', word: 'stock.tabLevels', need: 'inventory.view' },
  { to: '/supply/stock/lots', word: 'stock.tabLots', need: 'inventory.view' },
  { to: '/supply/stock/serials', word: 'stock.tabSerials', need: 'inventory.view' },
  { to: '/supply/stock/earmarks', word: 'stock.tabEarmarks', need: 'inventory.view' },
  { to: '/supply/stock/ahead', word: 'stock.tabAhead', need: 'inventory.view' },
  { to: '/supply/stock/safety', word: 'stock.tabSafety', need: 'inventory.view' },
  { to: '/supply/stock/adjustments', word: 'stock.tabAdjustments', need: 'inventory.view' },
  { to: '/supply/stock/drift', word: 'stock.tabDrift', need: 'inventory.view' },
];

/** The views of stock beside each other: levels, lots, serial numbers, what is set aside, sold ahead or kept back, what waits for approval, what does not add up. */
export const StockTabs = () => <PageTabs label="nav.stock" tabs={tabs} />;
