import type { boards as contract, metrics } from '@tongshang/contract';

type FilterName = (typeof metrics.filterDimensions)[number];

/** Filters a bar has; every other filter belongs to the tile's own question. */
const barFilters = ['channel', 'store', 'category'] as const satisfies readonly FilterName[];

export interface BarredQuestion {
  question: contract.TileQuestion;
  /** What the bar asked for and this tile cannot follow. */
  notNarrowedBy: FilterName[];
}

/**
 * Lays a board's bar over a tile's question: its period, its comparison, its filters. A filter that the tile's figures do not know leaves
 * them whole, and is named. Retention, cohorts and RFM look at months by nature and keep their own period.
 */
export function layBar(
  tile: contract.TileQuestion,
  bar: contract.BoardBar,
  dimensionsOf: (metric: string) => readonly string[] | undefined,
): BarredQuestion {
  const asked = barFilters.filter((name) => (bar[name]?.length ?? 0) > 0);
  const able = asked.filter((name) => canNarrow(tile, name, dimensionsOf));
  const chosen = Object.fromEntries(able.map((name) => [name, bar[name]]));
  return { question: barred(tile, bar, chosen), notNarrowedBy: asked.filter((name) => !able.includes(name)) };
}

function barred(
  tile: contract.TileQuestion,
  bar: contract.BoardBar,
  chosen: Readonly<Record<string, string[] | undefined>>,
): contract.TileQuestion {
  const when = whenOf(bar);
  switch (tile.kind) {
    case 'metrics': {
      const { period, from, to, until, compare, ...rest } = tile.question;
      return {
        kind: 'metrics',
        question: {
          ...rest,
          ...(when ?? { period, from, to, until }),
          ...chosen,
          compare: bar.compare === undefined ? compare : bar.compare === 'none' ? undefined : bar.compare,
        },
      };
    }
    case 'funnel': {
      const { period, from, to, ...rest } = tile.question;
      const filters = { ...rest.filters, ...chosen };
      return { kind: 'funnel', question: { ...rest, ...(when ?? { period, from, to }), filters } };
    }
    case 'paths': {
      const { period, from, to, ...rest } = tile.question;
      const filters = { ...rest.filters, ...chosen };
      return { kind: 'paths', question: { ...rest, ...(when ?? { period, from, to }), filters } };
    }
    case 'retention':
      return { kind: 'retention', question: { ...tile.question, filters: { ...tile.question.filters, ...chosen } } };
    case 'cohorts':
      return { kind: 'cohorts', question: { ...tile.question, filters: { ...tile.question.filters, ...chosen } } };
    case 'rfm':
      return { kind: 'rfm', question: { ...tile.question, filters: { ...tile.question.filters, ...chosen } } };
  }
}

/** The period a bar names, or its days when both are there. */
function whenOf({ period, from, to }: contract.BoardBar): Pick<contract.BoardBar, 'period' | 'from' | 'to'> | undefined {
  if (period !== undefined) return { period };
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Behaviour knows no store; purchases know channel and store; a metric knows its dimensions, and all of a tile must follow. */
function canNarrow(
  tile: contract.TileQuestion,
  name: FilterName,
  dimensionsOf: (metric: string) => readonly string[] | undefined,
): boolean {
  if (tile.kind === 'metrics') return tile.question.metrics.every((metric) => dimensionsOf(metric)?.includes(name) ?? false);
  if (name === 'channel') return true;
  const isOfPurchases =
    tile.kind === 'cohorts' || tile.kind === 'rfm' || (tile.kind === 'retention' && tile.question.of === 'purchase');
  return name === 'store' && isOfPurchases;
}
