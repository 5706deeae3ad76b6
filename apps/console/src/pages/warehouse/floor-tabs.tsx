import { type PageTab, PageTabs } from '../../parts/page-tabs.tsx';

const tabs: readonly PageTab[] = [
  { to: '/supply/floor-board', word: 'floor.tabBoard', need: 'warehouse.view' },
  { to: '/supply/floor-board/picking', word: 'floor.tabPicking', need: 'warehouse.view' },
  { to: '/supply/floor-board/packing', word: 'floor.tabPacking', need: 'warehouse.view' },
  { to: '/supply/floor-board/hand-over', word: 'floor.tabHandOver', need: 'warehouse.view' },
  { to: '/supply/floor-board/bins', word: 'floor.tabBins', need: 'warehouse.view' },
];

/** The work of a location in the order in which goods move through it. */
export const FloorTabs = () => <PageTabs label="nav.floorBoard" tabs={tabs} />;

export const fulfilmentPage = (id: string): string => `/supply/floor-board/fulfilments/${id}`;
export const packPage = (id: string): string => `${fulfilmentPage(id)}/pack`;
export const pickListPage = (id: string): string => `/supply/floor-board/picking/${id}`;
export const manifestPage = (id: string): string => `/supply/floor-board/hand-over/${id}`;
