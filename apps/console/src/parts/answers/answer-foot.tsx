import { say } from '@tongshang/ui';
import type { Definition } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import '../../answers.css';

interface AnswerFootProps {
  asOf: string;
  definitions?: readonly Definition[];
  rows?: number;
  isCut?: boolean;
  isOpen?: boolean;
  /** What else is to be known of this kind of answer. */
  notes?: readonly string[];
}

/** What the figures mean, until when they are counted, how many rows there are and whether there would be more. */
export function AnswerFoot({ asOf, definitions = [], rows, isCut = false, isOpen = false, notes = [] }: AnswerFootProps) {
  const words = useWords();
  const language = useLanguage();
  const f = useFormat();
  return (
    <div className="answer-foot third">
      {definitions.length > 0 && (
        <details open={isOpen}>
          <summary>{words('answers.definition')}</summary>
          <dl>
            {definitions.map((one) => (
              <div key={one.name}>
                <dt>{say(one.title, language)}</dt>
                <dd>{say(one.explanation, language)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <p>
        {words('answers.asOf', { time: f.instantExact(asOf) })}
        {rows !== undefined && rows > 0 && ` · ${words('answers.rows', { count: rows, rows: f.count(rows) })}`}
        {isCut && ` · ${words('answers.cut')}`}
      </p>
    </div>
  );
}
