import type { imports, ReplyOf } from '@tongshang/contract';
import { useWords } from '../../lib/language.ts';

type Reason = ReplyOf<typeof imports.listBadRows>['items'][number]['reasons'][number];

/** Why a row cannot land: the column, what is wrong, and what stood there. */
export function useReasonText(): (reason: Reason) => string {
  const words = useWords();
  return ({ code, field, value }) => {
    const what = words(`imports.bad.${code}`);
    const where = field === null ? '' : `${words(`imports.field.${field}`)}: `;
    return `${where}${what}${value === null || value === '' ? '' : ` (${value})`}`;
  };
}
