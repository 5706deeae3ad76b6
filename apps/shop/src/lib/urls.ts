// Every address of the shop is made here, so a page that moves, moves once. All are without language; `site.href` adds it.

const encodePath = (code: string): string => code.split('/').map(encodeURIComponent).join('/');

export const homeUrl = '/';
export const cartUrl = '/cart';
export const checkoutUrl = '/checkout';
export const termsUrl = '/cart/terms';
export const startCheckoutUrl = '/checkout/start';
export const flashUrl = '/flash';
export const couponsUrl = '/coupons';
export const myCouponsUrl = '/account/coupons';
export const invoicesUrl = '/account/invoices';
export const pointsUrl = '/account/points';
export const searchUrl = '/search';
export const wishUrl = '/wishes';
export const accountUrl = '/account';
export const signInUrl = '/sign-in';
export const signOutUrl = '/sign-out';
export const addressesUrl = '/account/addresses';
export const emailUrl = '/account/email';

export const productUrl = (slug: string, sku?: string): string =>
  `/p/${encodeURIComponent(slug)}${sku === undefined ? '' : `?sku=${encodeURIComponent(sku)}`}`;
export const categoryUrl = (code: string): string => `/c/${encodePath(code)}`;
export const policyUrl = (name: string): string => `/pages/${name}`;
export const orderUrl = (number: string, token?: string): string => `/orders/${encodeURIComponent(number)}${tokenQuery(token)}`;
export const paidUrl = (number: string, token?: string): string => `/paid/${encodeURIComponent(number)}${tokenQuery(token)}`;

const tokenQuery = (token: string | undefined): string => (token === undefined ? '' : `?token=${encodeURIComponent(token)}`);
export const couponTakeUrl = (batchId: string): string => `${couponsUrl}/${encodeURIComponent(batchId)}/taking`;
