import { cutOffTone } from '../../lib/cut-off.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';

/** How long until it has to leave, or since when it is late; the exact time in the title. */
export function CutOff({ dispatchBy, isLate = false }: { dispatchBy: string | null; isLate?: boolean }) {
  const words = useWords();
  const { duration, instant, leftMs: left } = useFormat();
  if (dispatchBy === null) return <span className="third">{words('floor.noCutOff')}</span>;
  const leftMs = left(dispatchBy);
  return (
    <span className="status" title={instant(dispatchBy)}>
      <span className={`dot dot-${isLate ? 'bad' : cutOffTone(leftMs)}`} aria-hidden="true" />
      {words(leftMs < 0 ? 'floor.cutOffPast' : 'floor.cutOffLeft', { time: duration(Math.abs(leftMs)) })}
    </span>
  );
}
