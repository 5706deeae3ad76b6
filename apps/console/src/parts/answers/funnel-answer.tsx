import type { explore } from '@tongshang/contract';
import { say } from '@tongshang/ui';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import type { AnswerSheet } from './answer-file.tsx';
import { AnswerFoot } from './answer-foot.tsx';
import { AnswerLayout, type AnswerLayoutKind } from './answer-layout.tsx';
import { AnswerTable } from './answer-table.tsx';
import { stepName } from './step-name.ts';

type Answer = explore.FunnelAnswer;
type Step = explore.FunnelStep;

/** How many persons get from step to step: bars with the rates beside, the same as a table, and by part where it was asked. */
export function FunnelView({
  answer,
  layout = 'toggle',
  height,
  isBare = false,
}: {
  answer: Answer;
  layout?: AnswerLayoutKind;
  /** How high the bars together should be at most; they are never thinner than their text. */
  height?: number;
  isBare?: boolean;
}) {
  const words = useWords();
  const notes = useNotes(answer);
  const { segments } = answer;
  const [first] = answer.total;
  if (first === undefined || first.persons === 0) return <p className="empty">{words('answers.funnelNone')}</p>;
  return (
    <AnswerLayout
      title={words('answers.funnel')}
      layout={layout}
      chart={<FunnelBars answer={answer} height={height} />}
      table={
        <div className="stack">
          <StepsTable answer={answer} />
          {segments.length > 0 && <SegmentsTable answer={answer} />}
        </div>
      }
      foot={!isBare && <AnswerFoot asOf={answer.asOf} notes={notes} />}
    />
  );
}

function useNotes({ isOpen, medianOfOneIn }: Answer): string[] {
  const words = useWords();
  return [
    words('answers.funnelAbout'),
    ...(isOpen ? [words('answers.funnelOpen')] : []),
    ...(medianOfOneIn > 1 ? [words('answers.funnelSample', { count: medianOfOneIn })] : []),
  ];
}

function FunnelBars({ answer: { steps, total }, height = 400 }: { answer: Answer; height?: number | undefined }) {
  const words = useWords();
  const language = useLanguage();
  const f = useFormat();
  const last = total.at(-1);
  const barHeight = Math.max(8, Math.min(24, height / steps.length - 48));
  return (
    <figure className="chart">
      <figcaption>
        <span className="chart-finding">
          {words('answers.funnelFinding', {
            persons: f.count(total[0]?.persons),
            share: f.percent(last?.ofFirst),
            last: f.count(last?.persons),
          })}
        </span>
      </figcaption>
      <ol className="funnel-bars" aria-hidden="true">
        {steps.map((step, at) => {
          const reached = total[at];
          const name = stepName(step, language);
          return (
            <li key={`${at} ${name}`}>
              <span className="funnel-name">
                {at + 1}. {name}
              </span>
              <span className="funnel-track">
                <span
                  className="funnel-bar"
                  style={{ width: `${Math.max(0.4, (reached?.ofFirst ?? 0) * 100)}%`, height: barHeight }}
                />
                <span className="funnel-value">
                  {f.count(reached?.persons)} · {f.percent(reached?.ofFirst)}
                </span>
              </span>
              {at > 0 && (
                <span className="funnel-lost second">
                  {words('answers.funnelStep', {
                    share: f.percent(reached?.ofPrevious),
                    lost: f.count((total[at - 1]?.persons ?? 0) - (reached?.persons ?? 0)),
                  })}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </figure>
  );
}

function StepsTable({ answer }: { answer: Answer }) {
  const words = useWords();
  const { heads, rows } = useStepsSheet(answer);
  return (
    <AnswerTable
      title={words('answers.funnel')}
      heads={heads}
      rows={rows.map(([head = '', ...cells]) => ({ key: head, head, cells: cells.map((text) => ({ text })) }))}
    />
  );
}

function useStepsSheet({ steps, total }: Answer): AnswerSheet {
  const words = useWords();
  const language = useLanguage();
  const f = useFormat();
  const cells = ({ persons, ofFirst, ofPrevious, medianSeconds }: Step): string[] => [
    f.count(persons),
    f.percent(ofFirst),
    f.percent(ofPrevious),
    medianSeconds === null ? '—' : f.duration(medianSeconds * 1000),
  ];
  return {
    heads: [
      words('answers.step'),
      words('answers.persons'),
      words('answers.ofFirst'),
      words('answers.ofPrevious'),
      words('answers.median'),
    ],
    rows: steps.map((step, at) => [`${at + 1}. ${stepName(step, language)}`, ...(total[at] ? cells(total[at]) : [])]),
  };
}

function SegmentsTable({ answer }: { answer: Answer }) {
  const words = useWords();
  const f = useFormat();
  const nameOf = useSegmentName();
  const { steps, segments, by } = answer;
  if (by === null) return null;
  return (
    <AnswerTable
      title={words('answers.bySegment')}
      heads={[words(`answers.segment.${by}`), ...steps.map((_, at) => words('answers.stepNo', { no: at + 1 }))]}
      rows={segments.map((segment) => ({
        key: segment.key + String(segment.isOthers),
        head: nameOf(segment),
        cells: segment.steps.map(({ persons, ofFirst }, at) => ({
          text: at === 0 ? f.count(persons) : `${f.count(persons)} · ${f.percent(ofFirst)}`,
          ...(at > 0 && { shade: ofFirst ?? 0 }),
        })),
      }))}
    />
  );
}

function useSegmentName(): (segment: Answer['segments'][number]) => string {
  const words = useWords();
  const language = useLanguage();
  return ({ key, isOthers, label }) => {
    if (isOthers) return words('answers.rest');
    if (label) return say(label, language);
    return key === '' ? words('answers.unknown') : key;
  };
}

/** The same as a sheet: the whole, then every part. */
export function useFunnelSheet(answer: Answer): AnswerSheet {
  const words = useWords();
  const f = useFormat();
  const nameOf = useSegmentName();
  const { heads, rows } = useStepsSheet(answer);
  const parts = answer.segments.flatMap((segment) =>
    segment.steps.map((step, at) => [
      `${nameOf(segment)} · ${words('answers.stepNo', { no: at + 1 })}`,
      f.count(step.persons),
      f.percent(step.ofFirst),
      f.percent(step.ofPrevious),
      step.medianSeconds === null ? '—' : f.duration(step.medianSeconds * 1000),
    ]),
  );
  return { heads, rows: [...rows, ...parts] };
}
