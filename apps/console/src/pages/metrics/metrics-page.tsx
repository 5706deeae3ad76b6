import { say, dimensions as dimensionWords, metricUnits, roleWords } from '@tongshang/ui';
import { Link } from 'react-router';
import { client } from '../../lib/api.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { Facts } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { definitions, useDefinitions } from '../../lib/definitions.ts';

export const loader = () => client.ensureQueryData(definitions);

/** Every figure of the house: what it means, how it is computed, who answers for it, where it comes from. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const language = useLanguage();
  const { all } = useDefinitions();
  return (
    <>
      <PageHead title={words('nav.metrics')} module={words('wing.know')} about={words('metrics.about', { count: all.length })} />
      <div className="stack">
        {all.map((metric) => (
          <section key={metric.name} id={metric.name} className="card" aria-labelledby={`m-${metric.name}`}>
            <div className="section-head">
              <h2 id={`m-${metric.name}`}>{say(metric.title, language)}</h2>
              <Link to={`/know/overview?metric=${metric.name}#analysis`}>{words('metrics.open')}</Link>
            </div>
            <p>{say(metric.explanation, language)}</p>
            <Facts
              facts={[
                [words('metrics.name'), <code key="n">{metric.name}</code>],
                [words('metrics.formula'), <code key="f">{metric.formula}</code>],
                [words('metrics.unit'), term(metricUnits, metric.unit)],
                [words('metrics.grain'), metric.grain],
                [words('metrics.additivity'), words(`metrics.${metric.additivity}`)],
                [words('metrics.polarity'), words(`metrics.${metric.polarity}`)],
                [words('metrics.dimensions'), metric.dimensions.map((one) => term(dimensionWords, one)).join(' · ')],
                [words('metrics.owner'), term(roleWords, metric.owner)],
                [words('metrics.lineage'), metric.lineage.join(' → ')],
              ]}
            />
          </section>
        ))}
      </div>
    </>
  );
}
