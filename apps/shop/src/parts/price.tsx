import { formatMoney } from '@tongshang/ui/format/money';
import type { Word } from '../lib/say.ts';
import { common } from '../words/common.ts';

interface Props {
  say: (word: Word) => string;
  fen: number;
  /** The struck price; null when no mark-down runs. */
  listFen: number | null;
  hasRange?: boolean;
  /** Why it is lower; a mark-down unless said otherwise. */
  tag?: Word | undefined;
}

/** What one pays, large; what it was before, struck and with its reason. */
export function Price({ say, fen, listFen, hasRange = false, tag = common.markdown }: Props) {
  const isReduced = listFen !== null && listFen > fen;
  return (
    <span class={isReduced ? 'price reduced' : 'price'}>
      <span class="now">
        <span class="sr">{say(common.priceNow)} </span>
        {formatMoney(fen)}
        {hasRange && <span class="from"> {say(common.priceFrom)}</span>}
      </span>
      {isReduced && (
        <>
          {' '}
          <span class="was">
            <span class="sr">{say(common.priceList)} </span>
            <s>{formatMoney(listFen)}</s>
          </span>{' '}
          <span class="tag">{say(tag)}</span>
        </>
      )}
    </span>
  );
}
