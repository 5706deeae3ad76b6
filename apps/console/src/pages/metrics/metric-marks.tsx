import type { Definition } from '../../lib/figures.ts';
import { useWords } from '../../lib/language.ts';

/** What stands beside a metric's name: that it is on the scorecard, and that nothing feeds it yet. */
export function MetricMarks({
  definition: { isScorecard, hasSource },
}: {
  definition: Pick<Definition, 'isScorecard' | 'hasSource'>;
}) {
  const words = useWords();
  return (
    <span className="row">
      {isScorecard && <Mark tone="active" text={words('metrics.scorecard')} />}
      {!hasSource && <Mark tone="attention" text={words('metrics.noSource')} />}
    </span>
  );
}

const Mark = ({ tone, text }: { tone: string; text: string }) => (
  <span className="status">
    <span className={`dot dot-${tone}`} aria-hidden="true" />
    {text}
  </span>
);
