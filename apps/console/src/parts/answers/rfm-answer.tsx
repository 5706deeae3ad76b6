import type { explore } from '@tongshang/contract';
import { rfmSegmentWords } from '@tongshang/ui';
import { Link } from 'react-router';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import type { AnswerSheet } from './answer-file.tsx';
import { AnswerFoot } from './answer-foot.tsx';
import { AnswerLayout, type AnswerLayoutKind } from './answer-layout.tsx';
import { AnswerTable } from './answer-table.tsx';

type Answer = explore.RfmAnswer;

interface RfmViewProps {
  answer: Answer;
  /** Whither a segment leads: its customers. */
  segmentTo?: ((segment: explore.RfmSegment) => string | undefined) | undefined;
  layout?: AnswerLayoutKind;
  isBare?: boolean;
}

const scores = [5, 4, 3, 2, 1] as const;

/** Customers by recency against frequency and money: the grid that names the segments, and the segments as a table. */
export function RfmView({ answer, segmentTo, layout = 'toggle', isBare = false }: RfmViewProps) {
  const words = useWords();
  const f = useFormat();
  const term = useTerm();
  const notes = useNotes(answer);
  if (answer.customers === 0) return <p className="empty">{words('answers.rfmNone')}</p>;
  const [best] = answer.segments.toSorted((one, other) => other.netSalesFen - one.netSalesFen);
  return (
    <AnswerLayout
      title={words('answers.rfm')}
      layout={layout}
      isWide
      chart={
        <figure className="chart">
          <figcaption>
            <span className="chart-finding">
              {best &&
                words('answers.rfmFinding', {
                  customers: f.count(answer.customers),
                  name: term(rfmSegmentWords, best.segment),
                  share: f.percent(answer.netSalesFen === 0 ? null : best.netSalesFen / answer.netSalesFen),
                })}
            </span>
          </figcaption>
          <RfmGrid answer={answer} />
        </figure>
      }
      table={<SegmentTable answer={answer} segmentTo={segmentTo} />}
      foot={!isBare && <AnswerFoot asOf={answer.asOf} notes={notes} />}
    />
  );
}

function useNotes({ boundaries }: Answer): string[] {
  const words = useWords();
  const f = useFormat();
  if (boundaries === null) return [words('answers.rfmAbout')];
  return [
    words('answers.rfmAbout'),
    words('answers.rfmBounds', {
      days: boundaries.recencyDays.map((days) => f.count(days)).join(' / '),
      orders: boundaries.orders.map((orders) => f.count(orders)).join(' / '),
      money: boundaries.netSalesFen.map((fen) => f.moneyShort(fen)).join(' / '),
    }),
  ];
}

function RfmGrid({ answer }: { answer: Answer }) {
  const words = useWords();
  const f = useFormat();
  const term = useTerm();
  const largest = Math.max(1, ...answer.cells.map(({ customers }) => customers));
  return (
    <div className="table-area" role="region" aria-label={words('answers.rfmGrid')} tabIndex={0}>
      <table className="rfm-grid">
        <caption className="hidden">{words('answers.rfmGrid')}</caption>
        <thead>
          <tr>
            <th scope="col">{words('answers.rfmCorner')}</th>
            {scores.map((score) => (
              <th key={score} scope="col">
                {words('answers.rfmFm', { score })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scores.map((recency) => (
            <tr key={recency}>
              <th scope="row">{words('answers.rfmR', { score: recency })}</th>
              {scores.map((fm) => {
                const cell = answer.cells.find((one) => one.recency === recency && one.frequencyMoney === fm);
                return (
                  <td
                    key={fm}
                    style={{ '--shade': `${Math.round(((cell?.customers ?? 0) / largest) * 36)}%` } as object}
                    data-shaded=""
                  >
                    {cell ? (
                      <>
                        <strong>{f.count(cell.customers)}</strong>
                        <span className="second">{term(rfmSegmentWords, cell.segment)}</span>
                        <span className="second">{f.moneyShort(cell.netSalesFen)}</span>
                      </>
                    ) : (
                      <span className="third">0</span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function SegmentTable({ answer, segmentTo }: Pick<RfmViewProps, 'answer' | 'segmentTo'>) {
  const words = useWords();
  const term = useTerm();
  const { heads, rows } = useRfmSheet(answer);
  return (
    <AnswerTable
      title={words('answers.rfm')}
      heads={heads}
      rows={answer.segments.map(({ segment, customers }, at) => {
        const to = customers > 0 ? segmentTo?.(segment) : undefined;
        const name = term(rfmSegmentWords, segment);
        return {
          key: segment,
          head:
            to === undefined ? (
              name
            ) : (
              <Link to={to} preventScrollReset>
                {name} <span aria-hidden="true">›</span>
              </Link>
            ),
          cells: (rows[at] ?? []).slice(1).map((text) => ({ text })),
        };
      })}
    />
  );
}

export function useRfmSheet(answer: Answer): AnswerSheet {
  const words = useWords();
  const f = useFormat();
  const term = useTerm();
  return {
    heads: [
      words('answers.rfmSegment'),
      words('answers.customers'),
      words('answers.share'),
      words('answers.orders'),
      words('answers.netSales'),
      words('answers.share'),
      words('answers.rfmRecency'),
    ],
    rows: answer.segments.map(({ segment, customers, orders, netSalesFen, recencyDays }) => [
      term(rfmSegmentWords, segment),
      f.count(customers),
      f.percent(share(customers, answer.customers)),
      f.count(orders),
      f.money(netSalesFen),
      f.percent(share(netSalesFen, answer.netSalesFen)),
      f.decimal(recencyDays, 1),
    ]),
  };
}
