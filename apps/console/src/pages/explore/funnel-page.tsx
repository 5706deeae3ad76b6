import { explore } from '@tongshang/contract';
import { funnelSegmentWords, say, windowUnitWords } from '@tongshang/ui';
import { InputNumber, Select } from 'antd';
import type { LoaderFunctionArgs } from 'react-router';
import { ask, client } from '../../lib/api.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { AnswerFile } from '../../parts/answers/answer-file.tsx';
import { FunnelView, useFunnelSheet } from '../../parts/answers/funnel-answer.tsx';
import { stepName } from '../../parts/answers/step-name.ts';
import { BehaviourFilterFields, useFilterWords } from './behaviour-filters.tsx';
import { knownEvents } from './event-choice.tsx';
import { ExploreFrame } from './explore-frame.tsx';
import { PeriodControl, usePeriodWords } from './period-control.tsx';
import { StepList } from './step-list.tsx';
import { type Asked, type Kind, readForPage, readKind, useQuestion } from './use-question.ts';

type Question = explore.FunnelQuestion;
type Answer = explore.FunnelAnswer;

const kind: Kind<typeof explore.FunnelQuestion> = {
  schema: explore.FunnelQuestion,
  usual: {
    period: 'last_28_days',
    steps: [{ event: 'Product Viewed' }, { event: 'Product Added' }, { event: 'Checkout Started' }, { event: 'Order Completed' }],
  },
  defaults: { filters: {} },
};

const answerTo = (question: Question) => ask(explore.exploreFunnel, { body: question });

export const loader = ({ request }: LoaderFunctionArgs) => {
  const { question } = readKind(kind, new URL(request.url).searchParams);
  return readForPage(client.ensureQueryData(knownEvents), client.ensureQueryData(answerTo(question)));
};

/** How many persons get from step to step, and where they leave. */
export function Page() {
  const words = useWords();
  const asked = useQuestion(kind);
  const { question, dropped } = asked;
  return (
    <ExploreFrame<Answer>
      title={words('explore.funnelTitle')}
      about={words('explore.funnelAbout')}
      query={answerTo(question)}
      dropped={dropped}
      keepable={{ question: { kind: 'funnel', question }, chart: 'auto' }}
      controls={<Controls asked={asked} />}
      told={useTold(question)}
      acts={(answer) => <FunnelFile answer={answer} />}
    >
      {(answer) => <FunnelView answer={answer} layout="beside" />}
    </ExploreFrame>
  );
}

function FunnelFile({ answer }: { answer: Answer }) {
  const words = useWords();
  const sheet = useFunnelSheet(answer);
  return <AnswerFile title={words('answers.funnel')} period={answer.period} sheet={() => sheet} />;
}

function useTold({ steps, window, by, filters, ...when }: Question): string[] {
  const language = useLanguage();
  const words = useWords();
  const periodWords = usePeriodWords();
  const filterWords = useFilterWords();
  return [
    steps.map((step) => stepName(step, language)).join(' → '),
    periodWords(when),
    words('explore.windowTold', { amount: window.amount, unit: say(windowUnitWords[window.unit], language) }),
    ...(by === undefined ? [] : [say(funnelSegmentWords[by], language)]),
    ...filterWords(filters),
  ];
}

function Controls({ asked: { question, ask: again } }: { asked: Asked<Question> }) {
  const words = useWords();
  const language = useLanguage();
  const { window } = question;
  const daysMax = { minutes: 10_000, hours: 2_160, days: 90 };
  return (
    <>
      <StepList steps={question.steps} onChange={(steps) => again({ steps })} />
      <div className="filters filters-below">
        <PeriodControl when={question} onChange={again} />
        <span className="row row-tight">
          <span className="second">{words('explore.within')}</span>
          <InputNumber<number>
            className="window-amount"
            aria-label={words('explore.windowAmount')}
            min={1}
            max={daysMax[window.unit]}
            precision={0}
            value={window.amount}
            changeOnBlur
            onChange={(amount) => amount !== null && again({ window: { ...window, amount } })}
          />
          <Select
            className="choice window-unit"
            aria-label={words('explore.windowUnit')}
            value={window.unit}
            options={explore.windowUnits.map((value) => ({ value, label: say(windowUnitWords[value], language) }))}
            onChange={(unit) => again({ window: { unit, amount: Math.min(window.amount, daysMax[unit]) } })}
          />
        </span>
        <Select
          className="choice"
          aria-label={words('explore.segment')}
          placeholder={words('explore.segment')}
          allowClear
          {...(question.by !== undefined && { value: question.by })}
          options={explore.funnelSegments.map((value) => ({
            value,
            label: words('overview.byOne', { dimension: say(funnelSegmentWords[value], language) }),
          }))}
          onChange={(by: Question['by']) => again({ by })}
        />
        <BehaviourFilterFields filters={question.filters} onChange={(filters) => again({ filters })} />
      </div>
    </>
  );
}
