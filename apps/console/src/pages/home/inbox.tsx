import { useSuspenseQuery } from '@tanstack/react-query';
import { playbooks } from '@tongshang/contract';
import { decisionStates, playbookKinds } from '@tongshang/ui';
import { Link } from 'react-router';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { StatusTag } from '../../parts/status-tag.tsx';

/** The newest decisions; those that wait for this person are marked by their state. */
export default function Inbox() {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const f = useFormat();
  const { data } = useSuspenseQuery(q(playbooks.listDecisions, { query: { limit: 5 } }));
  return (
    <>
      <div className="section-head">
        <h2>{words('home.decisions')}</h2>
        <Link to="/steer/decisions">{words('act.more')}</Link>
      </div>
      {data.items.length === 0 && <p className="second">{words('home.noDecisions')}</p>}
      <ul className="brief-list">
        {data.items.map((one) => (
          <li key={one.id}>
            <Link to={`/steer/decisions/${one.id}`}>
              {term(playbookKinds, one.playbook)} · {name({ name: one.entityName, nameEn: one.entityNameEn })}
            </Link>
            <span className="number">{f.moneyShort(one.amountFen)}</span>
            <StatusTag status={decisionStates[one.state]} code={one.state} />
          </li>
        ))}
      </ul>
    </>
  );
}
