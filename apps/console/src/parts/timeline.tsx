import type { ReactNode } from 'react';
import { useFormat } from '../lib/format.ts';
import { useWords } from '../lib/language.ts';

export interface TimelineEntry {
  id: string;
  at: string;
  who: string;
  what: ReactNode;
  why?: ReactNode;
}

/** Who changed what and when, in the order given; relative for a day, exact always in the title and for readers. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const { relative, instantExact } = useFormat();
  const words = useWords();
  if (entries.length === 0) return <p className="second">{words('timeline.empty')}</p>;
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={entry.id}>
          <div>{entry.what}</div>
          {entry.why && <div className="second">{entry.why}</div>}
          <div className="third">
            {entry.who} ·{' '}
            <time dateTime={entry.at} title={instantExact(entry.at)}>
              {relative(entry.at)}
            </time>
          </div>
        </li>
      ))}
    </ol>
  );
}
