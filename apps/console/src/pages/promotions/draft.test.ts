import { expect, test } from 'vitest';
import { Effect, PromotionStage, promotions } from '@tongshang/contract';
import { newGroup, newLeaf } from './condition-tree.ts';
import { atStage, blankCondition, blankDraft, blankEffect, checkDraft, checkRule, effectsOf, isSameDraft, readDraft, writeDraft, type EditedDraft, type PromotionDraft } from './draft.ts'; // prettier-ignore

const full: EditedDraft = {
  ...blankDraft('2026-12-12T00:00:00+08:00'),
  name: '双十二满减',
  nameEn: 'Double twelve',
  then: { gives: 'steps', of: {}, by: 'amount', steps: [{ from: 20_000, off: { fen: 2000 } }], repeats: false },
};

test('a complete draft has nothing wrong, and the contract takes it as it is', () => {
  expect([...checkDraft(full)]).toEqual([]);
  expect(promotions.PromotionDraft.safeParse(writeDraft(full)).success).toBe(true);
});

test('whatever the contract refuses is marked at some field, and what it takes is not', () => {
  const broken: EditedDraft[] = [
    { ...full, name: ' ' },
    { ...full, startsAt: '' },
    { ...full, budgetFen: Number.NaN },
    { ...full, usesMax: 0 },
    { ...full, priority: Number.NaN },
    { ...full, when: newGroup('all', [newGroup('any')]) },
    { ...full, when: newGroup('all', [newLeaf(blankCondition('amount'))]) },
    { ...full, when: newGroup('all', [newLeaf(blankCondition('tier'))]) },
    ...Effect.options.map((option) => ({ ...full, then: blankEffect(option.shape.gives.value) })),
  ];
  for (const draft of broken) {
    const isTaken = promotions.PromotionDraft.safeParse(writeDraft(draft)).success;
    expect(checkDraft(draft).size === 0, JSON.stringify(writeDraft(draft))).toBe(isTaken);
  }
});

test('a wrong entry is told at its own field', () => {
  const leaf = newLeaf(blankCondition('quantity'));
  const wrongs = checkDraft({
    ...full,
    name: '',
    endsAt: full.startsAt,
    when: newGroup('all', [leaf]),
    then: blankEffect('gift'),
  });
  expect(Object.fromEntries(wrongs)).toEqual({
    name: 'fill',
    endsAt: 'order',
    [`when#${leaf.id}.min`]: 'number',
    'then.sku': 'fill',
  });
});

test('steps rise, and hours end after they begin', () => {
  const leaf = newLeaf({ is: 'time', from: '20:00', to: '18:00' });
  const off = { fen: 100 };
  const then: Effect = {
    gives: 'steps',
    of: {},
    by: 'amount',
    steps: [
      { from: 200, off },
      { from: 200, off },
    ],
    repeats: false,
  };
  expect([...checkRule({ ...full, when: newGroup('all', [leaf]), then }).keys()]).toEqual([
    `when#${leaf.id}.to`,
    'then.steps.1.from',
  ]);
});

test('a form that was opened and not touched says the same, in whichever offset the server wrote its instants', () => {
  const stored: PromotionDraft = {
    ...writeDraft(full),
    when: { not: { is: 'member' } },
    startsAt: '2026-12-11T16:00:00.000Z',
    endsAt: '2026-12-13T00:00:00+08:00',
  };
  const opened = readDraft(stored);
  expect(
    isSameDraft(opened, readDraft({ ...stored, startsAt: '2026-12-12T00:00:00+08:00', endsAt: '2026-12-12T16:00:00Z' })),
  ).toBe(true);
  expect(writeDraft(opened).startsAt).toBe(stored.startsAt);
  expect(isSameDraft(opened, { ...opened, priority: 1 })).toBe(false);
});

test('every stage offers something, and a change of stage never keeps an effect that cannot stand there', () => {
  for (const stage of PromotionStage.options) {
    const moved = atStage(full, stage);
    expect(effectsOf[stage]).toContain(moved.then.gives);
    expect(moved.groupId).toBeNull();
  }
  expect(atStage(full, 'coupon')).toMatchObject({ needsCode: true, then: full.then });
});
