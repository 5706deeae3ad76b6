import { type Effect, type promotions, promotionStages, type ReplyOf } from '@tongshang/contract';
import { effectKinds, groupModes, groupModeTexts, priceStages } from '@tongshang/ui';
import { Checkbox, Input, Select } from 'antd';
import { lazy, type ReactNode, Suspense, use } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { FieldError, FormContext, Labelled, MoneyInput, NumberInput } from '../../parts/labelled.tsx';
import { ConditionsEditor } from './conditions-editor.tsx';
import { atStage, blankEffect, countsUnits, type EditedDraft, effectsOf, withEffect } from './draft.ts';
import { EffectFields } from './effect-fields.tsx';

// The calendar comes after the form.
const DayTime = lazy(async () => ({ default: (await import('../../parts/day-time.tsx')).DayTime }));

export type Groups = ReplyOf<typeof promotions.listPromotionGroups>['items'];

interface FormProps {
  draft: EditedDraft;
  onChange: (draft: EditedDraft) => void;
}

/** Everything a promotion is made of, from what it is called to where it ends. */
export function DraftForm({ draft, onChange, groups, aboveFen }: FormProps & { groups: Groups; aboveFen: number }) {
  return (
    <>
      <Basics draft={draft} onChange={onChange} groups={groups} />
      <EffectPart draft={draft} onChange={onChange} />
      <ConditionsPart draft={draft} onChange={onChange} />
      <WindowPart draft={draft} onChange={onChange} />
      <LimitsPart draft={draft} onChange={onChange} aboveFen={aboveFen} />
    </>
  );
}

