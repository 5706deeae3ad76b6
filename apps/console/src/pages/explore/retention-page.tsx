import { explore } from '@tongshang/contract';
import { retentionUnitWords, say } from '@tongshang/ui';
import { Checkbox, InputNumber, Segmented, Select } from 'antd';
import type { LoaderFunctionArgs } from 'react-router';
import { ask, client } from '../../lib/api.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { AnswerFile } from '../../parts/answers/answer-file.tsx';
import { type RetentionShow, RetentionView, useRetentionSheet } from '../../parts/answers/retention-answer.tsx';
import { stepName } from '../../parts/answers/step-name.ts';
import { BehaviourFilterFields, PurchaseFilterFields, useFilterWords } from './behaviour-filters.tsx';
import { EventChoiceField, knownEvents } from './event-choice.tsx';
import { ExploreFrame } from './explore-frame.tsx';
import { PeriodControl, usePeriodWords } from './period-control.tsx';
import { type Asked, type Kind, readForPage, readKind, useQuestion } from './use-question.ts';

type Question = explore.RetentionQuestion;
type Answer = explore.RetentionAnswer;

const kind: Kind<typeof explore.RetentionQuestion> = {
  schema: explore.RetentionQuestion,
  usual: { of: 'purchase', period: 'last_90_days', unit: 'week', units: 8 },
  defaults: { filters: {}, isFirstEver: false },
};

const answerTo = (question: Question) => ask(explore.exploreRetention, { body: question });
const showOf = (url: URLSearchParams): RetentionShow => (url.get('show') === 'persons' ? 'persons' : 'ratio');

export const loader = ({ request }: LoaderFunctionArgs) => {
  const { question } = readKind(kind, new URL(request.url).searchParams);
  return readForPage(client.ensureQueryData(knownEvents), client.ensureQueryData(answerTo(question)));
};

/** Of those who started, how many come back. */
export function Page() {
  const words = useWords();
  const asked = useQuestion(kind);
  const { question, dropped, url } = asked;
  return (
    <ExploreFrame<Answer>
      title={words('explore.retentionTitle')}
      about={words('explore.retentionAbout')}
      query={answerTo(question)}
      dropped={dropped}
      keepable={{ question: { kind: 'retention', question }, chart: 'auto' }}
      controls={<Controls asked={asked} />}
      told={useTold(question)}
      acts={(answer) => <RetentionFile answer={answer} show={showOf(url)} />}
    >
      {(answer) => <RetentionView answer={answer} show={showOf(url)} layout="beside" />}
    </ExploreFrame>
  );
}

function RetentionFile({ answer, show }: { answer: Answer; show: RetentionShow }) {
  const words = useWords();
  const sheet = useRetentionSheet(answer, show);
  return <AnswerFile title={words('answers.retention')} period={answer.period} sheet={() => sheet} />;
}

function useTold(question: Question): string[] {
  const language = useLanguage();
  const words = useWords();
  const periodWords = usePeriodWords();
  const filterWords = useFilterWords();
  const any = words('explore.anyDeed');
  const what =
    question.of === 'purchase'
      ? words('explore.ofPurchase')
      : [question.start, question.back].map((one) => (one === undefined ? any : stepName(one, language))).join(' → ');
  return [what, periodWords(question), ...filterWords(question.filters)];
}

function Controls({ asked }: { asked: Asked<Question> }) {
  const words = useWords();
  const language = useLanguage();
  const { question, ask: again, askAnew, url, show } = asked;
  const { unit, units, period, from, to } = question;
  return (
    <>
      <div className="filters">
        <Segmented<Question['of']>
          aria-label={words('explore.of')}
          value={question.of}
          options={[
            { value: 'purchase', label: words('explore.ofPurchase') },
            { value: 'behaviour', label: words('explore.ofBehaviour') },
          ]}
          onChange={(of) => askAnew(explore.RetentionQuestion.parse({ of, unit, units, period, from, to }))}
        />
        {question.of === 'behaviour' && (
          <>
            <EventChoiceField
              label={words('explore.startDeed')}
              choice={question.start}
              mayBeAny
              onChange={(start) => again({ start })}
            />
            <EventChoiceField
              label={words('explore.backDeed')}
              choice={question.back}
              mayBeAny
              onChange={(back) => again({ back })}
            />
          </>
        )}
        {question.of === 'purchase' && (
          <Checkbox checked={question.isFirstEver} onChange={({ target }) => again({ isFirstEver: target.checked })}>
            {words('explore.firstEver')}
          </Checkbox>
        )}
      </div>
      <div className="filters">
        <PeriodControl when={question} onChange={again} />
        <Select
          className="choice"
          aria-label={words('explore.unit')}
          value={unit}
          options={explore.retentionUnits.map((value) => ({
            value,
            label: words('overview.byOne', { dimension: say(retentionUnitWords[value], language) }),
          }))}
          onChange={(next) => again({ unit: next })}
        />
        <span className="row row-tight">
          <span className="second">{words('explore.unitsMany')}</span>
          <InputNumber<number>
            className="window-amount"
            aria-label={words('explore.unitsMany')}
            min={1}
            max={31}
            precision={0}
            changeOnBlur
            value={units}
            onChange={(next) => next !== null && again({ units: next })}
          />
        </span>
        <Segmented<RetentionShow>
          aria-label={words('explore.show')}
          value={showOf(url)}
          options={[
            { value: 'ratio', label: words('explore.showRatio') },
            { value: 'persons', label: words('explore.showPersons') },
          ]}
          onChange={(next) => show({ show: next === 'ratio' ? undefined : next })}
        />
        {question.of === 'behaviour' ? (
          <BehaviourFilterFields filters={question.filters} onChange={(filters) => again({ filters })} />
        ) : (
          <PurchaseFilterFields filters={question.filters} onChange={(filters) => again({ filters })} />
        )}
      </div>
    </>
  );
}
