import { formatMoney } from '@tongshang/ui/format/money';
import type { Freight } from '../http/desk.ts';
import { policyUrl } from '../lib/urls.ts';
import { Layout } from '../parts/layout.tsx';
import type { Site } from '../site.ts';
import type { Category } from '../views.ts';
import { policies, type PolicyName, privacySwitch } from '../words/policies.ts';

export function PolicyPage({
  site,
  view: { categories, name, freight },
}: {
  site: Site;
  view: { categories: readonly Category[]; name: PolicyName; freight: Freight };
}) {
  const policy = policies[name];
  const amounts = { fee: formatMoney(freight.feeFen), freeFrom: formatMoney(freight.freeFromFen) };
  return (
    <Layout
      site={site}
      kind="policy"
      categories={categories}
      head={{ title: site.say(policy.title), description: site.say(policy.description), canonical: policyUrl(name) }}
    >
      <div class="prose narrow">
        <h1>{site.say(policy.title)}</h1>
        {policy.parts.map(({ heading, text }) => (
          <section key={heading.en}>
            <h2>{site.say(heading)}</h2>
            {text.map((word) => (
              <p key={word.en}>{site.say(word, amounts)}</p>
            ))}
          </section>
        ))}
        {name === 'privacy' && (
          <p data-usage-switch hidden>
            <label class="tick">
              <input type="checkbox" /> {site.say(privacySwitch.label)}
            </label>{' '}
            <output data-saved={site.say(privacySwitch.saved)} />
          </p>
        )}
      </div>
    </Layout>
  );
}
