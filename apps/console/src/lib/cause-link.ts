const pageOf: Readonly<Record<string, string>> = {
  order: '/sell/orders/',
  return: '/sell/returns/',
  purchase: '/supply/purchases/',
  import: '/know/imports/',
  decision: '/steer/decisions/',
  transfer: '/supply/transfers/',
  count: '/supply/counts/',
  recall: '/supply/recalls/',
  fulfilment: '/supply/floor-board/fulfilments/',
};
/** Lists that find a document by the number people read. */
const listOf: Readonly<Record<string, string>> = {
  transfer: '/supply/transfers?search=',
  purchase: '/supply/purchases?search=',
  order: '/sell/orders?text=',
};

/** Where the document behind a movement is: `order:<id>` leads to the order, `transfer:TR-12` to the list that finds it; a cause without a page leads nowhere. */
export function causeLink(cause: string): string | undefined {
  const [kind = '', id] = cause.split(':');
  const page = pageOf[kind];
  if (page === undefined || id === undefined) return undefined;
  if (/^[0-9a-f-]{36}$/.test(id)) return page + id;
  const list = listOf[kind];
  return list !== undefined && /^[A-Z]{1,4}-?[\dA-Z-]{1,20}$/.test(id) ? list + id : undefined;
}

/** What to call a cause: its document's number with the reason beside, else the reason, else what it says itself. */
export function causeWords(cause: string, reason: string | null): { name: string; note?: string } {
  const number = cause.slice(cause.indexOf(':') + 1);
  if (/^[0-9a-f-]{36}$/.test(number)) return { name: reason ?? cause.split(':')[0] ?? cause };
  return { name: number, ...(reason !== null && reason !== number && { note: reason }) };
}
