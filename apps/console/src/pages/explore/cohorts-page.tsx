import { explore } from '@tongshang/contract';
import { InputNumber, Select } from 'antd';
import type { LoaderFunctionArgs } from 'react-router';
import { ask, client } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { AnswerFile } from '../../parts/answers/answer-file.tsx';
import { type CohortShow, cohortShows, CohortView, useCohortSheet } from '../../parts/answers/cohort-answer.tsx';
import { PurchaseFilterFields, useFilterWords } from './behaviour-filters.tsx';
import { ExploreFrame } from './explore-frame.tsx';
import { PeriodControl, usePeriodWords } from './period-control.tsx';
import { type Asked, type Kind, readForPage, readKind, useQuestion } from './use-question.ts';

type Question = explore.CohortQuestion;
type Answer = explore.CohortAnswer;

const kind: Kind<typeof explore.CohortQuestion> = {
  schema: explore.CohortQuestion,
  usual: { period: 'last_365_days', months: 12 },
  defaults: { filters: {} },
};

const answerTo = (question: Question) => ask(explore.exploreCohorts, { body: question });
const showOf = (url: URLSearchParams): CohortShow => cohortShows.find((one) => one === url.get('show')) ?? 'share';

export const loader = ({ request }: LoaderFunctionArgs) =>
  readForPage(client.ensureQueryData(answerTo(readKind(kind, new URL(request.url).searchParams).question)));

/** Customers by the month of their first purchase, and what they bought since. */
export function Page() {
  const words = useWords();
  const asked = useQuestion(kind);
  const { question, dropped, url } = asked;
  const show = showOf(url);
  return (
    <ExploreFrame<Answer>
      title={words('explore.cohortTitle')}
      about={words('explore.cohortAbout')}
      query={answerTo(question)}
      dropped={dropped}
      keepable={{ question: { kind: 'cohorts', question }, chart: 'auto' }}
      controls={<Controls asked={asked} show={show} />}
      told={useTold(question, show)}
      acts={(answer) => <CohortFile answer={answer} show={show} />}
    >
      {(answer) => <CohortView answer={answer} show={show} layout="beside" />}
    </ExploreFrame>
  );
}

function CohortFile({ answer, show }: { answer: Answer; show: CohortShow }) {
  const words = useWords();
  const sheet = useCohortSheet(answer, show);
  return (
    <AnswerFile
      title={`${words('answers.cohorts')} ${words(`answers.cohort.${show}`)}`}
      period={answer.period}
      sheet={() => sheet}
    />
  );
}

function useTold(question: Question, show: CohortShow): string[] {
  const words = useWords();
  const periodWords = usePeriodWords();
  const filterWords = useFilterWords();
  return [words(`answers.cohort.${show}`), periodWords(question), ...filterWords(question.filters)];
}

function Controls({ asked: { question, ask: again, show: showing }, show }: { asked: Asked<Question>; show: CohortShow }) {
  const words = useWords();
  return (
    <div className="filters">
      <PeriodControl when={question} onChange={again} />
      <span className="row row-tight">
        <span className="second">{words('explore.monthsMany')}</span>
        <InputNumber<number>
          className="window-amount"
          aria-label={words('explore.monthsMany')}
          min={1}
          max={36}
          precision={0}
          changeOnBlur
          value={question.months}
          onChange={(months) => months !== null && again({ months })}
        />
      </span>
      <Select<CohortShow>
        className="choice"
        aria-label={words('explore.show')}
        value={show}
        options={cohortShows.map((value) => ({ value, label: words(`answers.cohort.${value}`) }))}
        onChange={(next) => showing({ show: next === 'share' ? undefined : next })}
      />
      <PurchaseFilterFields filters={question.filters} onChange={(filters) => again({ filters })} />
    </div>
  );
}
