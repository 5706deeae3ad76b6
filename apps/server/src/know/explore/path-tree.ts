import { explore as contract } from '@tongshang/contract';

/** What visits did, one row a way: deeds by number, 0 for one that has no number of its own; fewer than the steps asked for when the visit was over. */
export interface Way {
  deeds: readonly number[];
  visits: number;
}

export interface Deed {
  type: contract.DeedType;
  event: string;
}

interface Branch {
  /** The deed's number; undefined for the end of a visit. */
  deed: number | undefined;
  ways: Way[];
  visits: number;
}

/**
 * The tree of ways from the anchor: the busiest points are opened first, each with its `branches` busiest deeds, the rest gathered, until the
 * next would bring more than `linksMax` links. What stands under an opened node adds up to it.
 */
export function growTree(
  ways: readonly Way[],
  {
    anchor,
    deeds,
    steps,
    branches,
    linksMax = contract.pathLinksMax,
  }: {
    anchor: Deed;
    deeds: readonly Deed[];
    steps: number;
    branches: number;
    linksMax?: number;
  },
): contract.PathNode[] {
  const root = { parent: null, depth: 0, kind: 'event' as const, ...anchor, gathered: 0, isOpened: false };
  const nodes: contract.PathNode[] = [{ id: 0, ...root, visits: sumOf(ways) }];
  const waysAt = new Map<number, readonly Way[]>([[0, ways]]);
  for (;;) {
    const open = nodes
      .filter((node) => waysAt.has(node.id) && !node.isOpened && node.depth < steps && node.visits > 0)
      .toSorted((a, b) => b.visits - a.visits || a.id - b.id);
    const [next] = open;
    if (next === undefined) return nodes;
    const grown = branchesAt(waysAt.get(next.id) ?? [], next.depth);
    const known = grown.filter(({ deed }) => deed !== undefined && deed !== 0);
    const ends = grown.filter(({ deed }) => deed === undefined);
    const nameless = grown.filter(({ deed }) => deed === 0);
    const shown = known.slice(0, branches);
    const rest = [...known.slice(branches), ...nameless];
    if (nodes.length - 1 + shown.length + ends.length + Math.min(1, rest.length) > linksMax) return nodes;

    next.isOpened = true;
    const add = (node: Pick<contract.PathNode, 'kind' | 'visits'> & Partial<contract.PathNode>): number => {
      const place = {
        id: nodes.length,
        parent: next.id,
        depth: next.depth + 1,
        type: null,
        event: null,
        gathered: 0,
        isOpened: false,
      };
      return nodes.push({ ...place, ...node }) - 1;
    };
    for (const { deed, visits, ways: own } of shown) {
      const named = deeds[(deed ?? 0) - 1];
      waysAt.set(add({ kind: 'event', visits, type: named?.type ?? null, event: named?.event ?? null }), own);
    }
    if (rest.length > 0)
      add({ kind: 'others', visits: rest.reduce((sum, { visits }) => sum + visits, 0), gathered: rest.length });
    for (const { visits } of ends) add({ kind: 'end', visits });
  }
}

/** The ways through a point by what came next, busiest first. */
function branchesAt(ways: readonly Way[], depth: number): Branch[] {
  const found = new Map<number | undefined, Branch>();
  for (const way of ways) {
    const deed = way.deeds[depth];
    const branch = found.get(deed) ?? { deed, ways: [], visits: 0 };
    branch.ways.push(way);
    branch.visits += way.visits;
    found.set(deed, branch);
  }
  return [...found.values()].toSorted((a, b) => b.visits - a.visits || (a.deed ?? -1) - (b.deed ?? -1));
}

const sumOf = (ways: readonly Way[]): number => ways.reduce((sum, { visits }) => sum + visits, 0);
