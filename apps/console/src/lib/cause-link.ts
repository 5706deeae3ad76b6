const pageOf: Readonly<Record<string, string>> = {
  order: '/sell/orders/',
  return: '/sell/returns/',
  purchase: '/supply/purchases/',
  import: '/know/imports/',
  decision: '/steer/decisions/',
};

/** Where the document behind a movement or a purchase is: `order:<id>` leads to the order; a cause without a page leads nowhere. */
export function causeLink(cause: string): string | undefined {
  const [kind = '', id] = cause.split(':');
  const page = pageOf[kind];
  return page !== undefined && id !== undefined && /^[0-9a-f-]{36}$/.test(id) ? page + id : undefined;
}
