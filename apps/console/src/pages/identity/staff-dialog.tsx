import { useQuery } from '@tanstack/react-query';
import { identity, inventory, type Role, roles } from '@tongshang/contract';
import { roleWords } from '@tongshang/ui';
import { Form, Input, Select } from 'antd';
import { q, useSend } from '../../lib/api.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import type { StaffMember } from './staff-page.tsx';

interface StaffForm {
  name: string;
  email: string;
  password: string;
  role: Role;
  location?: string;
}

/** A new account, or another post for an old one. A clerk works in one store. */
export function StaffDialog({ member, onClose }: { member?: StaffMember; onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const [form] = Form.useForm<StaffForm>();
  const role = Form.useWatch('role', form);
  const places = useQuery(q(inventory.listLocations));
  const create = useSend(identity.createStaff, [identity.listStaff]);
  const change = useSend(identity.setStaffRole, [identity.listStaff]);
  const submit = (values: StaffForm) => {
    const post = { role: values.role, ...(values.role === 'clerk' && values.location && { location: values.location }) };
    const done = { onSuccess: () => (toast(words('staff.savedToast', { name: member?.name ?? values.name })), onClose()) };
    if (member) change.mutate({ params: { id: member.id }, body: post }, done);
    else create.mutate({ body: { name: values.name, email: values.email, password: values.password, ...post } }, done);
  };
  return (
    <FormDialog<StaffForm>
      form={form}
      title={member ? words('staff.changeRoleOf', { name: member.name }) : words('staff.add')}
      act={words('staff.save')}
      isOpen
      isBusy={create.isPending || change.isPending}
      error={create.error ?? change.error}
      initial={member ? { role: member.role, ...(member.location && { location: member.location }) } : {}}
      onClose={onClose}
      onSubmit={submit}
    >
      {!member && (
        <>
          <Field name="name" label={words('staff.name')}>
            <Input maxLength={50} autoComplete="off" />
          </Field>
          <Field name="email" label={words('staff.email')} rules={[{ type: 'email', message: words('staff.emailWrong') }]}>
            <Input type="email" maxLength={200} autoComplete="off" />
          </Field>
          <Field
            name="password"
            label={words('staff.password')}
            help={words('staff.passwordHelp')}
            rules={[{ min: 10, message: words('staff.passwordHelp') }]}
          >
            <Input.Password maxLength={128} autoComplete="new-password" />
          </Field>
        </>
      )}
      <Field name="role" label={words('staff.role')}>
        <Select options={roles.map((value) => ({ value, label: term(roleWords, value) }))} />
      </Field>
      {role === 'clerk' && (
        <Field name="location" label={words('staff.store')}>
          <Select
            options={
              places.data?.items.filter((one) => one.kind === 'store').map((one) => ({ value: one.code, label: name(one) })) ?? []
            }
          />
        </Field>
      )}
    </FormDialog>
  );
}
