import { Link } from 'react-router';
import { useFormat } from '../lib/format.ts';
import { useWords } from '../lib/language.ts';

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
