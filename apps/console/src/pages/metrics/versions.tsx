import { metricUnits, roleWords, say } from '@tongshang/ui';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { Section } from '../../parts/object-page.tsx';
import { changedFields, type ComparedField, formulaText } from './metric-form.ts';
import type { Shown } from './metric-page.tsx';
import { useMeasures } from './use-measures.ts';
import '../../metrics.css';

type Version = Shown['versions'][number];

/** Every version with its validity, newest first, each with what it changed against the one before. None is ever rewritten. */
export function Versions({ versions, current }: { versions: readonly Version[]; current: number }) {
  const words = useWords();
  const f = useFormat();
  return (
    <Section title={words('metrics.versions')}>
      <ol className="plain-list stack">
        {versions.map((version, index) => (
          <li key={version.version}>
            <div className="section-head">
              <h3>
                {words('metrics.versionNo', { version: version.version })}{' '}
                <span className="second">
                  {version.validFrom === null
                    ? words('metrics.validEver')
                    : words('metrics.validFrom', { day: version.validFrom })}
                </span>
              </h3>
              {version.version === current && <span className="status">{words('metrics.validNow')}</span>}
              {version.version > current && <span className="status">{words('metrics.notYet')}</span>}
            </div>
            <p className="second">
              {version.publishedByName === null || version.publishedAt === null
                ? words('metrics.byHouse')
                : words('metrics.publishedBy', { who: version.publishedByName, at: f.instant(version.publishedAt) })}
              {version.note !== '' && ` · ${version.note}`}
            </p>
            <Changes version={version} before={versions[index + 1]} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Changes({ version, before }: { version: Version; before: Version | undefined }) {
  const words = useWords();
  const textOf = useFieldText();
  if (before === undefined) return <p className="third">{words('metrics.firstVersion')}</p>;
  const fields = changedFields(before, version);
  if (fields.length === 0) return <p className="third">{words('metrics.changedNothing')}</p>;
  return (
    <div className="table-area" role="region" aria-label={words('metrics.changed')} tabIndex={0}>
      <table className="table table-compact version-changes">
        <caption className="hidden">{words('metrics.changed')}</caption>
        <thead>
          <tr>
            <th scope="col">{words('metrics.changed')}</th>
            <th scope="col">{words('metrics.oldValue')}</th>
            <th scope="col">{words('metrics.newValue')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{words(titles[field])}</th>
              <td>
                <del>{textOf(field, before)}</del>
              </td>
              <td>
                <ins>{textOf(field, version)}</ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const titles = {
  title: 'metrics.metric',
  explanation: 'metrics.meaning',
  expression: 'metrics.formula',
  unit: 'metrics.unit',
  grain: 'metrics.grain',
  zone: 'metrics.zone',
  missing: 'metrics.missing',
  polarity: 'metrics.polarity',
  group: 'metrics.group',
  isScorecard: 'metrics.scorecard',
  owner: 'metrics.owner',
  quality: 'metrics.quality',
} as const satisfies Record<ComparedField, string>;

/** A field of a version as a reader sees it. */
function useFieldText(): (field: ComparedField, version: Version) => string {
  const words = useWords();
  const term = useTerm();
  const language = useLanguage();
  const f = useFormat();
  const { titleOf } = useMeasures();
  return (field, version) => {
    switch (field) {
      case 'title':
      case 'explanation':
        return say(version[field], language);
      case 'expression':
        return formulaText(version.expression, titleOf);
      case 'unit':
        return term(metricUnits, version.unit);
      case 'owner':
        return term(roleWords, version.owner);
      case 'missing':
        return words(`metrics.missing.${version.missing}`);
      case 'polarity':
        return words(`metrics.${version.polarity}`);
      case 'group':
        return words(`metrics.group.${version.group}`);
      case 'isScorecard':
        return words(version.isScorecard ? 'events.yes' : 'events.no');
      case 'quality':
        return [
          f.duration(version.quality.freshnessGoalSeconds * 1000),
          version.quality.gaps && say(version.quality.gaps, language),
        ]
          .filter(Boolean)
          .join(' · ');
      case 'grain':
      case 'zone':
        return version[field];
    }
  };
}
