import { formatMoney } from '@tongshang/ui/format/money';
import { formatCount } from '@tongshang/ui/format/number';
import { formatInstant } from '@tongshang/ui/format/time';
import type { Word } from '../lib/say.ts';
import { pointsUrl } from '../lib/urls.ts';
import { Layout } from '../parts/layout.tsx';
import type { Site } from '../site.ts';
import type { Category, PointEntry, Standing } from '../views.ts';
import { points as words } from '../words/member.ts';

export interface PointsView {
  categories: readonly Category[];
  standing: Standing;
  entries: readonly PointEntry[];
  next: string | null;
}

const kinds: Readonly<Record<PointEntry['kind'], Word>> = {
  earned: words.earned,
  spent: words.spent,
  returned: words.returned,
  adjusted: words.adjusted,
  expired: words.expired,
};

/** How many points, what they are worth, what the next tier takes, and every point that came and went. */
export function PointsPage({ site, view: { categories, standing, entries, next } }: { site: Site; view: PointsView }) {
  const title = site.say(words.title);
  return (
    <Layout site={site} kind="points" categories={categories} head={{ title }}>
      <h1>{title}</h1>
      <div class="two-columns">
        <section aria-labelledby="ledger">
          <h2 id="ledger">{site.say(words.ledger)}</h2>
          {entries.length === 0 ? (
            <div class="nothing">
              <p class="big">{site.say(words.none)}</p>
              <p>{site.say(words.noneText)}</p>
            </div>
          ) : (
            <Ledger site={site} entries={entries} />
          )}
          {next !== null && (
            <p>
              <a class="button quiet" href={site.href(`${pointsUrl}?after=${encodeURIComponent(next)}`)}>
                {site.say(words.more)}
              </a>
            </p>
          )}
        </section>
        <div>
          <section class="panel" aria-label={title}>
            <p class="big">{site.say(words.balance, { points: formatCount(standing.points) })}</p>
            <p class="note">{site.say(words.worth, { amount: formatMoney(standing.worthFen) })}</p>
            <p>
              {site.say(words.tier)}: <strong>{site.nameOf(standing.tier)}</strong>
            </p>
            <p class="note">
              {standing.next === null
                ? site.say(words.highest)
                : site.say(words.nextTier, {
                    amount: formatMoney(standing.next.missingFen),
                    tier: site.nameOf(standing.next.tier),
                  })}
            </p>
          </section>
          {standing.expiring.length > 0 && (
            <section class="panel" aria-labelledby="expiring">
              <h2 id="expiring">{site.say(words.expiringTitle)}</h2>
              <ul>
                {standing.expiring.map(({ points, lastDay }) => (
                  <li key={lastDay}>{site.say(words.expiring, { points: formatCount(points), day: lastDay })}</li>
                ))}
              </ul>
              <p class="note">{site.say(words.expiringRule)}</p>
            </section>
          )}
          <section class="panel" aria-labelledby="tiers">
            <h2 id="tiers">{site.say(words.tiers)}</h2>
            <dl class="facts">
              {standing.tiers.map((tier) => (
                <div key={tier.code}>
                  <dt>{site.nameOf(tier)}</dt>
                  <dd>{site.say(words.tierFrom, { amount: formatMoney(tier.fromFen) })}</dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
      </div>
    </Layout>
  );
}

function Ledger({ site, entries }: { site: Site; entries: readonly PointEntry[] }) {
  return (
    <table class="items ledger">
      <caption class="sr">{site.say(words.ledger)}</caption>
      <thead>
        <tr>
          <th scope="col">{site.say(words.what)}</th>
          <th scope="col">{site.say(words.change)}</th>
          <th scope="col">{site.say(words.after)}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <th scope="row">
              {site.say(kinds[entry.kind])}
              <small>
                <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
              </small>
            </th>
            <td class={entry.points < 0 ? 'minus' : 'plus'}>{signed(entry.points)}</td>
            <td>{formatCount(entry.balance)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const signed = (count: number): string => (count > 0 ? `+${formatCount(count)}` : formatCount(count));
