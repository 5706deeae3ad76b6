import { expect, test } from 'vitest';
import { actorName } from './actors.ts';

test("rules and jobs are named in the reader's language, people keep their names", () => {
  expect(actorName('playbooks.cover.auto_approve@3', 'zh-CN')).toBe('小额自动批准');
  expect(actorName('warnings.01a203e3-3d8f-7122-86ff-badc2dc4fdfc', 'en')).toBe('Warning rule');
  expect(actorName('周运营', 'en')).toBe('周运营');
  expect(actorName('some.new-rule', 'en')).toBe('some.new-rule');
});
