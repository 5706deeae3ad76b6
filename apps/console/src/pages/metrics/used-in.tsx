import { useQuery } from '@tanstack/react-query';
import { boards, targets, warnings } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { Link } from 'react-router';
import { q } from '../../lib/api.ts';
import { useDefinitions } from '../../lib/definitions.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useName, useWords } from '../../lib/language.ts';
import { explorePath } from '../../lib/question-url.ts';
import { useMay } from '../../lib/session.ts';
import { Section } from '../../parts/object-page.tsx';
import { type Definition, measuresIn } from './metric-form.ts';

/** Who relies on a metric: warning lines, targets of this month and saved questions that one may see, and metrics of the same measures. */
export function UsedIn({ definition }: { definition: Definition }) {
  const words = useWords();
  const language = useLanguage();
  const name = useName();
  const f = useFormat();
  const may = useMay();
  const { all } = useDefinitions();
  const month = f.today().slice(0, 7);
  const metric = definition.name;
  const rules = useQuery({ ...q(warnings.listRules), enabled: may('warnings.view') });
  const aims = useQuery({ ...q(targets.listTargets, { query: { month, metric } }), enabled: may('targets.view') });
  const questions = useQuery({ ...q(boards.listQuestions), enabled: may('boards.view') });
  const own = measuresIn(definition.expression);
  const lists: UseList[] = [
    {
      title: words('metrics.usedRules'),
      uses: (rules.data?.items ?? [])
        .filter((rule) => rule.metric === metric)
        .map((rule) => ({
          to: `/steer/alerts/${rule.id}`,
          text: name(rule),
          more: words(rule.isActive ? 'metrics.isActive' : 'metrics.isPaused'),
        })),
    },
    {
      title: words('metrics.usedTargets'),
      uses:
        (aims.data?.items ?? []).length === 0
          ? []
          : [{ to: `/steer/targets?month=${month}`, text: f.count(aims.data?.items.length) }],
    },
    {
      title: words('metrics.usedQuestions'),
      uses: (questions.data?.items ?? []).flatMap(({ name: title, question }) =>
        question.kind === 'metrics' && question.question.metrics.includes(metric)
          ? [{ to: explorePath(question), text: say(title, language) }]
          : [],
      ),
    },
    {
      title: words('metrics.usedAlike'),
      uses: all
        .filter((one) => one.name !== metric && measuresIn(one.expression).some((measure) => own.includes(measure)))
        .map((one) => ({ to: `/know/metrics/${one.name}`, text: say(one.title, language) })),
    },
  ];
  const used = lists.filter(({ uses }) => uses.length > 0);
  return (
    <Section title={words('metrics.usedIn')}>
      {used.length === 0 && <p className="second">{words('metrics.usedNowhere')}</p>}
      {used.map(({ title, uses }) => (
        <div key={title}>
          <h3>{title}</h3>
          <ul className="plain-list">
            {uses.map(({ to, text, more }) => (
              <li key={`${to} ${text}`}>
                <Link to={to}>{text}</Link> {more !== undefined && <span className="third">{more}</span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

interface UseList {
  title: string;
  uses: { to: string; text: string; more?: string }[];
}
