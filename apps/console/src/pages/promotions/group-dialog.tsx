import { type GroupMode, groupModes as groupModeCodes, promotions } from '@tongshang/contract';
import { groupModes, groupModeTexts, priceStages } from '@tongshang/ui';
import { Form, Input, InputNumber, Select } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { Dialog, FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import type { GroupEdit, PromotionGroup } from './groups-page.tsx';

interface GroupForm {
  name: string;
  nameEn: string;
  mode: GroupMode;
  parentId?: string | undefined;
  priority: number;
}

const refreshed = [promotions.listPromotionGroups, promotions.listPromotions, promotions.getPromotion];

/** A new group, or a changed one; what its mode means stands under it. */
export function GroupDialog({
  edit,
  groups,
  onClose,
}: {
  edit: GroupEdit;
  groups: readonly PromotionGroup[];
  onClose: () => void;
}) {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const [form] = Form.useForm<GroupForm>();
  const create = useSend(promotions.createPromotionGroup, refreshed);
  const save = useSend(promotions.savePromotionGroup, refreshed);
  const group = 'group' in edit ? edit.group : undefined;
  const stage = 'group' in edit ? edit.group.stage : edit.stage;
  const initial: GroupForm = group
    ? {
        name: group.name,
        nameEn: group.nameEn,
        mode: group.mode,
        priority: group.priority,
        parentId: group.parentId ?? undefined,
      }
    : {
        name: '',
        nameEn: '',
        mode: 'sequence',
        priority: 0,
        parentId: ('group' in edit ? undefined : edit.parentId) ?? undefined,
      };
  const mode = Form.useWatch('mode', form) ?? initial.mode;
  const submit = ({ parentId, ...rest }: GroupForm) => {
    const body = { ...rest, stage, parentId: parentId ?? null };
    const done = {
      onSuccess: (saved: PromotionGroup) => {
        toast(words(saved.change ? 'promo.groupWaitsToast' : 'promo.groupSavedToast', { name: rest.name }));
        onClose();
      },
    };
    if (group) save.mutate({ params: { id: group.id }, body: { ...body, version: group.version } }, done);
    else create.mutate({ body }, done);
  };
  return (
    <FormDialog<GroupForm>
      form={form}
      title={
        group ? words('promo.editGroup', { name: name(group) }) : words('promo.newGroup', { stage: term(priceStages, stage) })
      }
      act={words(group ? 'promo.saveGroup' : 'promo.createGroup')}
      isOpen
      isBusy={create.isPending || save.isPending}
      error={create.error ?? save.error}
      initial={initial}
      onClose={onClose}
      onSubmit={submit}
    >
      <Field name="name" label={words('promo.name')}>
        <Input maxLength={60} />
      </Field>
      <Field name="nameEn" label={words('promo.nameEn')}>
        <Input maxLength={60} lang="en" />
      </Field>
      <Field name="mode" label={words('promo.mode')} help={term(groupModeTexts, mode)}>
        <Select options={groupModeCodes.map((value) => ({ value, label: term(groupModes, value) }))} />
      </Field>
      <Field name="parentId" label={words('promo.insideGroup')} isOptional>
        <Select
          allowClear
          placeholder={words('promo.noGroup')}
          options={groups
            .filter((one) => one.stage === stage && one.id !== group?.id)
            .map((one) => ({ value: one.id, label: name(one) }))}
        />
      </Field>
      <Field name="priority" label={words('promo.priority')} help={words('promo.priorityHelp')}>
        <InputNumber min={-1000} max={1000} precision={0} />
      </Field>
    </FormDialog>
  );
}

export function RemoveGroupDialog({ group, onClose }: { group: PromotionGroup; onClose: () => void }) {
  const words = useWords();
  const name = useName();
  const remove = useSend(promotions.deletePromotionGroup, refreshed);
  return (
    <Dialog
      title={words('promo.removeGroupTitle', { name: name(group) })}
      act={words('promo.removeGroupAct')}
      isOpen
      isDanger
      isBusy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onAct={() =>
        remove.mutate(
          { params: { id: group.id } },
          { onSuccess: () => (toast(words('promo.groupRemovedToast', { name: name(group) })), onClose()) },
        )
      }
    >
      <p>{words('promo.removeGroupText')}</p>
    </Dialog>
  );
}
