import { collection, RefusedError } from '@tongshang/contract';
import { Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { forget, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useActor, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { ChangedNotice } from './changed-notice.tsx';
import { PlanGrid } from './plan-grid.tsx';
import type { PlannedEvent } from './plan-page.tsx';
import { type DraftProperty, draftOf, faultsOf, propertiesOf } from './plan-rows.ts';

interface PlanForm {
  name: string;
  isEnforced: boolean;
  isServerOnly: boolean;
}

interface PlanDialogProps {
  event?: PlannedEvent;
  /** The plan as it stands, read anew when somebody else has changed it. */
  events: readonly PlannedEvent[];
  onClose: () => void;
}

/** Plans an event, or changes its plan. Who was overtaken sees that and chooses; nothing typed is lost before. */
export function PlanDialog({ event, events, onClose }: PlanDialogProps) {
  const words = useWords();
  const [form] = Form.useForm<PlanForm>();
  const [rows, setRows] = useState<DraftProperty[]>(() => draftOf(event?.properties ?? []));
  const [version, setVersion] = useState(event?.version ?? 0);
  const [isTried, setTried] = useState(false);
  const save = useSend(collection.putPlannedEvent, [collection.listPlan, collection.listViolations]);
  const standing = events.find(({ name }) => name === event?.name);
  const isChanged = standing !== undefined && standing.version !== version && !save.isPending;
  const submit = ({ name, isEnforced, isServerOnly }: PlanForm) => {
    setTried(true);
    if (faultsOf(rows).length > 0) return;
    const planned = event?.name ?? name.trim();
    save.mutate(
      { params: { name: planned }, body: { properties: propertiesOf(rows), isEnforced, isServerOnly, version } },
      {
        onSuccess: () => {
          toast(words('plan.savedToast', { name: planned }));
          onClose();
        },
        onError: (error) => {
          if (error instanceof RefusedError && error.code === 'plan.changed') void forget(collection.listPlan);
        },
      },
    );
  };
  const takeTheirs = () => {
    if (standing === undefined) return;
    setRows(draftOf(standing.properties));
    form.setFieldsValue({ isEnforced: standing.isEnforced, isServerOnly: standing.isServerOnly });
    keepMine();
  };
  const keepMine = () => {
    if (standing !== undefined) setVersion(standing.version);
    save.reset();
  };
  return (
    <FormDialog<PlanForm>
      form={form}
      title={event ? words('plan.editOf', { name: event.name }) : words('plan.addTitle')}
      act={words('plan.save')}
      isOpen
      isBusy={save.isPending}
      error={isChanged ? undefined : save.error}
      initial={event ? { name: event.name, isEnforced: event.isEnforced, isServerOnly: event.isServerOnly } : newEvent}
      onClose={onClose}
      onSubmit={submit}
      width={860}
    >
      {event === undefined && <NameField events={events} />}
      <Form.Item name="isEnforced" valuePropName="checked">
        <Checkbox>{words('plan.enforcedText')}</Checkbox>
      </Form.Item>
      <Form.Item name="isServerOnly" valuePropName="checked">
        <Checkbox>{words('plan.serverOnlyText')}</Checkbox>
      </Form.Item>
      <PlanGrid rows={rows} onChange={setRows} isTried={isTried} />
      {isChanged && <Overtaken standing={standing} onTheirs={takeTheirs} onMine={keepMine} />}
    </FormDialog>
  );
}

const newEvent: Partial<PlanForm> = { isEnforced: false, isServerOnly: false };

function Overtaken({ standing, onTheirs, onMine }: { standing: PlannedEvent; onTheirs: () => void; onMine: () => void }) {
  const words = useWords();
  const f = useFormat();
  const actor = useActor();
  return (
    <ChangedNotice
      text={words('plan.changedMeanwhile', {
        who: actor(standing.changedBy),
        at: f.instant(standing.changedAt),
        count: standing.properties.length,
      })}
      onTheirs={onTheirs}
      onMine={onMine}
    >
      <p className="second">{standing.properties.map(({ name }) => name).join(words('list.comma')) || '—'}</p>
    </ChangedNotice>
  );
}

function NameField({ events }: { events: readonly PlannedEvent[] }) {
  const words = useWords();
  return (
    <Field
      name="name"
      label={words('plan.event')}
      help={words('plan.nameHelp')}
      rules={[
        {
          validator: (_, text: string | undefined) =>
            events.some(({ name }) => name === text?.trim())
              ? Promise.reject(new Error(words('plan.exists')))
              : Promise.resolve(),
        },
      ]}
    >
      <Input maxLength={200} autoComplete="off" />
    </Field>
  );
}
