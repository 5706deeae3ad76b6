// Which of our two fronts a request came to, pure: cookies ignore ports, so the address itself must tell.

export type Surface = 'console' | 'shop' | 'unknown';

/**
 * The front that a request was sent to: by host and port, else by port alone (the same machine under another name), else unknown.
 */
export function surfaceOf(
  { headers }: { headers: { host?: string | undefined } },
  { consoleOrigin, shopOrigin }: { consoleOrigin: string; shopOrigin: string },
): Surface {
  const [console, shop] = [addressOf(consoleOrigin), addressOf(shopOrigin)];
  const { host } = headers;
  if (console.host === shop.host || host === undefined) return 'unknown';
  if (host === console.host) return 'console';
  if (host === shop.host) return 'shop';
  const port = /:(\d+)$/.exec(host)?.[1] ?? '';
  if (console.port === shop.port) return 'unknown';
  if (port === console.port) return 'console';
  return port === shop.port ? 'shop' : 'unknown';
}

const addresses = new Map<string, URL>();

/** Our own origins, a few a process, read once: this is asked with every request. */
function addressOf(origin: string): URL {
  const known = addresses.get(origin);
  if (known !== undefined) return known;
  const address = new URL(origin);
  addresses.set(origin, address);
  return address;
}
