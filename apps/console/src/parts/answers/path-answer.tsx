import type { explore } from '@tongshang/contract';
import { deedTypeWords, say } from '@tongshang/ui';
import type { EChartsCoreOption } from 'echarts/core';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { useLook } from '../../lib/theme.ts';
import type { AnswerSheet } from './answer-file.tsx';
import { AnswerFoot } from './answer-foot.tsx';
import { AnswerLayout, type AnswerLayoutKind } from './answer-layout.tsx';
import { AnswerTable } from './answer-table.tsx';
import { flowOf, pathRows } from './path-tree.ts';

const Canvas = lazy(() => import('./sankey-canvas.tsx'));

type Answer = explore.PathAnswer;
type Node = explore.PathNode;

interface PathViewProps {
  answer: Answer;
  layout?: AnswerLayoutKind;
  height?: number;
  isBare?: boolean;
}

/** What visitors did after or before an event: a flow of at most twenty links, and the same as a tree of rows. */
export function PathView({ answer, layout = 'toggle', height = 360, isBare = false }: PathViewProps) {
  const words = useWords();
  const f = useFormat();
  const nameOf = useNodeName(answer);
  const { palette } = useLook();
  const option = useMemo((): EChartsCoreOption => {
    const flow = flowOf(answer.nodes, answer.direction);
    const names = new Map(flow.nodes.map(({ name, node }) => [name, nameOf(node)]));
    return {
      tooltip: { trigger: 'item' },
      series: [
        {
          type: 'sankey',
          left: 8,
          right: 160,
          top: 8,
          bottom: 8,
          nodeGap: 12,
          draggable: false,
          emphasis: { focus: 'adjacency' },
          lineStyle: { color: palette.controlBorder, opacity: 0.35 },
          label: {
            color: palette.text,
            width: 150,
            overflow: 'truncate',
            formatter: ({ name }: { name: string }) => names.get(name) ?? '',
          },
          data: flow.nodes.map(({ name, depth, node: { kind } }) => ({
            name,
            depth,
            itemStyle: { color: kind === 'event' ? palette.series[0] : palette.textThird },
            tooltip: { formatter: () => names.get(name) ?? '' },
          })),
          links: flow.links.map((link) => ({
            ...link,
            tooltip: {
              formatter: () => `${names.get(link.source) ?? ''} → ${names.get(link.target) ?? ''}: ${f.count(link.value)}`,
            },
          })),
        },
      ],
    };
  }, [answer, nameOf, palette, f]);
  if (answer.visits === 0) return <p className="empty">{words('answers.pathNone')}</p>;
  const rows = pathRows(answer.nodes, answer.visits);
  const best = rows.find(({ depth, kind }) => depth === 1 && kind === 'event');
  return (
    <AnswerLayout
      title={words('answers.paths')}
      layout={layout}
      chart={
        <figure className="chart">
          <figcaption>
            <span className="chart-finding">
              {words('answers.pathFinding', { visits: f.count(answer.visits) })}
              {best && ` ${words('answers.pathBest', { name: nameOf(best), share: f.percent(best.ofAll) })}`}
            </span>
          </figcaption>
          <div className="chart-plot" aria-hidden="true" style={{ height }}>
            <Suspense fallback={<div className="bone" style={{ height }} />}>
              <Canvas option={option} height={height} />
            </Suspense>
          </div>
        </figure>
      }
      table={<PathTable answer={answer} />}
      foot={!isBare && <AnswerFoot asOf={answer.asOf} notes={[words('answers.pathAbout')]} />}
    />
  );
}

function useNodeName({ direction }: Answer): (node: Node) => string {
  const words = useWords();
  const language = useLanguage();
  return useCallback(
    ({ kind, type, event, gathered }) => {
      if (kind === 'others') return words('answers.pathOthers', { count: gathered });
      if (kind === 'end') return words(direction === 'from' ? 'answers.pathEnd' : 'answers.pathBegin');
      return type === null || type === 'track' ? (event ?? '') : `${say(deedTypeWords[type], language)} ${event ?? ''}`;
    },
    [words, language, direction],
  );
}

function PathTable({ answer }: { answer: Answer }) {
  const words = useWords();
  const f = useFormat();
  const nameOf = useNodeName(answer);
  return (
    <AnswerTable
      title={words('answers.paths')}
      heads={[words('answers.pathStep'), words('answers.visits'), words('answers.ofBefore'), words('answers.ofAll')]}
      rows={pathRows(answer.nodes, answer.visits).map((row) => ({
        key: String(row.id),
        head: <span style={{ paddingInlineStart: row.depth * 16 }}>{nameOf(row)}</span>,
        cells: [{ text: f.count(row.visits) }, { text: f.percent(row.ofParent) }, { text: f.percent(row.ofAll) }],
      }))}
    />
  );
}

export function usePathSheet(answer: Answer): AnswerSheet {
  const words = useWords();
  const f = useFormat();
  const nameOf = useNodeName(answer);
  return {
    heads: [
      words('answers.pathStep'),
      words('answers.depth'),
      words('answers.visits'),
      words('answers.ofBefore'),
      words('answers.ofAll'),
    ],
    rows: pathRows(answer.nodes, answer.visits).map((row) => [
      nameOf(row),
      String(row.depth),
      f.count(row.visits),
      f.percent(row.ofParent),
      f.percent(row.ofAll),
    ]),
  };
}
