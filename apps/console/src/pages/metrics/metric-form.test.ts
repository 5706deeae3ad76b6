import { metrics } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { bodyOf, changedFields, type Definition, formOf, formulaText, measuresIn, newForm } from './metric-form.ts';

const body = metrics.MetricBody.parse({
  title: { zh: '毛利率', en: 'Gross margin' },
  explanation: { zh: '毛利占净销售额的比例。', en: 'Gross profit as a share of net sales.' },
  expression: {
    kind: 'ratio',
    over: [{ measure: 'net_fen' }, { measure: 'net_cost_fen', sign: -1 }],
    under: [{ measure: 'net_fen' }],
    times: 2,
  },
  unit: 'ratio',
  grain: 'order line',
  polarity: 'more_is_better',
  owner: 'executive',
  quality: { freshnessGoalSeconds: 90, gaps: { zh: '缺', en: 'gap' } },
});
const definition = { ...body, name: 'gross_margin', version: 3 } as Definition;

test('a definition that goes through the editor untouched comes out as it was', () => {
  expect(bodyOf(formOf(definition, '2026-11-22'))).toEqual(body);
  const one = { ...definition, expression: { kind: 'one' as const, measure: 'visitors' } };
  expect(bodyOf(formOf(one, '2026-11-22'))?.expression).toEqual(one.expression);
});

test('a form with a hole is no definition yet', () => {
  expect(bodyOf(newForm('2026-11-22'))).toBeUndefined();
  const form = formOf(definition, '2026-11-22');
  expect(bodyOf({ ...form, times: 'two' })).toBeUndefined();
  expect(bodyOf({ ...form, times: '0' })).toBeUndefined();
  expect(bodyOf({ ...form, goalSeconds: '1.5' })).toBeUndefined();
  expect(bodyOf({ ...form, terms: [{ sign: 1 }] })).toBeUndefined();
  expect(bodyOf({ ...form, gapsZh: '', gapsEn: '' })?.quality.gaps).toBeNull();
  expect(bodyOf({ ...form, gapsZh: '' })?.quality.gaps).toEqual({ zh: 'gap', en: 'gap' });
});

test('a formula reads in the words of its measures, and a version tells what it changed', () => {
  const words: Readonly<Record<string, string>> = { net_fen: 'Net', net_cost_fen: 'Cost' };
  expect(formulaText(body.expression, (name) => words[name] ?? name)).toBe('(Net − Cost) ÷ Net × 2');
  expect(measuresIn(body.expression)).toEqual(['net_fen', 'net_cost_fen']);
  expect(changedFields(body, body)).toEqual([]);
  expect(changedFields(body, { ...body, owner: 'analyst', expression: { kind: 'one', measure: 'net_fen' } })).toEqual([
    'expression',
    'owner',
  ]);
});
