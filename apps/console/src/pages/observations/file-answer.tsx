import { observations, type ReplyOf } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';

type Answer = ReplyOf<typeof observations.uploadObservations>;

const rowsShown = 100;

/** What a file would do, or did; and the rows that cannot be kept, as the spreadsheet counts them. */
export function FileAnswer({ answer, isRecorded }: { answer: Answer; isRecorded: boolean }) {
  const words = useWords();
  const language = useLanguage();
  const { count } = useFormat();
  const { missing, recorded, corrected, unchanged, bad, badRows } = answer;
  if (missing.length > 0) {
    const fields = missing
      .map((field) => say(observations.observationFieldWords[field], language))
      .join(language === 'en' ? ', ' : '、');
    return (
      <p className="notice" role="alert">
        {words('observations.columnsMissing', { fields })}
      </p>
    );
  }
  const counts = { recorded: count(recorded), corrected: count(corrected), unchanged: count(unchanged), bad: count(bad) };
  return (
    <section aria-live="polite">
      <p>{words(isRecorded ? 'observations.fileDid' : 'observations.fileWould', counts)}</p>
      {badRows.length > 0 && (
        <div className="observation-bad">
          <table>
            <caption>{words('observations.badRows')}</caption>
            <thead>
              <tr>
                <th scope="col">{words('imports.rowNo')}</th>
                <th scope="col">{words('imports.problems')}</th>
                <th scope="col">{words('observations.cells')}</th>
              </tr>
            </thead>
            <tbody>
              {badRows.slice(0, rowsShown).map(({ rowNo, cells, faults }) => (
                <tr key={rowNo}>
                  <th scope="row">{rowNo}</th>
                  <td>
                    {faults.map((fault) => (
                      <div key={`${fault.code} ${fault.field}`}>{observations.observationFaultSentence(fault, language)}</div>
                    ))}
                  </td>
                  <td className="second">{cells.filter((cell) => cell !== '').join(' · ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
