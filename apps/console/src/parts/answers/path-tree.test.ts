import { expect, test } from 'vitest';
import { flowOf, pathRows } from './path-tree.ts';

const node = (id: number, parent: number | null, depth: number, visits: number, kind: 'event' | 'others' | 'end' = 'event') => ({
  id, parent, depth, kind, type: kind === 'event' ? ('track' as const) : null, event: kind === 'event' ? `E${id}` : null, visits, isOpened: true, gathered: 0,
}); // prettier-ignore
const nodes = [node(0, null, 0, 10), node(1, 0, 1, 3), node(2, 0, 1, 5), node(3, 0, 1, 2, 'end'), node(4, 2, 2, 5)];

test('rows stand under what they follow, the largest first and ends last, with their shares of what came before and of all', () => {
  expect(pathRows(nodes, 10).map(({ id, ofParent, ofAll }) => [id, ofParent, ofAll])).toEqual([
    [0, null, 1],
    [2, 0.5, 0.5],
    [4, 1, 0.5],
    [1, 0.3, 0.3],
    [3, 0.2, 0.2],
  ]);
});

test('asked backwards, the flow still runs from left to right and ends at the event', () => {
  const forth = flowOf(nodes, 'from');
  expect(forth.links).toContainEqual({ source: '2', target: '4', value: 5 });
  const back = flowOf(nodes, 'to');
  expect(back.links).toContainEqual({ source: '4', target: '2', value: 5 });
  expect(back.nodes.find(({ name }) => name === '0')?.depth).toBe(2);
  expect(back.nodes.find(({ name }) => name === '4')?.depth).toBe(0);
});

test('a branch that nobody took is no link', () => {
  expect(flowOf([node(0, null, 0, 1), node(1, 0, 1, 0)], 'from').links).toEqual([]);
});
