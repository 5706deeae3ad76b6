import { permissionsOf, playbooks as contract, type Role } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { type StaffActor, system } from '../../platform/ctx.ts';
import { approvalProblem, canMove, type Decidable, move, openStates, stepProblem } from './decision.ts';

const staff = (role: Role, id: string = role): StaffActor => ({
  kind: 'staff',
  id,
  name: id,
  role,
  permissions: new Set(permissionsOf[role]),
  location: undefined,
});
const now = new Date('2026-11-22T00:00:00Z');
const aDecision = (over: Partial<Decidable> = {}): Decidable => ({
  playbook: 'cover',
  state: 'proposed',
  amountFen: 100_000,
  expiresAt: new Date('2026-11-23T00:00:00Z'),
  proposedByKind: 'system',
  proposedById: 'playbooks/propose-cover',
  ...over,
});
const limits = { operations: 500_000, executive: null };

test('every move of the life is in the table and no other', () => {
  const table = contract.decisionStates.map((from) => [from, contract.decisionStates.filter((to) => canMove(from, to))]);
  expect(Object.fromEntries(table)).toEqual({
    proposed: ['proposed', 'change_requested', 'approved', 'rejected', 'expired', 'superseded'],
    change_requested: ['proposed', 'rejected', 'expired', 'superseded'],
    approved: ['carried_out', 'failed'],
    carried_out: ['measured', 'rolled_back'],
    measured: [],
    rejected: [],
    expired: [],
    superseded: [],
    failed: [],
    rolled_back: [],
  });
  expect(openStates.every((state) => contract.decisionStates.some((to) => canMove(state, to)))).toBe(true);
  expect(() => move('measured', 'approved')).toThrow(/wrong_state/);
});

test('who holds the right approves up to the limit of the role', () => {
  expect(approvalProblem(aDecision({ amountFen: 500_000 }), staff('operations'), limits, now)).toBeUndefined();
  expect(approvalProblem(aDecision({ amountFen: 500_001 }), staff('operations'), limits, now)).toMatchObject({
    code: 'decision.over_limit',
  });
  expect(approvalProblem(aDecision({ amountFen: 10 ** 12 }), staff('executive'), limits, now)).toBeUndefined();
  expect(approvalProblem(aDecision(), staff('admin'), limits, now)).toMatchObject({ code: 'decision.over_limit' }); // not named: no limit given
  expect(approvalProblem(aDecision(), staff('marketer'), limits, now)).toMatchObject({ code: 'auth.forbidden' });
});

test('nobody approves what they proposed', () => {
  const own = aDecision({ proposedByKind: 'staff', proposedById: 'wang' });
  expect(approvalProblem(own, staff('operations', 'wang'), limits, now)).toMatchObject({ code: 'decision.four_eyes' });
  expect(approvalProblem(own, staff('operations', 'li'), limits, now)).toBeUndefined();
});

test('from the instant it expires nobody approves, but it may still be rejected', () => {
  const at = new Date('2026-11-23T00:00:00Z');
  expect(approvalProblem(aDecision(), staff('executive'), limits, at)).toMatchObject({ code: 'decision.expired' });
  const reject = { permission: 'decisions.approve_replenishment', to: 'rejected', ignoresExpiry: true } as const;
  expect(stepProblem(aDecision(), staff('executive'), reject, at)).toBeUndefined();
  expect(stepProblem(aDecision({ state: 'approved' }), staff('executive'), reject, at)).toMatchObject({
    code: 'decision.wrong_state',
  });
  expect(stepProblem(aDecision(), system('rule'), reject, at)).toBeUndefined();
});
