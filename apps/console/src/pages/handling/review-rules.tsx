import { reviewRuleKinds } from '@tongshang/ui';
import { InputNumber, Select, Switch } from 'antd';
import { useTerm, useWords } from '../../lib/language.ts';
import type { ReviewRules } from './routing-page.tsx';
import { MoneyLimit } from './routing-rules.tsx';

type Rule = ReviewRules['rules'][number];

interface Props {
  rules: ReviewRules;
  isEditable: boolean;
  onChange: (rules: ReviewRules) => void;
}

/** What holds a paid order back for a person. Several may hold one order; each is released by itself. */
export function ReviewRuleList({ rules, isEditable, onChange }: Props) {
  const change = (kind: Rule['kind'], part: Partial<Rule>) =>
    onChange({ ...rules, rules: rules.rules.map((rule) => (rule.kind === kind ? { ...rule, ...part } : rule)) });
  return (
    <ul className="rule-list">
      {rules.rules.map((rule) => (
        <RuleRow key={rule.kind} rule={rule} isEditable={isEditable} onChange={(part) => change(rule.kind, part)} />
      ))}
    </ul>
  );
}

function RuleRow({ rule, isEditable, onChange }: { rule: Rule; isEditable: boolean; onChange: (part: Partial<Rule>) => void }) {
  const words = useWords();
  const term = useTerm();
  const title = term(reviewRuleKinds, rule.kind);
  return (
    <li className={rule.isOn ? 'rule' : 'rule off'}>
      <div className="rule-about">
        <strong>{title}</strong>
        <p className="second">{words(`routing.review.${rule.kind}`)}</p>
        {rule.kind === 'large_amount' && rule.limit !== null && (
          <MoneyLimit
            label={words('routing.amountFrom')}
            fen={rule.limit}
            isEditable={isEditable}
            onChange={(limit) => onChange({ limit })}
          />
        )}
        {rule.kind === 'risk_score' && (
          <label>
            <span>{words('routing.scoreFrom')}</span>
            <InputNumber
              min={0}
              max={100}
              precision={0}
              disabled={!isEditable}
              value={rule.limit}
              onChange={(limit) => limit !== null && onChange({ limit })}
            />
          </label>
        )}
        {(rule.kind === 'remark' || rule.kind === 'address_watch') && (
          <label>
            <span>{words(rule.kind === 'remark' ? 'routing.remarkWords' : 'routing.addressWords')}</span>
            <Select<string[]>
              mode="tags"
              className="rule-places"
              open={false}
              suffixIcon={null}
              tokenSeparators={[',', '，', '、', ';', '；']}
              disabled={!isEditable}
              value={rule.words}
              onChange={(list) => onChange({ words: list.map((one) => one.trim()).filter((one) => one !== '') })}
            />
          </label>
        )}
      </div>
      <Switch
        aria-label={words('routing.isOn', { rule: title })}
        disabled={!isEditable}
        checked={rule.isOn}
        onChange={(isOn) => onChange({ isOn })}
      />
    </li>
  );
}
