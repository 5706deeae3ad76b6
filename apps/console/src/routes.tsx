import type { Permission } from '@tongshang/contract';
import { createBrowserRouter, type LoaderFunctionArgs, Outlet, type RouteObject } from 'react-router';
import { loadWords } from './lib/language.ts';
import { readSignedIn, requireSession } from './lib/session.ts';
import { SignInPage, signInLoader } from './pages/identity/sign-in-page.tsx';
import { MissingRight, NotFound, PageError } from './parts/page-error.tsx';
import { PageSkeleton } from './parts/skeleton.tsx';
import { Shell } from './shell/shell.tsx';
import type { growPages } from './grow-pages.ts';
import type { steerPages } from './steer-pages.ts';
import type { knowPages } from './know-pages.ts';
import type { supplyPages } from './supply-pages.ts';
import type { Wing } from './words/keys.ts';

interface PageModule {
  Page: () => React.ReactNode;
  loader: (args: LoaderFunctionArgs) => unknown;
}

/** A page comes with the words of its wing, and only to those who hold its right. */
const page = (path: string, wing: Wing, need: Permission | undefined, fetchPage: () => Promise<PageModule>): RouteObject => ({
  ...(path === '/' ? { index: true } : { path }),
  lazy: async () => {
    const [{ Page, loader }] = await Promise.all([fetchPage(), loadWords(wing)]);
    return {
      Component: Page,
      loader: async (args: LoaderFunctionArgs) => {
        const session = await requireSession(args.request);
        if (need !== undefined && !session.permissions.includes(need)) throw new MissingRight(need);
        return readSignedIn(args.request, () => loader(args));
      },
    };
  },
  ErrorBoundary: PageError,
});

/** The supply wing is big: what its pages are made of is known with its first one. */
const supply = (name: keyof typeof supplyPages) => async (): Promise<PageModule> =>
  (await import('./supply-pages.ts')).supplyPages[name]();

/** So are these. */
const know = (name: keyof typeof knowPages) => async (): Promise<PageModule> =>
  (await import('./know-pages.ts')).knowPages[name]();
const grow = (name: keyof typeof growPages) => async (): Promise<PageModule> =>
  (await import('./grow-pages.ts')).growPages[name]();
const steer = (name: keyof typeof steerPages) => async (): Promise<PageModule> =>
  (await import('./steer-pages.ts')).steerPages[name]();