function Part({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  return (
    <section className="card form-part" aria-label={title}>
      <h2>{title}</h2>
      {about && <p className="second">{about}</p>}
      {children}
    </section>
  );
}

function Basics({ draft, onChange, groups }: FormProps & { groups: Groups }) {
  const words = useWords();
  const term = useTerm();
  const { isDisabled } = use(FormContext);
  return (
    <Part title={words('promo.basics')}>
      <div className="field-pair">
        <Labelled path="name" label={words('promo.name')} help={words('promo.nameHelp')}>
          {(wire) => (
            <Input
              {...wire}
              maxLength={60}
              value={draft.name}
              onChange={({ target }) => onChange({ ...draft, name: target.value })}
            />
          )}
        </Labelled>
        <Labelled path="nameEn" label={words('promo.nameEn')}>
          {(wire) => (
            <Input
              {...wire}
              lang="en"
              maxLength={60}
              value={draft.nameEn}
              onChange={({ target }) => onChange({ ...draft, nameEn: target.value })}
            />
          )}
        </Labelled>
      </div>
      <div className="field-pair">
        <Labelled path="stage" label={words('promo.stage')} help={words(`promo.stageText.${draft.stage}`)}>
          {(wire) => (
            <Select
              {...wire}
              value={draft.stage}
              options={promotionStages.map((stage, at) => ({ value: stage, label: `${at + 1}. ${term(priceStages, stage)}` }))}
              onChange={(stage) => onChange(atStage(draft, stage))}
            />
          )}
        </Labelled>
        <Labelled path="priority" label={words('promo.priority')} help={words('promo.priorityHelp')}>
          {(wire) => (
            <NumberInput
              {...wire}
              min={-1000}
              max={1000}
              value={draft.priority}
              onChange={(priority) => onChange({ ...draft, priority })}
            />
          )}
        </Labelled>
      </div>
      <GroupField draft={draft} onChange={onChange} groups={groups} />
      <div className="stack-small">
        <Checkbox
          checked={draft.needsCode}
          disabled={isDisabled || draft.stage === 'coupon'}
          onChange={({ target }) => onChange({ ...draft, needsCode: target.checked })}
        >
          {words('promo.needsCode')}
          <div className="third">{words(draft.stage === 'coupon' ? 'promo.needsCodeAlways' : 'promo.needsCodeHelp')}</div>
        </Checkbox>
        <FieldError path="needsCode" />
        {draft.stage !== 'exclusive' && (
          <Checkbox
            checked={draft.joinsExclusive}
            disabled={isDisabled}
            onChange={({ target }) => onChange({ ...draft, joinsExclusive: target.checked })}
          >
            {words('promo.joinsExclusive')}
            <div className="third">{words('promo.joinsExclusiveHelp')}</div>
          </Checkbox>
        )}
      </div>
    </Part>
  );
}

/** The group with what its mode means for a buyer; without one, what stands alone means. */
function GroupField({ draft, onChange, groups }: FormProps & { groups: Groups }) {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const open = groups.filter(({ stage }) => stage === draft.stage);
  const chosen = open.find(({ id }) => id === draft.groupId);
  const help = (
    <>
      {chosen
        ? words('promo.modeIs', { mode: term(groupModes, chosen.mode), text: term(groupModeTexts, chosen.mode) })
        : words('promo.noGroupText')}{' '}
      <Link to="/grow/promotions/groups">{words('promo.openGroups')}</Link>
    </>
  );
  return (
    <Labelled path="groupId" label={words('promo.group')} isOptional help={help}>
      {(wire) => (
        <Select<string>
          {...wire}
          allowClear
          {...(chosen && { value: chosen.id })}
          placeholder={words('promo.noGroup')}
          options={open.map((group) => ({ value: group.id, label: `${name(group)} · ${term(groupModes, group.mode)}` }))}
          onChange={(id: string | undefined) => onChange({ ...draft, groupId: id ?? null })}
        />
      )}
    </Labelled>
  );
}

function EffectPart({ draft, onChange }: FormProps) {
  const words = useWords();
  const term = useTerm();
  return (
    <Part title={words('promo.effect')}>
      <Labelled path="then.gives" label={words('promo.gives')}>
        {(wire) => (
          <Select<Effect['gives']>
            {...wire}
            value={draft.then.gives}
            options={effectsOf[draft.stage].map((gives) => ({ value: gives, label: term(effectKinds, gives) }))}
            onChange={(gives) => onChange(withEffect(draft, blankEffect(gives)))}
          />
        )}
      </Labelled>
      <FieldError path="then" />
      <EffectFields effect={draft.then} onChange={(then) => onChange({ ...draft, then })} />
    </Part>
  );
}

function ConditionsPart({ draft, onChange }: FormProps) {
  const words = useWords();
  return (
    <Part title={words('promo.conditions')} about={words('promo.conditionsText')}>
      <FieldError path="when" />
      <ConditionsEditor value={draft.when} onChange={(when) => onChange({ ...draft, when })} />
    </Part>
  );
}

function WindowPart({ draft, onChange }: FormProps) {
  const words = useWords();
  const starts = words('promo.startsAt');
  const ends = words('promo.endsAt');
  return (
    <Part title={words('promo.window')} about={words('promo.windowText')}>
      <Suspense fallback={<div className="bone" />}>
        <div className="field-pair">
          <Labelled path="startsAt" label={starts}>
            {({ id, disabled, status, 'aria-describedby': describedBy }) => (
              <DayTime
                id={id}
                label={starts}
                value={draft.startsAt}
                isDisabled={disabled}
                isWrong={status !== undefined}
                describedBy={describedBy}
                onChange={(startsAt) => onChange({ ...draft, startsAt: startsAt ?? '' })}
              />
            )}
          </Labelled>
          <Labelled path="endsAt" label={ends} isOptional help={words('promo.endsAtHelp')}>
            {({ id, disabled, status, 'aria-describedby': describedBy }) => (
              <DayTime
                id={id}
                label={ends}
                value={draft.endsAt}
                isDisabled={disabled}
                isWrong={status !== undefined}
                describedBy={describedBy}
                onChange={(endsAt) => onChange({ ...draft, endsAt })}
              />
            )}
          </Labelled>
        </div>
      </Suspense>
    </Part>
  );
}

type CountLimit = 'usesMax' | 'usesPerCustomer' | 'unitsMax' | 'unitsPerCustomer';

function LimitsPart({ draft, onChange, aboveFen }: FormProps & { aboveFen: number }) {
  const words = useWords();
  const { money } = useFormat();
  const limits: readonly CountLimit[] = countsUnits(draft.then)
    ? ['usesMax', 'usesPerCustomer', 'unitsMax', 'unitsPerCustomer']
    : ['usesMax', 'usesPerCustomer'];
  return (
    <Part title={words('promo.limits')} about={words('promo.limitsText')}>
      <div className="field-pair">
        <Labelled
          path="budgetFen"
          label={words('promo.budget')}
          isOptional
          help={words('promo.budgetHelp', { limit: money(aboveFen) })}
        >
          {(wire) => (
            <MoneyInput
              {...wire}
              value={draft.budgetFen}
              onChange={(budgetFen) => onChange({ ...draft, budgetFen })}
              onClear={() => onChange({ ...draft, budgetFen: null })}
            />
          )}
        </Labelled>
        <Labelled path="expectedCostFen" label={words('promo.expectedCost')} help={words('promo.expectedCostHelp')}>
          {(wire) => (
            <MoneyInput
              {...wire}
              value={draft.expectedCostFen}
              onChange={(expectedCostFen) => onChange({ ...draft, expectedCostFen })}
            />
          )}
        </Labelled>
        {limits.map((limit) => (
          <Labelled key={limit} path={limit} label={words(`promo.${limit}`)} isOptional>
            {(wire) => (
              <NumberInput
                {...wire}
                min={1}
                suffix={words(limit.startsWith('units') ? 'promo.units' : 'promo.orders')}
                value={draft[limit]}
                onChange={(value) => onChange({ ...draft, [limit]: Number.isNaN(value) ? null : value })}
              />
            )}
          </Labelled>
        ))}
      </div>
    </Part>
  );
}
