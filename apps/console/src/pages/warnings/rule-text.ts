import type { ReplyOf, warnings } from '@tongshang/contract';
import { exactFigure, type Definition } from '../../lib/figures.ts';
import type { Format } from '../../lib/format.ts';
import type { Say } from '../../lib/language.ts';

export type Rule = ReplyOf<typeof warnings.listRules>['items'][number];

/** Where a rule fires and where it clears, in words. Against a target the levels are shares of it. */
export function levelText(
  rule: Pick<Rule, 'direction' | 'fireLevel' | 'clearLevel' | 'holdMinutes' | 'against'>,
  unit: Definition['unit'],
  words: Say,
  f: Format,
): string {
  const shown = rule.against === 'target' ? 'ratio' : unit;
  const fire = exactFigure(shown, rule.fireLevel, f);
  const clear = exactFigure(shown, rule.clearLevel, f);
  const line = words(rule.direction === 'below' ? 'alerts.levelsBelow' : 'alerts.levelsAbove', { fire, clear });
  const hold = rule.holdMinutes === 0 ? '' : ` · ${words('alerts.hold', { duration: f.duration(rule.holdMinutes * 60_000) })}`;
  return `${line}${rule.against === 'target' ? words('alerts.ofTarget') : ''}${hold}`;
}
