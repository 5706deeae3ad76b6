import { explore } from '@tongshang/contract';
import { deedTypeWords, say } from '@tongshang/ui';
import { InputNumber, Segmented, Select } from 'antd';
import type { LoaderFunctionArgs } from 'react-router';
import { ask, client } from '../../lib/api.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { AnswerFile } from '../../parts/answers/answer-file.tsx';
import { PathView, usePathSheet } from '../../parts/answers/path-answer.tsx';
import { stepName } from '../../parts/answers/step-name.ts';
import { BehaviourFilterFields, useFilterWords } from './behaviour-filters.tsx';
import { EventChoiceField, knownEvents } from './event-choice.tsx';
import { ExploreFrame } from './explore-frame.tsx';
import { PeriodControl, usePeriodWords } from './period-control.tsx';
import { type Asked, type Kind, readForPage, readKind, useQuestion } from './use-question.ts';

type Question = explore.PathQuestion;
type Answer = explore.PathAnswer;

const kind: Kind<typeof explore.PathQuestion> = {
  schema: explore.PathQuestion,
  usual: { period: 'last_28_days', anchor: { event: 'Product Viewed' } },
  defaults: { filters: {} },
};

const answerTo = (question: Question) => ask(explore.explorePaths, { body: question });

export const loader = ({ request }: LoaderFunctionArgs) => {
  const { question } = readKind(kind, new URL(request.url).searchParams);
  return readForPage(client.ensureQueryData(knownEvents), client.ensureQueryData(answerTo(question)));
};

/** What visitors do after or before something. */
export function Page() {
  const words = useWords();
  const asked = useQuestion(kind);
  const { question, dropped } = asked;
  return (
    <ExploreFrame<Answer>
      title={words('explore.pathTitle')}
      about={words('explore.pathAbout')}
      query={answerTo(question)}
      dropped={dropped}
      keepable={{ question: { kind: 'paths', question }, chart: 'auto' }}
      controls={<Controls asked={asked} />}
      told={useTold(question)}
      acts={(answer) => <PathFile answer={answer} />}
    >
      {(answer) => <PathView answer={answer} layout="beside" />}
    </ExploreFrame>
  );
}

function PathFile({ answer }: { answer: Answer }) {
  const words = useWords();
  const sheet = usePathSheet(answer);
  return <AnswerFile title={words('answers.paths')} period={answer.period} sheet={() => sheet} />;
}

function useTold({ direction, anchor, filters, ...when }: Question): string[] {
  const language = useLanguage();
  const words = useWords();
  const periodWords = usePeriodWords();
  const filterWords = useFilterWords();
  return [`${words(`explore.direction.${direction}`)} ${stepName(anchor, language)}`, periodWords(when), ...filterWords(filters)];
}

function Controls({ asked: { question, ask: again } }: { asked: Asked<Question> }) {
  const words = useWords();
  const language = useLanguage();
  const number = (word: 'explore.pathSteps' | 'explore.branches', value: number, max: number, set: (value: number) => void) => (
    <span className="row row-tight">
      <span className="second">{words(word)}</span>
      <InputNumber<number>
        className="window-amount"
        aria-label={words(word)}
        min={1}
        max={max}
        precision={0}
        changeOnBlur
        value={value}
        onChange={(next) => next !== null && set(next)}
      />
    </span>
  );
  return (
    <>
      <div className="filters">
        <Segmented<Question['direction']>
          aria-label={words('explore.direction')}
          value={question.direction}
          options={(['from', 'to'] as const).map((value) => ({ value, label: words(`explore.direction.${value}`) }))}
          onChange={(direction) => again({ direction })}
        />
        <EventChoiceField
          label={words('explore.anchor')}
          choice={question.anchor}
          onChange={(anchor) => anchor && again({ anchor })}
        />
      </div>
      <div className="filters">
        <PeriodControl when={question} onChange={again} />
        {number('explore.pathSteps', question.steps, 5, (steps) => again({ steps }))}
        {number('explore.branches', question.branches, 6, (branches) => again({ branches }))}
        <Select<Question['types']>
          mode="multiple"
          className="choice"
          aria-label={words('explore.types')}
          value={question.types}
          options={explore.deedTypes.map((value) => ({ value, label: say(deedTypeWords[value], language) }))}
          onChange={(types) => types.length > 0 && again({ types })}
        />
        <BehaviourFilterFields filters={question.filters} onChange={(filters) => again({ filters })} />
      </div>
    </>
  );
}
