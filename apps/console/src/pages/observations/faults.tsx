import { observations, RefusedError } from '@tongshang/contract';
import { useLanguage } from '../../lib/language.ts';

/** Which figures a refusal found wrong, and why. */
export function Faults({ error }: { error: unknown }) {
  const language = useLanguage();
  if (!(error instanceof RefusedError) || error.problem.code !== 'observation.invalid') return null;
  const rows = error.problem.details['rows'];
  const faults = (Array.isArray(rows) ? rows : []).flatMap((row: { faults?: unknown }) =>
    (Array.isArray(row.faults) ? row.faults : []).flatMap((fault) => observations.ObservationFault.safeParse(fault).data ?? []),
  );
  return (
    <ul className="observation-faults" role="alert">
      {faults.map((fault) => (
        <li key={`${fault.code} ${fault.field} ${fault.value}`}>{observations.observationFaultSentence(fault, language)}</li>
      ))}
    </ul>
  );
}
