import { expect, test } from 'vitest';
import { settingForm, settingOf } from './setting-form.ts';

const cover = {
  playbook: 'cover',
  version: 3,
  changedBy: 'a',
  changedAt: '',
  params: {
    autoApproveFen: 500_000,
    approverLimitsFen: { operations: 2_000_000, executive: null },
    reviewDays: 7,
    serviceLevelBp: 9500,
    historyDays: 28,
    location: 'WH1',
    expiresAfterHours: 72,
    isActive: true,
  },
} as const;

test('a setting that nobody touched goes back exactly as it came', () => {
  expect(settingOf(cover, settingForm(cover))).toEqual({ playbook: 'cover', version: 3, params: cover.params });
});

test('limits are typed in yuan, levels in percent; an emptied limit is no limit', () => {
  const form = settingForm(cover);
  expect(form.numbers).toMatchObject({ autoApproveFen: 5_000, serviceLevelBp: 95, reviewDays: 7 });
  const sent = settingOf(cover, {
    ...form,
    numbers: { ...form.numbers, autoApproveFen: 0.29 },
    limits: { operations: null, executive: 100 },
  });
  expect(sent.params).toMatchObject({ autoApproveFen: 29, approverLimitsFen: { operations: null, executive: 10_000 } });
});
