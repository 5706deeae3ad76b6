import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextCheck } from './apply-report.ts';
import { effectOf, type PaymentFacts, paymentAfter, type Report } from './payment.ts';

const payment = (over: Partial<PaymentFacts> = {}): PaymentFacts => ({
  state: 'pending',
  amountFen: 100,
  receivedFen: 0,
  ...over,
});
const paid = (amountFen: number): Report => ({ kind: 'paid', amountFen });

test('money that was taken counts in any state; another amount never pays', () => {
  for (const state of ['pending', 'failed', 'closed'] as const) {
    expect(effectOf(payment({ state }), paid(100))).toBe('capture');
    expect(effectOf(payment({ state }), paid(99))).toBe('wrong_amount');
  }
  expect(effectOf(payment({ state: 'captured' }), paid(100))).toBe('none');
  expect(effectOf(payment({ state: 'captured' }), { kind: 'declined' })).toBe('none');
  expect(effectOf(payment(), { kind: 'declined' })).toBe('decline');
  expect(effectOf(payment({ state: 'failed', receivedFen: 99 }), paid(99))).toBe('none');
});

test('any sequence of reports captures at most once, and told twice changes nothing more', () => {
  const report = fc.oneof(fc.constant<Report>({ kind: 'declined' }), fc.constantFrom(99, 100).map(paid));
  const property = fc.property(fc.array(report, { maxLength: 12 }), (reports) => {
    let now = payment();
    let captures = 0;
    for (const said of reports) {
      if (effectOf(now, said) === 'capture') captures++;
      now = paymentAfter(now, said);
      expect(effectOf(now, said)).toBe('none');
    }
    expect(captures).toBe(reports.some((said) => said.kind === 'paid' && said.amountFen === 100) ? 1 : 0);
  });
  fc.assert(property);
});

test('the provider is asked soon, then ever more rarely, for two days', () => {
  const opened = new Date('2026-11-22T00:00:00Z');
  const minutesAfter = (minutes: number) => {
    const at = nextCheck(opened, new Date(opened.getTime() + minutes * 60_000));
    return at === null ? null : (at.getTime() - opened.getTime()) / 60_000;
  };
  expect([0, 3, 30, 600, 2881].map(minutesAfter)).toEqual([3, 6, 60, 1200, null]);
});
