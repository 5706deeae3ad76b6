import type { boards } from '@tongshang/contract';
import { questionKindWords, say } from '@tongshang/ui';
import { useDefinitions } from '../../lib/definitions.ts';
import { useLanguage } from '../../lib/language.ts';
import { writeQuestion } from '../../lib/question-url.ts';
import type { Bar } from './bar-url.ts';

type Tile = Pick<boards.Tile, 'title' | 'savedName' | 'question'>;

/** How a tile is called: by its own title, the saved question's name, or what it asks for. */
export function useTileTitle(): (tile: Tile) => string {
  const language = useLanguage();
  const { titleOf } = useDefinitions();
  return ({ title, savedName, question }) => {
    const named = title ?? savedName;
    if (named) return say(named, language);
    if (question === null) return '—';
    return question.kind === 'metrics'
      ? question.question.metrics.map(titleOf).join(' · ')
      : say(questionKindWords[question.kind], language);
  };
}

/** Where a tile's question can be taken apart. */
export const explorePath = ({ kind, question }: boards.TileQuestion): string =>
  `/know/explore${kind === 'metrics' ? '' : `/${kind}`}?${writeQuestion(question)}`;

/** The orders behind a whole figure. */
export const ordersBehind = (question: boards.TileQuestion, metric: string): string => `${explorePath(question)}&cell=${metric}`;

/** The question as the bar has it, for whoever looks further: the server lays the same bar over the tile, but for what it `skipped`. */
export function barredQuestion(tile: boards.TileQuestion, bar: Bar, skipped: readonly string[]): boards.TileQuestion {
  const when =
    bar.period !== undefined ? { period: bar.period } : bar.from && bar.to ? { from: bar.from, to: bar.to } : undefined;
  if (tile.kind !== 'metrics') return tile;
  const { period, from, to, compare, ...rest } = tile.question;
  const chosen = (name: 'channel' | 'store' | 'category') => (skipped.includes(name) ? undefined : bar[name]);
  return {
    kind: 'metrics',
    question: {
      ...rest,
      ...(when ?? { period, from, to }),
      channel: chosen('channel') ?? rest.channel,
      store: chosen('store') ?? rest.store,
      category: chosen('category') ?? rest.category,
      compare: bar.compare === undefined ? compare : bar.compare === 'none' ? undefined : bar.compare,
    },
  };
}
