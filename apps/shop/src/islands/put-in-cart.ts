import type { Values, Word } from '../lib/say.ts';
import { product as words } from '../words/product.ts';
import { showCartCount } from './cart-count.ts';
import { track } from './behaviour.ts';

export interface Added {
  count: number;
  totalFen: number;
}

interface Problem {
  code?: string;
  details?: Record<string, unknown>;
}

/** Puts units into the cart without leaving the page; says what the cart holds then, or what to do instead. */
export async function putInCart(
  url: string,
  { sku, quantity }: { sku: string; quantity: string },
  say: (word: Word, values?: Values) => string,
): Promise<{ added: Added } | { trouble: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ sku, quantity }),
  }).catch(() => undefined);
  const reply: unknown = await response?.json().catch(() => undefined);
  if (response?.ok && reply) {
    const added = reply as Added;
    showCartCount(added.count);
    track('Product Added', { sku, quantity: Number(quantity) });
    return { added };
  }
  const { code, details } = (reply ?? {}) as Problem;
  const available = details?.['available'];
  if (code === 'stock.insufficient' && typeof available === 'number' && available > 0)
    return { trouble: say(words.onlySome, { available }) };
  if (code === 'stock.insufficient' || code === 'sku.not_for_sale') return { trouble: say(words.outAll) };
  return { trouble: say(words.notAdded) };
}
