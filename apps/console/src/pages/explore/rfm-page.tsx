import { useQuery } from '@tanstack/react-query';
import { explore, type ReplyOf } from '@tongshang/contract';
import { rfmSegmentWords } from '@tongshang/ui';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { Link, type LoaderFunctionArgs } from 'react-router';
import { ask, client } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { AnswerFile } from '../../parts/answers/answer-file.tsx';
import { RfmView, useRfmSheet } from '../../parts/answers/rfm-answer.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PurchaseFilterFields, useFilterWords } from './behaviour-filters.tsx';
import { ExploreFrame } from './explore-frame.tsx';
import { PeriodControl, usePeriodWords } from './period-control.tsx';
import { type Asked, type Kind, readForPage, readKind, useQuestion } from './use-question.ts';

type Question = explore.RfmQuestion;
type Answer = explore.RfmAnswer;
type Customers = ReplyOf<typeof explore.listRfmCustomers>;

const kind: Kind<typeof explore.RfmQuestion> = {
  schema: explore.RfmQuestion,
  usual: { period: 'last_365_days' },
  defaults: { filters: {} },
};

const answerTo = (question: Question) => ask(explore.exploreRfm, { body: question });
const segmentOf = (url: URLSearchParams) => explore.rfmSegments.find((one) => one === url.get('segment'));

export const loader = ({ request }: LoaderFunctionArgs) =>
  readForPage(client.ensureQueryData(answerTo(readKind(kind, new URL(request.url).searchParams).question)));

/** Customers by how lately, how often and for how much they bought. */
export function Page() {
  const words = useWords();
  const asked = useQuestion(kind);
  const { question, dropped, url, linkTo } = asked;
  const maySee = useMay()('customers.view');
  const segment = segmentOf(url);
  return (
    <>
      <ExploreFrame<Answer>
        title={words('explore.rfmTitle')}
        about={words('explore.rfmAbout')}
        query={answerTo(question)}
        dropped={dropped}
        keepable={{ question: { kind: 'rfm', question }, chart: 'auto' }}
        controls={
          <div className="filters">
            <PeriodControl when={question} onChange={asked.ask} />
            <PurchaseFilterFields filters={question.filters} onChange={(filters) => asked.ask({ filters })} />
          </div>
        }
        told={useTold(question)}
        acts={(answer) => <RfmFile answer={answer} />}
      >
        {(answer) => (
          <RfmView
            answer={answer}
            layout="beside"
            segmentTo={(one) => (maySee ? linkTo({ segment: one, after: undefined }) : undefined)}
          />
        )}
      </ExploreFrame>
      {segment !== undefined && maySee && <SegmentCustomers asked={asked} segment={segment} />}
    </>
  );
}

function RfmFile({ answer }: { answer: Answer }) {
  const words = useWords();
  const sheet = useRfmSheet(answer);
  return <AnswerFile title={words('answers.rfm')} period={answer.period} sheet={() => sheet} />;
}

function useTold(question: Question): string[] {
  const periodWords = usePeriodWords();
  const filterWords = useFilterWords();
  return [periodWords(question), ...filterWords(question.filters)];
}

const columns: readonly Column<Customers['items'][number]>[] = [
  {
    key: 'name',
    title: 'explore.customer',
    show: ({ name, customerId }, { words }) => (
      <Link to={`/sell/customers/${customerId}`}>{name ?? words('explore.noName')}</Link>
    ),
  },
  { key: 'recency', title: 'explore.recencyDays', isNumber: true, show: (one, { f }) => f.count(one.recencyDays) },
  { key: 'orders', title: 'answers.orders', isNumber: true, show: (one, { f }) => f.count(one.orders) },
  { key: 'money', title: 'answers.netSales', isNumber: true, show: (one, { f }) => f.money(one.netSalesFen) },
];

/** The customers of one segment, most valuable first. */
function SegmentCustomers({
  asked: { question, url, show, linkTo },
  segment,
}: {
  asked: Asked<Question>;
  segment: explore.RfmSegment;
}) {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const after = url.get('after');
  const body = { ...question, segment, ...(after !== null && { after }) };
  const { data, error, refetch } = useQuery({ ...ask(explore.listRfmCustomers, { body }), retryOnMount: false });
  const head = useRef<HTMLHeadingElement>(null);
  // Where the reader looks next is outside of React's tree.
  useEffect(() => head.current?.focus(), [segment]);
  const title = words('explore.segmentCustomers', {
    name: term(rfmSegmentWords, segment),
    count: data?.customers ?? 0,
    customers: f.count(data?.customers),
  });
  return (
    <section className="card explore-orders" aria-labelledby="segment-customers">
      <div className="section-head">
        <h2 id="segment-customers" ref={head} tabIndex={-1}>
          {title}
        </h2>
        <Button size="small" onClick={() => show({ segment: undefined, after: undefined })}>
          {words('explore.closeOrders')}
        </Button>
      </div>
      {error !== null && data === undefined && <ErrorState error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && (
        <div className="bone explore-coming" role="status" aria-label={words('state.loading')} />
      )}
      {data !== undefined && (
        <DataTable<Customers['items'][number]>
          caption={title}
          columns={columns}
          rows={data.items}
          rowKey={({ customerId }) => customerId}
        />
      )}
      {data !== undefined && data.next !== null && (
        <p className="list-foot">
          <Link to={linkTo({ after: data.next })} preventScrollReset>
            {words('explore.moreCustomers')}
          </Link>
        </p>
      )}
    </section>
  );
}
