import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { useSuspenseQuery } from '@tanstack/react-query';
import { inventory } from '@tongshang/contract';
import { parseMoney, routingRuleKinds } from '@tongshang/ui';
import { Button, Input, InputNumber, Select, Switch } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { q } from '../../lib/api.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import type { RoutingRules } from './routing-page.tsx';

interface Props {
  rules: RoutingRules;
  isEditable: boolean;
  onChange: (rules: RoutingRules) => void;
}

/** The rules in the order in which they are asked; moved by buttons and by Alt+↑/↓. */
export function RoutingRuleList({ rules, isEditable, onChange }: Props) {
  const words = useWords();
  const change = (at: number, part: Partial<RoutingRules['rules'][number]>) =>
    onChange({ ...rules, rules: rules.rules.map((rule, index) => (index === at ? { ...rule, ...part } : rule)) });
  const move = (at: number, by: 1 | -1) => {
    const moved = [...rules.rules];
    const [rule] = moved.splice(at, 1);
    if (rule === undefined || at + by < 0 || at + by > moved.length) return;
    moved.splice(at + by, 0, rule);
    onChange({ ...rules, rules: moved });
  };
  return (
    <>
      <ol className="rule-list">
        {rules.rules.map((rule, at) => (
          <RuleRow
            key={rule.kind}
            rule={rule}
            place={{ at, count: rules.rules.length }}
            isEditable={isEditable}
            onChange={(part) => change(at, part)}
            onMove={(by) => move(at, by)}
          />
        ))}
      </ol>
      <div className="field-pair rule-limits">
        <label>
          <span>{words('routing.parcelsMax')}</span>
          <InputNumber
            min={1}
            max={3}
            precision={0}
            disabled={!isEditable}
            value={rules.parcelsMax}
            onChange={(parcelsMax) => parcelsMax !== null && onChange({ ...rules, parcelsMax })}
          />
        </label>
        <MoneyLimit
          label={words('routing.parcelFenMin')}
          fen={rules.parcelFenMin}
          isEditable={isEditable}
          onChange={(parcelFenMin) => onChange({ ...rules, parcelFenMin })}
        />
      </div>
    </>
  );
}

interface RowProps {
  rule: RoutingRules['rules'][number];
  place: { at: number; count: number };
  isEditable: boolean;
  onChange: (part: Partial<RoutingRules['rules'][number]>) => void;
  onMove: (by: 1 | -1) => void;
}

function RuleRow({ rule, place: { at, count }, isEditable, onChange, onMove }: RowProps) {
  const words = useWords();
  const term = useTerm();
  const title = term(routingRuleKinds, rule.kind);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || !isEditable || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li className={rule.isOn ? 'rule' : 'rule off'} onKeyDown={onKeyDown}>
      <span className="rule-place" aria-hidden="true">
        {at + 1}
      </span>
      <div className="rule-about">
        <strong>{title}</strong>
        <p className="second">{words(`routing.kind.${rule.kind}`)}</p>
        {(rule.kind === 'prefer' || rule.kind === 'avoid') && (
          <PlacesSelect
            label={words('routing.whichPlaces', { rule: title })}
            value={rule.locations}
            isEditable={isEditable}
            onChange={(locations) => onChange({ locations })}
          />
        )}
      </div>
      <div className="row">
        <Button
          size="small"
          icon={<ArrowUpOutlined aria-hidden="true" />}
          aria-label={words('routing.earlier', { rule: title })}
          disabled={!isEditable || at === 0}
          onClick={() => onMove(-1)}
        />
        <Button
          size="small"
          icon={<ArrowDownOutlined aria-hidden="true" />}
          aria-label={words('routing.later', { rule: title })}
          disabled={!isEditable || at === count - 1}
          onClick={() => onMove(1)}
        />
        <Switch
          aria-label={words('routing.isOn', { rule: title })}
          disabled={!isEditable}
          checked={rule.isOn}
          onChange={(isOn) => onChange({ isOn })}
        />
      </div>
    </li>
  );
}

interface PlacesProps {
  label: string;
  value: readonly string[];
  isEditable: boolean;
  onChange: (locations: string[]) => void;
}

function PlacesSelect({ label, value, isEditable, onChange }: PlacesProps) {
  const name = useName();
  const { data } = useSuspenseQuery(q(inventory.listLocations));
  return (
    <Select<string[]>
      mode="multiple"
      className="rule-places"
      aria-label={label}
      placeholder={label}
      disabled={!isEditable}
      value={[...value]}
      options={data.items.map((one) => ({ value: one.code, label: name(one) }))}
      onChange={onChange}
    />
  );
}

interface MoneyLimitProps {
  label: string;
  fen: number;
  isEditable: boolean;
  onChange: (fen: number) => void;
}

/** An amount as people type it; what cannot be read stays in the field and changes nothing. */
export function MoneyLimit({ label, fen, isEditable, onChange }: MoneyLimitProps) {
  const words = useWords();
  const [typed, setTyped] = useState<{ text: string; for: number }>();
  const text = typed?.for === fen ? typed.text : String(fen / 100);
  const isWrong = text.trim() !== '' && parseMoney(text) === undefined;
  return (
    <label>
      <span>{label}</span>
      <Input
        prefix="¥"
        inputMode="decimal"
        autoComplete="off"
        disabled={!isEditable}
        value={text}
        {...(isWrong && { status: 'error' as const, 'aria-invalid': true })}
        onChange={({ target }) => {
          const next = target.value.trim() === '' ? 0 : parseMoney(target.value);
          setTyped({ text: target.value, for: next ?? fen });
          if (next !== undefined) onChange(next);
        }}
      />
      {isWrong && <span className="field-error">{words('form.moneyWrong')}</span>}
    </label>
  );
}
