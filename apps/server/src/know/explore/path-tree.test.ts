import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { growTree } from './path-tree.ts';

const deeds = Array.from({ length: 9 }, (_, index) => ({ type: 'track' as const, event: `event ${index + 1}` }));

test('whatever the ways, a tree holds at most 20 links and every opened node is the sum of what stands under it', () => {
  const way = fc.record({ deeds: fc.array(fc.nat(9), { maxLength: 5 }), visits: fc.integer({ min: 1, max: 50 }) });
  fc.assert(
    fc.property(
      fc.array(way, { maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 6 }),
      (ways, steps, branches) => {
        const nodes = growTree(ways, { anchor: { type: 'track', event: 'Cart Viewed' }, deeds, steps, branches });
        expect(nodes.length - 1).toBeLessThanOrEqual(20);
        expect(nodes[0]?.visits).toBe(ways.reduce((sum, { visits }) => sum + visits, 0));
        for (const node of nodes) {
          const under = nodes.filter(({ parent }) => parent === node.id);
          if (node.isOpened) expect(under.reduce((sum, { visits }) => sum + visits, 0)).toBe(node.visits);
          else expect(under).toEqual([]);
          expect(under.filter(({ kind }) => kind === 'event').length).toBeLessThanOrEqual(branches);
          expect(node.depth).toBeLessThanOrEqual(steps);
        }
      },
    ),
  );
});
