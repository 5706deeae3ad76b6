import type { boards } from '@tongshang/contract';
import { Link } from 'react-router';
import { useDefinitions } from '../../lib/definitions.ts';
import { compareFigure, exactFigure, shortFigure } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { ComparisonLine } from '../../parts/figure.tsx';
import { compareWords } from '@tongshang/ui';
import { ordersBehind } from './tile-title.ts';
import type { Lines } from './use-lines.ts';

interface FigureViewProps {
  question: boards.TileQuestion;
  answer: Extract<boards.TileAnswer, { kind: 'metrics' }>['answer'];
  lines: Lines | undefined;
}

/** Headline figures: the value, how it stands against the compared period, its target of the month, and the warning line it crossed. */
export function FigureView({ question, answer, lines }: FigureViewProps) {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const { find, titleOf } = useDefinitions();
  const { compared, total, metrics, noSource } = answer;
  return metrics.map((metric) => {
    const definition = find(metric);
    const value = total.values[metric];
    if (definition === undefined || noSource.includes(metric)) {
      return (
        <div key={metric} className="tile-figure">
          {metrics.length > 1 && <h4>{titleOf(metric)}</h4>}
          <p className="no-source">{words('boards.noSource')}</p>
        </div>
      );
    }
    const before = total.before?.[metric];
    const against = compared && `${term(compareWords, compared.kind)} ${shortFigure(definition.unit, before, f)}`;
    const comparison = against === null ? undefined : compareFigure(definition, value, before, against, f);
    const target = lines?.targetOf(metric);
    const crossed = lines?.crossedOf(metric) ?? [];
    const exact = exactFigure(definition.unit, value, f);
    return (
      <div key={metric} className="tile-figure">
        {metrics.length > 1 && <h4>{titleOf(metric)}</h4>}
        <p className="figure-value" title={exact}>
          {shortFigure(definition.unit, value, f)}
        </p>
        {comparison && <ComparisonLine comparison={comparison} />}
        {target && (
          <p className="second">
            {words('boards.target', {
              target: shortFigure(definition.unit, target.target.value, f),
              actual: shortFigure(definition.unit, target.actual, f),
              state: words(`boards.state.${target.state}`),
            })}
          </p>
        )}
        {crossed.map((rule) => (
          <p key={rule.id} className="tile-crossed">
            <span aria-hidden="true">●</span>{' '}
            <Link to={ordersBehind(question, metric)}>
              {words(rule.direction === 'below' ? 'boards.crossedBelow' : 'boards.crossedAbove', {
                name: rule.name,
                level: rule.against === 'target' ? f.percent(rule.fireLevel) : shortFigure(definition.unit, rule.fireLevel, f),
              })}
            </Link>
          </p>
        ))}
      </div>
    );
  });
}
