import type { Status } from '@tongshang/ui';
import { Link, useSearchParams } from 'react-router';
import { useFormat } from '../lib/format.ts';
import { useTerm, useWords } from '../lib/language.ts';
import { withFilter } from '../lib/list-url.ts';

export interface Stage {
  key: string;
  name: string;
  count: number | undefined;
  to: string;
  isCurrent: boolean;
}

/** Where the work stands: each stage with its count, as a link to its rows. */
export function StageRail({ stages }: { stages: readonly Stage[] }) {
  const words = useWords();
  const { count } = useFormat();
  return (
    <nav className="stage-rail" aria-label={words('list.stages')}>
      <ul>
        {stages.map((stage) => (
          <li key={stage.key}>
            <Link to={stage.to} {...(stage.isCurrent && { 'aria-current': 'true' as const })}>
              {stage.name} {stage.count !== undefined && <span className="stage-count">{count(stage.count)}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface StateRailProps<State extends string> {
  states: readonly State[];
  terms: Readonly<Record<State, Status>>;
  counts?: Readonly<Record<State, number>>;
}

/** The stages of a list whose rows have one state each: all of them, then state by state, by the filter `state`. */
export function StateRail<State extends string>({ states, terms, counts }: StateRailProps<State>) {
  const words = useWords();
  const term = useTerm();
  const [url] = useSearchParams();
  const chosen = url.get('state');
  return (
    <StageRail
      stages={[undefined, ...states].map((state) => ({
        key: state ?? 'all',
        name: state === undefined ? words('list.all') : term(terms, state),
        count: state === undefined ? undefined : counts?.[state],
        to: `?${withFilter(url, { state })}`,
        isCurrent: chosen === (state ?? null),
      }))}
    />
  );
}
