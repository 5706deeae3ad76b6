/** The page that shows where a lot came from and went. */
export const tracePage = (sku: string, lot: string): string => `/supply/recalls/trace?${new URLSearchParams({ sku, lot })}`;
