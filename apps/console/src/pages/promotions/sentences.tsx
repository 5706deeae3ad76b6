import { useWords } from '../../lib/language.ts';
import type { PromotionDraft } from './draft.ts';
import { sentenceOf } from './sentence.ts';

/** The rule as a sentence, in Chinese and in English side by side: who reads only one of them checks the other by its shape. */
export function Sentences({ draft }: { draft: PromotionDraft | undefined }) {
  const words = useWords();
  return (
    <section className="card sentences" aria-label={words('promo.sentence')} aria-live="polite">
      {draft === undefined ? (
        <p className="second">{words('promo.sentenceWaits')}</p>
      ) : (
        <>
          <p lang="zh-CN">{sentenceOf(draft, 'zh-CN')}</p>
          <p lang="en">{sentenceOf(draft, 'en')}</p>
        </>
      )}
    </section>
  );
}
