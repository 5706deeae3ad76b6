import { imports, type ReplyOf } from '@tongshang/contract';
import { useLanguage } from '../../lib/language.ts';

type Reason = ReplyOf<typeof imports.listBadRows>['items'][number]['reasons'][number];

/** Why a row cannot land: the column, what is wrong, and what stood there; word for word as in the file that is downloaded. */
export function useReasonText(): (reason: Reason) => string {
  const language = useLanguage();
  return (reason) => imports.badRowSentence(reason, language);
}
