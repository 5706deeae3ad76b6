import { useSuspenseQuery } from '@tanstack/react-query';
import { inventory } from '@tongshang/contract';
import { Link } from 'react-router';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { useSession } from '../../lib/session.ts';

/** What is out of stock, in this person's store if they have one. */
export default function StockOuts() {
  const words = useWords();
  const name = useName();
  const f = useFormat();
  const { location } = useSession();
  const here = location === null ? {} : { location };
  const { data } = useSuspenseQuery(q(inventory.listStock, { query: { only: 'out', limit: 5, ...here } }));
  return (
    <>
      <div className="section-head">
        <h2>{words('home.stockOuts')}</h2>
        <Link to={`/supply/stock?${new URLSearchParams({ only: 'out', ...here })}`}>{words('act.more')}</Link>
      </div>
      {data.items.length === 0 && <p className="second">{words('home.noStockOuts')}</p>}
      <ul className="brief-list">
        {data.items.map((level) => (
          <li key={`${level.sku} ${level.location}`}>
            <Link to={`/supply/stock/${encodeURIComponent(level.sku)}`}>{name(level)}</Link>
            <span className="third">
              {level.location} · {words('home.available', { count: f.count(level.available) })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
