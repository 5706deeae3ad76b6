import { metrics } from '@tongshang/contract';

export type Body = metrics.MetricBody;
export type Definition = metrics.MetricDefinition;
type Expression = Body['expression'];
type Terms = Extract<Expression, { kind: 'sum' }>['terms'];

/** What the editor holds: the body laid out flat, numbers and days as texts until they are checked. */
export interface MetricForm {
  name: string;
  titleZh: string;
  titleEn: string;
  explanationZh: string;
  explanationEn: string;
  kind: Expression['kind'];
  terms: Partial<Terms[number]>[];
  under: Partial<Terms[number]>[];
  measure?: string;
  times: string;
  unit: Body['unit'];
  grain: string;
  zone: string;
  missing: Body['missing'];
  polarity: Body['polarity'];
  group: Body['group'];
  isScorecard: boolean;
  owner: Body['owner'];
  goalSeconds: string;
  gapsZh: string;
  gapsEn: string;
  validFrom: string;
  note: string;
}

/** The form as the newest version fills it. */
export function formOf(definition: Definition, today: string): MetricForm {
  const { expression, quality } = definition;
  return {
    ...newForm(today),
    name: definition.name,
    titleZh: definition.title.zh,
    titleEn: definition.title.en,
    explanationZh: definition.explanation.zh,
    explanationEn: definition.explanation.en,
    kind: expression.kind,
    ...(expression.kind === 'one' && { measure: expression.measure }),
    ...(expression.kind === 'sum' && { terms: expression.terms }),
    ...(expression.kind === 'ratio' && { terms: expression.over, under: expression.under, times: String(expression.times) }),
    unit: definition.unit,
    grain: definition.grain,
    zone: definition.zone,
    missing: definition.missing,
    polarity: definition.polarity,
    group: definition.group,
    isScorecard: definition.isScorecard,
    owner: definition.owner,
    goalSeconds: String(quality.freshnessGoalSeconds),
    gapsZh: quality.gaps?.zh ?? '',
    gapsEn: quality.gaps?.en ?? '',
  };
}

export const newForm = (today: string): MetricForm => ({
  name: '',
  titleZh: '',
  titleEn: '',
  explanationZh: '',
  explanationEn: '',
  kind: 'sum',
  terms: [{ sign: 1 }],
  under: [{ sign: 1 }],
  times: '1',
  unit: 'fen',
  grain: '',
  zone: 'Asia/Shanghai',
  missing: 'zero',
  polarity: 'more_is_better',
  group: 'other',
  isScorecard: false,
  owner: 'analyst',
  goalSeconds: '60',
  gapsZh: '',
  gapsEn: '',
  validFrom: today,
  note: '',
});

/** The body that the form says; undefined while something is missing or no number. One text of two is used for both languages. */
export function bodyOf(form: Partial<MetricForm>): Body | undefined {
  const gaps = [form.gapsZh, form.gapsEn].map((text) => text?.trim() ?? '');
  const read = metrics.MetricBody.safeParse({
    title: { zh: form.titleZh, en: form.titleEn },
    explanation: { zh: form.explanationZh, en: form.explanationEn },
    expression: expressionOf(form),
    unit: form.unit,
    grain: form.grain,
    zone: form.zone,
    missing: form.missing,
    polarity: form.polarity,
    group: form.group,
    isScorecard: form.isScorecard ?? false,
    owner: form.owner,
    quality: {
      freshnessGoalSeconds: Number(form.goalSeconds),
      gaps: gaps.every((text) => text === '') ? null : { zh: gaps[0] || gaps[1], en: gaps[1] || gaps[0] },
    },
  });
  return read.success ? read.data : undefined;
}

function expressionOf({ kind, terms, under, measure, times }: Partial<MetricForm>): unknown {
  if (kind === 'one') return { kind, measure };
  return kind === 'ratio' ? { kind, over: terms, under, times: Number(times) } : { kind, terms };
}

/** `Net amount − Cost`: the formula in the words of its measures. */
export function formulaText(expression: Expression, titleOf: (measure: string) => string): string {
  const side = (terms: Terms): string =>
    terms.map(({ measure, sign }, index) => `${signText(sign, index)}${titleOf(measure)}`).join('');
  if (expression.kind === 'one') return titleOf(expression.measure);
  if (expression.kind === 'sum') return side(expression.terms);
  const [over, under] = [expression.over, expression.under].map((terms) =>
    terms.length === 1 && terms[0]?.sign === 1 ? side(terms) : `(${side(terms)})`,
  );
  return `${over} ÷ ${under}${expression.times === 1 ? '' : ` × ${expression.times}`}`;
}

const signText = (sign: 1 | -1, index: number): string => (index === 0 ? (sign === 1 ? '' : '−') : sign === 1 ? ' + ' : ' − ');

/** What of a definition people compare, in the order they read it. */
const comparedFields = [
  'title', 'explanation', 'expression', 'unit', 'grain', 'zone', 'missing', 'polarity', 'group', 'isScorecard', 'owner', 'quality',
] as const satisfies readonly (keyof Body)[]; // prettier-ignore
export type ComparedField = (typeof comparedFields)[number];

/** The fields in which two versions differ. */
export const changedFields = (before: Body, after: Body): ComparedField[] =>
  comparedFields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));

/** The measures that a formula is made of, each once. */
export function measuresIn(expression: Expression): string[] {
  if (expression.kind === 'one') return [expression.measure];
  const terms = expression.kind === 'sum' ? expression.terms : [...expression.over, ...expression.under];
  return [...new Set(terms.map(({ measure }) => measure))];
}
