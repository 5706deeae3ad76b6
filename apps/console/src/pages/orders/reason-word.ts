import { orderAttentions } from '@tongshang/ui';
import type { Say, useTerm } from '../../lib/language.ts';

const codes = ['unpaid', 'buyer', 'staff', 'lines_cancelled', 'return', 'provider', 'cancelled', 'expired'] as const;

/** Why something happened to an order: the house's own codes in the reader's language, people's words as they wrote them. */
export function reasonWord(reason: string, words: Say, term: ReturnType<typeof useTerm>): string {
  const code = codes.find((one) => one === reason);
  return code === undefined ? term(orderAttentions, reason) : words(`orders.reason.${code}`);
}
