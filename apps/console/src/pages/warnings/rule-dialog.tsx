import { useMutation } from '@tanstack/react-query';
import { type BodyOf, createClient, warnings } from '@tongshang/contract';
import { say, typedUnits, warningEntities } from '@tongshang/ui';
import { Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useDefinitions } from '../../lib/definitions.ts';
import { exactFigure } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { fromTyped, toTyped } from '../../lib/level.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Field } from '../../parts/form.tsx';
import type { Rule } from './rule-text.ts';

type Body = BodyOf<typeof warnings.createRule>;
/** Levels as people type them: yuan, percent, minutes. */
type RuleForm = Omit<Body, 'against'> & { against: 'level' | 'target' };

const call = createClient();
const refreshed = [warnings.listRules, warnings.listSignals, warnings.listEntityStates];

/** Draws or moves a warning line; says what would fire now before anybody saves. */
export function RuleDialog({ rule, onClose }: { rule?: Rule; onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const language = useLanguage();
  const f = useFormat();
  const { all, find, titleOf } = useDefinitions();
  const [form] = Form.useForm<RuleForm>();
  const create = useSend(warnings.createRule, refreshed);
  const change = useSend(warnings.changeRule, refreshed);
  const preview = useMutation({
    mutationFn: (body: BodyOf<typeof warnings.previewRule>) => call(warnings.previewRule, { body }),
  });
  const [metric, against] = [Form.useWatch('metric', form) ?? rule?.metric, Form.useWatch('against', form) ?? rule?.against];
  const unit = against === 'target' ? 'ratio' : (find(metric ?? '')?.unit ?? 'count');
  const stored = (values: RuleForm): Body => ({
    ...values,
    fireLevel: fromTyped(unit, values.fireLevel),
    clearLevel: fromTyped(unit, values.clearLevel),
  });
  const done = { onSuccess: () => (toast(words('alerts.savedToast')), onClose()) };
  const submit = (values: RuleForm) => {
    if (rule) change.mutate({ params: { id: rule.id }, body: { ...stored(values), version: rule.version } }, done);
    else create.mutate({ body: stored(values) }, done);
  };
  const look = async () => {
    const values = await form.validateFields(['metric', 'entity', 'direction', 'fireLevel', 'clearLevel', 'against']);
    const { fireLevel, clearLevel } = stored(values);
    preview.mutate({
      metric: values.metric,
      entity: values.entity,
      direction: values.direction,
      against: values.against,
      fireLevel,
      clearLevel,
    });
  };
  const suffix = say(typedUnits[unit], language);
  return (
    <FormDialog<RuleForm>
      form={form}
      title={words(rule ? 'alerts.editRule' : 'alerts.newRule')}
      act={words('alerts.saveRule')}
      isOpen
      isBusy={create.isPending || change.isPending}
      error={create.error ?? change.error}
      initial={initialOf(rule, unit)}
      onClose={onClose}
      onSubmit={submit}
      width={600}
    >
      <Field name="name" label={words('alerts.name')}>
        <Input maxLength={120} />
      </Field>
      <Field name="nameEn" label={words('alerts.nameEn')}>
        <Input maxLength={120} lang="en" />
      </Field>
      <div className="field-pair">
        <Field name="metric" label={words('alerts.metric')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={all.map(({ name }) => ({ value: name, label: titleOf(name) }))}
          />
        </Field>
        <Field name="entity" label={words('alerts.kind')}>
          <Select options={warnings.entityKinds.map((value) => ({ value, label: term(warningEntities, value) }))} />
        </Field>
        <Field name="against" label={words('alerts.against')}>
          <Select
            options={[
              { value: 'level', label: words('alerts.againstLevel') },
              { value: 'target', label: words('alerts.againstTarget') },
            ]}
          />
        </Field>
        <Field name="direction" label={words('alerts.direction')}>
          <Select
            options={[
              { value: 'below', label: words('alerts.directionBelow') },
              { value: 'above', label: words('alerts.directionAbove') },
            ]}
          />
        </Field>
        <Field name="fireLevel" label={words('alerts.fireLevel')}>
          <InputNumber suffix={suffix} />
        </Field>
        <Field name="clearLevel" label={words('alerts.clearLevel')} help={words('alerts.clearHelp')}>
          <InputNumber suffix={suffix} />
        </Field>
        <Field name="holdMinutes" label={words('alerts.holdMinutes')}>
          <InputNumber min={0} max={43_200} precision={0} suffix={words('alerts.minutes')} />
        </Field>
        <Form.Item name="isActive" label={words('alerts.isActive')} valuePropName="checked" required>
          <Switch aria-label={words('alerts.isActive')} />
        </Form.Item>
      </div>
      <Button onClick={() => void look().catch(() => undefined)} loading={preview.isPending}>
        {words('alerts.preview')}
      </Button>
      {preview.data && (
        <p className="notice" aria-live="polite">
          {words('alerts.wouldFire', { fire: preview.data.wouldFire, watched: preview.data.watched })}
          {preview.data.examples.length > 0 &&
            `: ${preview.data.examples
              .slice(0, 5)
              .map((one) => `${one.entityKey} ${exactFigure(unit, one.value, f)}`)
              .join(words('list.comma'))}`}
        </p>
      )}
      <ErrorNote error={preview.error} />
    </FormDialog>
  );
}

function initialOf(rule: Rule | undefined, unit: Parameters<typeof toTyped>[0]): Partial<RuleForm> {
  if (!rule) return { entity: 'sku', direction: 'below', against: 'level', holdMinutes: 0, isActive: true };
  const { name, nameEn, metric, entity, direction, fireLevel, clearLevel, holdMinutes, isActive, against } = rule;
  return {
    name,
    nameEn,
    metric,
    entity,
    direction,
    holdMinutes,
    isActive,
    against,
    fireLevel: toTyped(unit, fireLevel),
    clearLevel: toTyped(unit, clearLevel),
  };
}
