import { expect, test } from 'vitest';
import { formatIn } from '../../lib/format.ts';
import { timelineNote } from './timeline-note.ts';

const note = (details: Record<string, unknown>) =>
  timelineNote(details, (key, values) => `${key} ${JSON.stringify(values)}`, formatIn('zh-CN'));

test('a timeline entry shows amounts as money and leaves out what nobody reads', () => {
  expect(note({ amountFen: 23_650, provider: 'sandbox', paymentId: 'x' })).toBe('¥236.50 · sandbox');
  expect(
    note({
      reason: '顾客要求',
      refundFen: 100,
      lines: [
        { lineNo: 1, quantity: 2 },
        { lineNo: 2, quantity: 1 },
      ],
    }),
  ).toBe('顾客要求 · ¥1.00 · orders.unitsOf {"count":3}');
  expect(note({ carrier: '顺丰', trackingNumber: 'SF1' })).toBe('顺丰 SF1');
  expect(note({ nested: { deep: true } })).toBeUndefined();
});
