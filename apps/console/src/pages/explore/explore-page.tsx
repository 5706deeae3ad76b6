import { useQuery } from '@tanstack/react-query';
import { metrics, urlOf } from '@tongshang/contract';
import { compareWords, dimensions as dimensionWords, say, windowWords } from '@tongshang/ui';
import type { LoaderFunctionArgs } from 'react-router';
import { useMarks } from '../../lib/annotations.ts';
import { client, q } from '../../lib/api.ts';
import { definitions, useDefinitions } from '../../lib/definitions.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { type MetricAnswer, MetricAnswerView, type MetricAnswerViewProps } from '../../parts/answers/metric-answer.tsx';
import { MetricFile } from '../../parts/answers/metric-file.tsx';
import { chartsFor } from '../../parts/answers/metric-shape.ts';
import { ordersAt, OrdersBehind, readCell } from './orders-behind.tsx';
import { drillDown, isOfOrders } from './drill.ts';
import { ExploreFrame } from './explore-frame.tsx';
import { MetricControls, useAble } from './metric-controls.tsx';
import { usePeriodWords } from './period-control.tsx';
import { type Kind, readForPage, readKind, useQuestion } from './use-question.ts';

type Question = metrics.MetricQuestion;

const kind: Kind<typeof metrics.MetricQuestion> = {
  schema: metrics.MetricQuestion,
  usual: { metrics: ['net_sales'], by: ['day'], period: 'last_28_days', compare: 'previous' },
  defaults: { window: 'none', limit: 500 },
};

const answerTo = (question: Question) => q(metrics.queryMetrics, { query: question });

export const loader = ({ request }: LoaderFunctionArgs) => {
  const url = new URL(request.url).searchParams;
  const { question } = readKind(kind, url);
  const cell = readCell(question, url);
  return readForPage(
    client.ensureQueryData(definitions),
    client.ensureQueryData(answerTo(question)),
    ...(cell ? [client.ensureQueryData(ordersAt(question, cell, url.get('after')))] : []),
  );
};

/** Any figures, split by up to two dimensions, narrowed and compared; every cell leads to the orders behind it. */
export function Page() {
  const words = useWords();
  const asked = useQuestion(kind);
  const { question, dropped, url, linkAsking, linkTo } = asked;
  const { find } = useDefinitions();
  const able = useAble(question);
  const shown = question.metrics.map((name) => find(name)).filter((one) => one !== undefined);
  const charts = chartsFor(
    question.by,
    shown.every(({ additivity }) => additivity === 'sum'),
  );
  const chart = charts.find((one) => one === url.get('chart')) ?? 'auto';
  const told = useTold(question);
  const cell = readCell(question, url);
  const isNarrowable = question.campaign === undefined && !question.by.includes('campaign') && question.window === 'none';
  const rowTo = (answer: MetricAnswer) => (key: string) => {
    const deeper = drillDown(question, answer.period, key, able);
    return deeper && linkAsking(deeper);
  };
  return (
    <>
      <ExploreFrame<MetricAnswer>
        title={words('explore.title')}
        about={words('explore.about')}
        query={answerTo(question)}
        dropped={dropped}
        keepable={{ question: { kind: 'metrics', question }, chart }}
        controls={<MetricControls asked={asked} />}
        told={told}
        acts={(answer) => (
          <MetricFile answer={answer} xlsx={(language) => urlOf(metrics.exportMetrics, { query: { ...question, language } })} />
        )}
      >
        {(answer) => (
          <WholeAnswer
            question={question}
            answer={answer}
            chart={chart}
            layout="beside"
            height={320}
            rowTo={rowTo(answer)}
            cellTo={({ keys, metric }) => {
              const definition = find(metric);
              return isNarrowable && definition && isOfOrders(definition)
                ? linkTo({ cell: metric, at: keys, after: undefined })
                : undefined;
            }}
          />
        )}
      </ExploreFrame>
      {cell !== undefined && <OrdersBehind asked={asked} cell={cell} />}
    </>
  );
}

/** The answer with what happened meanwhile on its time axis, and the totals of its rows and columns. */
function WholeAnswer({ question, ...props }: MetricAnswerViewProps & { question: Question }) {
  return <MetricAnswerView {...props} marks={useMarks(props.answer)} totals={useTotals(question)} />;
}

/** What does not add up has no totals to be summed from its cells: the house is asked for them. */
function useTotals({ by, ...question }: Question): MetricAnswerViewProps['totals'] {
  const [first, second] = by;
  const split = (dimension: metrics.Dimension | undefined) => ({
    ...answerTo({ ...question, by: dimension === undefined ? [] : [dimension], window: 'none', compare: undefined }),
    enabled: second !== undefined,
  });
  const rows = useQuery(split(first));
  const columns = useQuery(split(second));
  return second === undefined ? undefined : { rows: rows.data, columns: columns.data };
}

/** What is asked, in words, for paper. */
function useTold(question: Question): string[] {
  const language = useLanguage();
  const term = useTerm();
  const periodWords = usePeriodWords();
  const { titleOf } = useDefinitions();
  const filters = metrics.filterDimensions.flatMap((name) =>
    question[name] === undefined ? [] : [`${term(dimensionWords, name)}: ${question[name].join(', ')}`],
  );
  return [
    question.metrics.map((name) => titleOf(name)).join(', '),
    ...(question.by.length > 0 ? [question.by.map((one) => term(dimensionWords, one)).join(' × ')] : []),
    periodWords(question),
    ...(question.compare === undefined ? [] : [say(compareWords[question.compare], language)]),
    ...(question.window === 'none' ? [] : [say(windowWords[question.window], language)]),
    ...filters,
  ];
}
