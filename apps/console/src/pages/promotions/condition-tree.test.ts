import type { Condition, ConditionTree } from '@tongshang/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addNode,
  isGroup,
  leavesOf,
  moveNode,
  newLeaf,
  readConditions,
  removeNode,
  writeConditions,
  type Group,
} from './condition-tree.ts';

const channel = (code: string): Condition => ({ is: 'channel', in: [code] });
const tree = fc.letrec<{ tree: ConditionTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.stringMatching(/^[a-z]{1,4}$/).map((code): ConditionTree => channel(code)),
    fc.array(tie('tree'), { maxLength: 3 }).map((all): ConditionTree => ({ all })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((any): ConditionTree => ({ any })),
    tie('tree').map((not): ConditionTree => ({ not })),
  ),
})).tree;

/** Whether a tree holds, for buyers of some channels. */
function holds(condition: ConditionTree, channels: readonly string[]): boolean {
  if ('is' in condition) return condition.is === 'channel' && condition.in.some((code) => channels.includes(code));
  if ('all' in condition) return condition.all.every((one) => holds(one, channels));
  if ('any' in condition) return condition.any.some((one) => holds(one, channels));
  return !holds(condition.not, channels);
}

test('what is read into the editor and written again means the same for every buyer', () => {
  fc.assert(
    fc.property(tree, fc.array(fc.stringMatching(/^[a-z]{1,4}$/)), (stored, channels) => {
      expect(holds(writeConditions(readConditions(stored)), channels)).toBe(holds(stored, channels));
    }),
  );
});

test('a form that was opened and not touched writes what it wrote before', () => {
  fc.assert(
    fc.property(tree, (stored) => {
      const once = writeConditions(readConditions(stored));
      expect(writeConditions(readConditions(once))).toEqual(once);
    }),
  );
});

test('an any within a not keeps its shape', () => {
  const stored: ConditionTree = { not: { any: [{ any: [channel('a')] }] } };
  const once = writeConditions(readConditions(stored));
  expect(writeConditions(readConditions(once))).toEqual(once);
});

test('a condition that is moved is never lost or doubled, and moving back undoes it', () => {
  const codes = (root: Group) => leavesOf(root).map(({ condition }) => ('in' in condition ? condition.in[0] : '')).toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1)); // prettier-ignore
  fc.assert(
    fc.property(tree, fc.nat(), fc.constantFrom('up' as const, 'down' as const), (stored, pick, way) => {
      const root = readConditions(stored);
      const leaves = leavesOf(root);
      const leaf = leaves[pick % Math.max(1, leaves.length)];
      if (!leaf) return;
      const moved = moveNode(root, leaf.id, way);
      expect(codes(moved)).toEqual(codes(root));
      const isAtTheEdge = JSON.stringify(moved) === JSON.stringify(root);
      if (!isAtTheEdge) expect(moveNode(moved, leaf.id, way === 'up' ? 'down' : 'up')).toEqual(root);
    }),
  );
});

test('repeated steps up bring a condition from the last place through every group to the first', () => {
  const root = readConditions({ all: [channel('a'), { any: [channel('b')] }, channel('c')] });
  const last = leavesOf(root).at(-1);
  const steps = [1, 2, 3, 4].reduce<Group[]>((all) => [...all, moveNode(all.at(-1) ?? root, last?.id ?? 0, 'up')], [root]);
  expect(steps.map(writeConditions)).toEqual([
    { all: [channel('a'), { any: [channel('b')] }, channel('c')] },
    { all: [channel('a'), { any: [channel('b'), channel('c')] }] },
    { all: [channel('a'), { any: [channel('c'), channel('b')] }] },
    { all: [channel('a'), channel('c'), { any: [channel('b')] }] },
    { all: [channel('c'), channel('a'), { any: [channel('b')] }] },
  ]);
});

test('a condition is added to its group and removed again without touching the others', () => {
  const root = readConditions({ all: [{ any: [channel('a')] }] });
  const [inner] = root.items;
  if (!inner || !isGroup(inner)) throw new Error('a group was expected');
  const leaf = newLeaf(channel('b'));
  const added = addNode(root, inner.id, leaf);
  expect(writeConditions(added)).toEqual({ all: [{ any: [channel('a'), channel('b')] }] });
  expect(removeNode(added, leaf.id)).toEqual(root);
});
