import { explore } from '@tongshang/contract';
import { expect, test } from 'vitest';
import type { Sheet } from './sheet.ts';
import { sheetOfCohorts, sheetOfFunnel, sheetOfPaths, sheetOfRetention, sheetOfRfm } from './sheet-of-explore.ts';

const answered = {
  period: { from: '2026-10-01', to: '2026-10-31' },
  zone: 'Asia/Shanghai',
  asOf: '2026-11-01T00:00:00Z',
} as const;
const step = (persons: number, ofFirst: number | null, ofPrevious: number | null) => ({
  persons,
  ofFirst,
  ofPrevious,
  medianSeconds: null,
});

/** Every row has a cell a column, and says the period. */
const checked = (sheet: Sheet): Sheet => {
  for (const row of [...sheet.rows, ...(sheet.total === undefined ? [] : [sheet.total])])
    expect(row).toHaveLength(sheet.columns.length);
  expect(sheet.facts).toContainEqual(['Period', '2026-10-01 — 2026-10-31']);
  return sheet;
};

test('a funnel lists its steps for everybody, then for each segment, and says when it may still grow', () => {
  const steps = [{ event: 'Product Viewed' }, { event: 'Order Completed' }];
  const answer = explore.FunnelAnswer.parse({
    ...answered, steps, by: 'channel', isOpen: true, medianOfOneIn: 1, total: [step(10, 1, null), step(4, 0.4, 0.4)],
    segments: [{ key: '', isOthers: false, label: null, steps: [step(10, 1, null), step(4, 0.4, 0.4)] }],
  }); // prettier-ignore
  const sheet = checked(sheetOfFunnel('f', answer, 'en'));
  expect(sheet.rows).toEqual([
    ['All', '1. Product Viewed', 10, 1, null, null],
    ['All', '2. Order Completed', 4, 0.4, 0.4, null],
    ['None', '1. Product Viewed', 10, 1, null, null],
    ['None', '2. Order Completed', 4, 0.4, 0.4, null],
  ]);
  expect(sheet.notes).toHaveLength(1);
});

test('retention and cohorts keep a unit that has not begun empty, which is not zero', () => {
  const cell = (persons: number, ratio: number) => ({ persons, ratio, isComplete: true });
  const retention = explore.RetentionAnswer.parse({
    ...answered, of: 'purchase', unit: 'week', rows: [{ start: '2026-10-05', size: 10, cells: [cell(10, 1), null] }],
    overall: [{ persons: 10, size: 10, ratio: 1 }, null],
  }); // prettier-ignore
  const kept = checked(sheetOfRetention('r', retention, 'en'));
  expect([kept.rows, kept.total]).toEqual([[['2026-10-05', 10, 1, null]], ['Overall', 10, 1, null]]);
  const money = { customers: 3, orders: 4, netSalesFen: 100, cumulatedFen: 250 };
  const cohorts = explore.CohortAnswer.parse({
    ...answered,
    rows: [{ month: '2026-10', customers: 3, cells: [{ ...money, isComplete: false }, null] }],
    overall: [null, null],
  });
  const bought = checked(sheetOfCohorts('c', cohorts, 'en'));
  expect([bought.rows, bought.total]).toEqual([[['2026-10', 3, 250, null]], ['Overall', 3, null, null]]);
});

test('a path names where each step came from; RFM lists every segment and the whole', () => {
  const node = { depth: 0, parent: null, kind: 'event', type: 'track', isOpened: true, gathered: 0 };
  const paths = explore.PathAnswer.parse({
    ...answered, direction: 'from', visits: 5, nodes: [
      { ...node, id: 0, event: 'Product Viewed', visits: 5 },
      { ...node, id: 1, parent: 0, depth: 1, event: 'Product Added', visits: 3 },
      { ...node, id: 2, parent: 0, depth: 1, kind: 'others', type: null, event: null, visits: 1, gathered: 4 },
      { ...node, id: 3, parent: 0, depth: 1, kind: 'end', type: null, event: null, visits: 1 },
    ],
  }); // prettier-ignore
  expect(checked(sheetOfPaths('p', paths, 'en')).rows).toEqual([
    [0, '', 'Product Viewed', 5],
    [1, 'Product Viewed', 'Product Added', 3],
    [1, 'Product Viewed', '4 others', 1],
    [1, 'Product Viewed', 'End', 1],
  ]);
  const segments = explore.rfmSegments.map((segment) => ({
    segment,
    customers: 1,
    orders: 2,
    netSalesFen: 300,
    recencyDays: null,
  }));
  const rfm = explore.RfmAnswer.parse({
    ...answered,
    customers: 11,
    orders: 22,
    netSalesFen: 3300,
    boundaries: null,
    segments,
    cells: [],
  });
  const sheet = checked(sheetOfRfm('m', rfm, 'en'));
  expect(sheet.rows).toHaveLength(explore.rfmSegments.length);
  expect(sheet.total).toEqual(['Total', 11, 22, 3300, null]);
});
