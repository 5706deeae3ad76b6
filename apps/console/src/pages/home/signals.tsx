import { useSuspenseQuery } from '@tanstack/react-query';
import { warnings } from '@tongshang/contract';
import { Link } from 'react-router';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';

/** Warnings that fire now, newest first. */
export default function Signals() {
  const words = useWords();
  const name = useName();
  const f = useFormat();
  const { data } = useSuspenseQuery(q(warnings.listSignals, { query: { state: 'firing', limit: 5 } }));
  return (
    <>
      <div className="section-head">
        <h2>
          {words('home.signals')} <span className="stage-count">{f.count(data.firing)}</span>
        </h2>
        <Link to="/steer/alerts?state=firing">{words('act.more')}</Link>
      </div>
      {data.items.length === 0 && <p className="second">{words('home.noSignals')}</p>}
      <ul className="brief-list">
        {data.items.map((signal) => (
          <li key={signal.id}>
            <Link to={`/steer/alerts/${signal.ruleId}?search=${encodeURIComponent(signal.entityKey)}`}>
              {name({ name: signal.ruleName, nameEn: signal.ruleNameEn })}
              {signal.entity !== 'total' && ` · ${signal.entityKey}`}
            </Link>
            <span className="third">{f.relative(signal.firedAt)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
