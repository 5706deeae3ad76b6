import type { explore } from '@tongshang/contract';

type Node = explore.PathNode;

export interface PathRow extends Node {
  /** Of the node before; of all visits. Null where nobody was. */
  ofParent: number | null;
  ofAll: number | null;
}

/** The tree as rows, every branch under its beginning, the largest first. */
export function pathRows(nodes: readonly Node[], visits: number): PathRow[] {
  const children = Map.groupBy(nodes, ({ parent }) => parent);
  const walk = (parent: Node | null): PathRow[] =>
    (children.get(parent?.id ?? null) ?? [])
      .toSorted((one, other) => rank(one) - rank(other) || other.visits - one.visits || one.id - other.id)
      .flatMap((node) => [
        {
          ...node,
          ofParent: parent === null || parent.visits === 0 ? null : node.visits / parent.visits,
          ofAll: visits === 0 ? null : node.visits / visits,
        },
        ...walk(node),
      ]);
  return walk(null);
}

/** Deeds first, then what is gathered, then the ends. */
const rank = ({ kind }: Node): number => ({ event: 0, others: 1, end: 2 })[kind];

export interface Flow {
  nodes: { name: string; depth: number; node: Node }[];
  links: { source: string; target: string; value: number }[];
}

/** The tree as a flow from left to right; asked backwards, the anchor stands at the right end. */
export function flowOf(nodes: readonly Node[], direction: 'from' | 'to'): Flow {
  const deepest = Math.max(0, ...nodes.map(({ depth }) => depth));
  return {
    nodes: nodes.map((node) => ({
      name: String(node.id),
      depth: direction === 'from' ? node.depth : deepest - node.depth,
      node,
    })),
    links: nodes.flatMap(({ id, parent, visits }) =>
      parent === null || visits === 0
        ? []
        : [
            {
              source: String(direction === 'from' ? parent : id),
              target: String(direction === 'from' ? id : parent),
              value: visits,
            },
          ],
    ),
  };
}
