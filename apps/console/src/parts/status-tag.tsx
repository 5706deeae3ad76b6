import type { Status } from '@tongshang/ui';
import { useLanguage } from '../lib/language.ts';

/** A dot and a word. The word carries the meaning; the dot only helps the eye. */
export function StatusTag({ status, code }: { status: Status | undefined; code: string }) {
  const language = useLanguage();
  const word = status ? (language === 'en' ? status.en : status.zh) : code;
  return (
    <span className="status">
      <span className={`dot dot-${status?.tone ?? 'neutral'}`} aria-hidden="true" />
      {word}
    </span>
  );
}
