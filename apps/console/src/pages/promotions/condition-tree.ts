// The conditions of a rule as an editor holds them: groups and leaves with keys of their own, moved by keyboard like an outline.
import type { Condition, ConditionTree } from '@tongshang/contract';

/** all: every one holds · any: at least one · none: not a single one. */
export type Mode = 'all' | 'any' | 'none';
export const modes: readonly Mode[] = ['all', 'any', 'none'];

export interface Leaf {
  id: number;
  condition: Condition;
}
export interface Group {
  id: number;
  mode: Mode;
  items: readonly Node[];
}
export type Node = Leaf | Group;

export const isGroup = (node: Node): node is Group => 'mode' in node;

let lastId = 0;
export const newLeaf = (condition: Condition): Leaf => ({ id: ++lastId, condition });
export const newGroup = (mode: Mode, items: readonly Node[] = []): Group => ({ id: ++lastId, mode, items });

function readNode(tree: ConditionTree): Node {
  if ('is' in tree) return newLeaf(tree);
  if ('all' in tree) return newGroup('all', tree.all.map(readNode));
  if ('any' in tree) return newGroup('any', tree.any.map(readNode));
  const { not } = tree;
  return newGroup('none', 'any' in not ? not.any.map(readNode) : [readNode(not)]);
}

/** What is stored, as an outline; the whole is always a group. */
export function readConditions(tree: ConditionTree): Group {
  const node = readNode(tree);
  return isGroup(node) ? node : newGroup('all', [node]);
}

/** The outline as it is stored. */
export function writeConditions(node: Node): ConditionTree {
  if (!isGroup(node)) return node.condition;
  const items = node.items.map(writeConditions);
  if (node.mode === 'all') return { all: items };
  if (node.mode === 'any') return { any: items };
  const [only] = items;
  return { not: items.length === 1 && only !== undefined && !('any' in only) ? only : { any: items } };
}

const mapItems = (group: Group, change: (node: Node) => readonly Node[]): Group => ({
  ...group,
  items: group.items.flatMap(change),
});

/** The outline with one node replaced, wherever it stands. */
export function replaceNode(root: Group, id: number, change: (node: Node) => Node): Group {
  const visit = (node: Node): Node => {
    if (node.id === id) return change(node);
    return isGroup(node) ? mapItems(node, (one) => [visit(one)]) : node;
  };
  const next = visit(root);
  return isGroup(next) ? next : root;
}

export const addNode = (root: Group, groupId: number, node: Node): Group =>
  replaceNode(root, groupId, (group) => (isGroup(group) ? { ...group, items: [...group.items, node] } : group));

/** The outline without a node; what stood in it goes too. */
export const removeNode = (root: Group, id: number): Group =>
  mapItems(root, (node) => (node.id === id ? [] : [isGroup(node) ? removeNode(node, id) : node]));

function parentOf(group: Group, id: number): Group | undefined {
  if (group.items.some((node) => node.id === id)) return group;
  for (const node of group.items) {
    const found = isGroup(node) ? parentOf(node, id) : undefined;
    if (found) return found;
  }
  return undefined;
}

/**
 * One step through the outline: past the neighbour, into a neighbouring group, or out of the own one. A node at the very
 * edge stays. Repeated, it reaches every place, so the keyboard needs two keys only.
 */
export function moveNode(root: Group, id: number, way: 'up' | 'down'): Group {
  const parent = parentOf(root, id);
  if (!parent) return root;
  const at = parent.items.findIndex((node) => node.id === id);
  const node = parent.items[at];
  const neighbour = parent.items[way === 'up' ? at - 1 : at + 1];
  if (node === undefined) return root;
  if (neighbour === undefined) return moveOut(root, parent, node, way);
  if (isGroup(neighbour)) {
    const items = way === 'up' ? [...neighbour.items, node] : [node, ...neighbour.items];
    return replaceNode(removeNode(root, id), neighbour.id, () => ({ ...neighbour, items }));
  }
  const items = parent.items.with(at, neighbour).with(way === 'up' ? at - 1 : at + 1, node);
  return replaceNode(root, parent.id, () => ({ ...parent, items }));
}

function moveOut(root: Group, from: Group, node: Node, way: 'up' | 'down'): Group {
  const above = parentOf(root, from.id);
  if (!above) return root;
  const rest: Group = { ...from, items: from.items.filter(({ id }) => id !== node.id) };
  const items = above.items.flatMap((one) => (one.id !== from.id ? [one] : way === 'up' ? [node, rest] : [rest, node]));
  return replaceNode(root, above.id, () => ({ ...above, items }));
}

/** Every condition of the outline, groups left out. */
export const leavesOf = (group: Group): readonly Leaf[] =>
  group.items.flatMap((node) => (isGroup(node) ? leavesOf(node) : [node]));

/** Groups below the whole that hold nothing and so would never, or always, let the rule apply. */
export const emptyGroupsOf = (group: Group): readonly Group[] =>
  group.items.flatMap((node) => (isGroup(node) ? [...(node.items.length === 0 ? [node] : []), ...emptyGroupsOf(node)] : []));
