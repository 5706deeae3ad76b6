import type { Language } from '../lib/language.ts';
import { fill } from '../lib/say.ts';
import { common } from '../words/common.ts';

export const language = (): Language => (document.documentElement.lang === 'en' ? 'en' : 'zh-CN');

/** Pages are the same for everybody; only this number is yours, and it comes from a small cookie. */
export function showCartCount(count = Number(/(?:^|; )ts_count=(\d+)/.exec(document.cookie)?.[1] ?? 0)): void {
  const badge = document.querySelector<HTMLElement>('[data-cart-count]');
  if (badge === null) return;
  badge.hidden = count === 0;
  badge.textContent = count > 99 ? '99+' : String(count);
  const name = badge.parentElement?.querySelector('.sr');
  if (name) name.textContent = count === 0 ? fill(common.cart, language()) : fill(common.cartCount, language(), { count });
  badge.ariaHidden = 'true';
}
