// The pages of the grow wing, in a file of their own: nobody needs their list of files before the first of them.
export const growPages = {
  promotions: () => import('./pages/promotions/promotions-page.tsx'),
  editor: () => import('./pages/promotions/editor-page.tsx'),
  groups: () => import('./pages/promotions/groups-page.tsx'),
  promotion: () => import('./pages/promotions/promotion-page.tsx'),
  coupons: () => import('./pages/coupons/coupons-page.tsx'),
  code: () => import('./pages/coupons/code-page.tsx'),
  batch: () => import('./pages/coupons/batch-page.tsx'),
};
