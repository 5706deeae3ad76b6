import { expect, test } from 'vitest';
import { changeOf } from './change-of.ts';

const before = { quantity: 20, serviceLevel: 95, reviewDays: 7, dailyUnits: 1.5 };

test('only what was changed is sent, so that a quantity left alone follows from the other assumptions', () => {
  expect(changeOf('cover', { ...before, serviceLevel: 98.5 }, before)).toEqual({ playbook: 'cover', serviceLevelBp: 9850 });
  expect(changeOf('cover', { ...before }, before)).toEqual({ playbook: 'cover' });
});

test('a mark-down depth is typed in percent and sent in basis points', () => {
  expect(changeOf('slow_mover', { depth: 12.5, windowDays: 14 }, { depth: 20, windowDays: 14 })).toEqual({
    playbook: 'slow_mover',
    depthBp: 1250,
  });
});