const pages: RouteObject[] = [
  page('/', 'shell', undefined, () => import('./pages/home/home-page.tsx')),
  page('sell/orders', 'sell', 'orders.view', () => import('./pages/orders/orders-page.tsx')),
  page('sell/orders/new', 'sell', 'orders.place', () => import('./pages/orders/new-order-page.tsx')),
  page('sell/orders/bulk', 'sell', 'orders.view', () => import('./pages/orders/bulk/runs-page.tsx')),
  page('sell/orders/bulk/:runId', 'sell', 'orders.view', () => import('./pages/orders/bulk/run-page.tsx')),
  page('sell/orders/:id', 'sell', 'orders.view', () => import('./pages/orders/order-page.tsx')),
  page('sell/exceptions', 'sell', 'orders.view', () => import('./pages/handling/exceptions-page.tsx')),
  page('sell/till', 'sell', 'orders.place', () => import('./pages/orders/till-page.tsx')),
  page('sell/returns', 'sell', 'returns.view', () => import('./pages/returns/returns-page.tsx')),
  page('sell/returns/:id', 'sell', 'returns.view', () => import('./pages/returns/return-page.tsx')),
  page('sell/products', 'sell', 'catalog.view', () => import('./pages/catalog/products-page.tsx')),
  page('sell/products/:id', 'sell', 'catalog.view', () => import('./pages/catalog/product-page.tsx')),
  page('sell/prices', 'sell', 'pricing.view', () => import('./pages/pricing/prices-page.tsx')),
  page('sell/prices/changes', 'sell', 'pricing.view', () => import('./pages/pricing/changes-page.tsx')),
  page('sell/prices/:sku', 'sell', 'pricing.view', () => import('./pages/pricing/sku-prices-page.tsx')),
  page('sell/customers', 'sell', 'customers.view', () => import('./pages/customers/customers-page.tsx')),
  page('sell/customers/:id', 'sell', 'customers.view', () => import('./pages/customers/customer-page.tsx')),
  page('supply/stock', 'supply', 'inventory.view', supply('stock')),
  page('supply/stock/:sku', 'supply', 'inventory.view', supply('sku')),
  page('supply/routing', 'supply', 'routing.view', supply('routing')),
  page('supply/stock/lots', 'supply', 'inventory.view', supply('lots')),
  page('supply/stock/serials', 'supply', 'inventory.view', supply('serials')),
  page('supply/stock/serials/:sku/:serial', 'supply', 'inventory.view', supply('serial')),
  page('supply/stock/earmarks', 'supply', 'inventory.view', supply('earmarks')),
  page('supply/stock/ahead', 'supply', 'inventory.view', supply('ahead')),
  page('supply/stock/safety', 'supply', 'inventory.view', supply('safety')),
  page('supply/stock/adjustments', 'supply', 'inventory.view', supply('adjustments')),
  page('supply/stock/adjustments/:id', 'supply', 'inventory.view', supply('adjustment')),
  page('supply/stock/drift', 'supply', 'inventory.view', supply('drift')),
  page('supply/stock/drift/:id', 'supply', 'inventory.view', supply('driftReport')),
  page('supply/transfers', 'supply', 'inventory.view', supply('transfers')),
  page('supply/transfers/:id', 'supply', 'inventory.view', supply('transfer')),
  page('supply/counts', 'supply', 'inventory.view', supply('counts')),
  page('supply/counts/:id', 'supply', 'inventory.view', supply('count')),
  page('supply/counts/:id/sheet', 'supply', 'inventory.adjust', supply('sheet')),
  page('supply/recalls', 'supply', 'inventory.view', supply('recalls')),
  page('supply/recalls/trace', 'supply', 'inventory.recall', supply('trace')),
  page('supply/recalls/:id', 'supply', 'inventory.view', supply('recall')),
  page('supply/floor-board', 'supply', 'warehouse.view', supply('floorBoard')),
  page('supply/floor-board/picking', 'supply', 'warehouse.view', supply('picking')),
  page('supply/floor-board/picking/:id', 'supply', 'warehouse.view', supply('pickList')),
  page('supply/floor-board/packing', 'supply', 'warehouse.view', supply('packing')),
  page('supply/floor-board/hand-over', 'supply', 'warehouse.view', supply('handOver')),
  page('supply/floor-board/hand-over/:id', 'supply', 'warehouse.view', supply('manifest')),
  page('supply/floor-board/bins', 'supply', 'warehouse.view', supply('bins')),
  page('supply/floor-board/fulfilments/:id', 'supply', 'warehouse.view', supply('fulfilment')),
  page('supply/floor-board/fulfilments/:id/pack', 'supply', 'warehouse.work', supply('pack')),
  page('supply/pickup', 'supply', 'warehouse.work', supply('pickup')),
  page('supply/shipping', 'supply', 'delivery.view', supply('parcels')),
  page('supply/shipping/carriers', 'supply', 'delivery.view', supply('carriers')),
  page('supply/shipping/carriers/:code', 'supply', 'delivery.view', supply('carrier')),
  page('supply/shipping/places', 'supply', 'delivery.view', supply('places')),
  page('supply/shipping/calendar', 'supply', 'delivery.view', supply('calendar')),
  page('supply/purchases', 'supply', 'purchasing.view', supply('purchases')),
  page('supply/purchases/landed-costs', 'supply', 'inventory.view', supply('landedCosts')),
  page('supply/purchases/landed-costs/new', 'supply', 'inventory.approve', supply('newLandedCost')),
  page('supply/purchases/landed-costs/:id', 'supply', 'inventory.view', supply('landedCost')),
  page('supply/purchases/:id', 'supply', 'purchasing.view', supply('purchase')),
  page('grow/promotions', 'grow', 'promotions.view', grow('promotions')),
  page('grow/promotions/new', 'grow', 'promotions.edit', grow('editor')),
  page('grow/promotions/groups', 'grow', 'promotions.view', grow('groups')),
  page('grow/promotions/:id', 'grow', 'promotions.view', grow('promotion')),
  page('grow/promotions/:id/edit', 'grow', 'promotions.edit', grow('editor')),
  page('grow/coupons', 'grow', 'promotions.view', grow('coupons')),
  page('grow/coupons/codes/:code', 'grow', 'promotions.view', grow('code')),
  page('grow/coupons/:id', 'grow', 'promotions.view', grow('batch')),
  page('supply/suppliers', 'supply', 'purchasing.view', supply('suppliers')),
  page('know/overview', 'know', 'metrics.view', know('overview')),
  page('know/explore', 'know', 'metrics.view', know('explore')),
  page('know/explore/funnel', 'know', 'metrics.view', know('funnel')),
  page('know/explore/retention', 'know', 'metrics.view', know('retention')),
  page('know/explore/cohorts', 'know', 'metrics.view', know('cohorts')),
  page('know/explore/paths', 'know', 'metrics.view', know('paths')),
  page('know/explore/rfm', 'know', 'metrics.view', know('rfm')),
  page('know/boards', 'know', 'boards.view', know('boards')),
  page('know/boards/:id', 'know', 'boards.view', know('board')),
  page('know/annotations', 'know', 'boards.view', know('annotations')),
  page('know/schedules', 'know', 'boards.view', know('schedules')),
  page('know/schedules/:id', 'know', 'boards.view', know('schedule')),
  page('know/metrics', 'know', 'metrics.view', know('metrics')),
  page('know/metrics/:name', 'know', 'metrics.view', know('metric')),
  page('know/insight', 'know', 'insight.view', know('demand')),
  page('know/insight/wishes', 'know', 'insight.view', know('wishes')),
  page('know/observations', 'know', 'observations.view', know('observations')),
  page('know/imports', 'know', 'imports.view', know('imports')),
  page('know/imports/:id', 'know', 'imports.view', know('import')),
  page('know/events', 'know', 'collection.view', know('badEvents')),
  page('know/events/bad/:id', 'know', 'collection.view', know('badEvent')),
  page('know/events/plan', 'know', 'collection.view', know('plan')),
  page('know/events/violations', 'know', 'collection.view', know('violations')),
  page('know/events/conflicts', 'know', 'collection.view', know('conflicts')),
  page('know/quality', 'know', 'stream.view', know('quality')),
  page('know/quality/late', 'know', 'stream.view', know('late')),
  page('know/quality/reopened', 'know', 'stream.view', know('reopened')),
  page('know/events/sources', 'know', 'collection.edit', know('sources')),
  page('steer/alerts', 'steer', 'warnings.view', steer('alerts')),
  page('steer/alerts/:id', 'steer', 'warnings.view', steer('rule')),
  page('steer/decisions', 'steer', 'decisions.view', steer('decisions')),
  page('steer/decisions/:id', 'steer', 'decisions.view', steer('decision')),
  page('steer/playbooks', 'steer', 'decisions.view', steer('playbooks')),
  page('steer/targets', 'steer', 'targets.view', steer('targets')),
  page('settings/staff', 'settings', 'identity.view', () => import('./pages/identity/staff-page.tsx')),
  page('settings/jobs', 'settings', 'jobs.view', () => import('./pages/operations/jobs-page.tsx')),
  page('settings/audit', 'settings', 'audit.view', () => import('./pages/operations/audit-page.tsx')),
];

/** A board on a wall screen has no shell around it. */
const wall: RouteObject = {
  ...page('know/boards/:id/wall', 'know', 'boards.view', know('wall')),
  HydrateFallback: PageSkeleton,
};

/** Opens the router, which reads the first page at once: after the language is there. */
export const openRouter = () =>
  createBrowserRouter([
    { path: '/sign-in', loader: signInLoader, Component: SignInPage, HydrateFallback: PageSkeleton, ErrorBoundary: PageError },
    wall,
    {
      path: '/',
      Component: Shell,
      HydrateFallback: PageSkeleton,
      ErrorBoundary: PageError,
      loader: ({ request }) => requireSession(request),
      shouldRevalidate: () => false,
      children: [{ element: <Outlet />, ErrorBoundary: PageError, children: [...pages, { path: '*', Component: NotFound }] }],
    },
  ]);
