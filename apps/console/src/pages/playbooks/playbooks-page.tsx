import { useSuspenseQuery } from '@tanstack/react-query';
import { playbooks, type ReplyOf, type Role, roles } from '@tongshang/contract';
import { playbookKinds, roleWords } from '@tongshang/ui';
import { Form, InputNumber, Switch } from 'antd';
import { useState } from 'react';
import { client, q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Section } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { numberFields, settingForm, settingOf, type SettingForm } from './setting-form.ts';

export type Setting = ReplyOf<typeof playbooks.listSettings>['items'][number];

const settings = q(playbooks.listSettings);
export const loader = () => client.ensureQueryData(settings);

/** How each playbook decides: what a rule may approve, who may approve how much, and by which numbers it reckons. */
export function Page() {
  const words = useWords();
  const { data } = useSuspenseQuery(settings);
  return (
    <div className="stack">
      <PageHead title={words('nav.playbooks')} module={words('wing.steer')} about={words('playbooks.about')} />
      {data.items.map((setting) => (
        <SettingCard key={`${setting.playbook} ${setting.version}`} setting={setting} />
      ))}
    </div>
  );
}

function SettingCard({ setting }: { setting: Setting }) {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const mayEdit = useMay()('decisions.configure');
  const [form] = Form.useForm<SettingForm>();
  const [isDirty, setDirty] = useState(false);
  const change = useSend(playbooks.changeSetting, [playbooks.listSettings]);
  const save = (values: SettingForm) =>
    change.mutate(
      { params: { playbook: setting.playbook }, body: settingOf(setting, values) },
      { onSuccess: () => toast(words('playbooks.savedToast', { playbook: term(playbookKinds, setting.playbook) })) },
    );
  const approvers: readonly Role[] = roles.filter((role) => setting.params.approverLimitsFen[role] !== undefined);
  return (
    <Section
      title={term(playbookKinds, setting.playbook)}
      extra={
        <span className="third">
          {words('playbooks.changed', { version: setting.version, who: setting.changedBy, at: f.instant(setting.changedAt) })}
        </span>
      }
    >
      <Form<SettingForm>
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={!mayEdit}
        className="option-grid"
        initialValues={settingForm(setting)}
        onValuesChange={() => setDirty(true)}
        onFinish={save}
      >
        <Form.Item name="isActive" label={words('playbooks.isActive')} valuePropName="checked">
          <Switch aria-label={words('playbooks.isActive')} />
        </Form.Item>
        {numberFields(setting.playbook).map(({ name, unit, min, max }) => (
          <Form.Item
            key={name}
            name={['numbers', name]}
            label={words(`playbooks.${name}`)}
            rules={[{ required: true, message: words('form.missing', { name: words(`playbooks.${name}`) }) }]}
          >
            <InputNumber min={min} max={max} suffix={unit === 'yuan' ? '¥' : unit === 'percent' ? '%' : undefined} />
          </Form.Item>
        ))}
        {approvers.map((role) => (
          <Form.Item
            key={role}
            name={['limits', role]}
            label={words('playbooks.limitOf', { role: term(roleWords, role) })}
            extra={words('playbooks.limitHelp')}
          >
            <InputNumber min={0} suffix="¥" />
          </Form.Item>
        ))}
      </Form>
      <ErrorNote error={change.error} />
      <MayButton
        need="decisions.configure"
        type="primary"
        loading={change.isPending}
        not={isDirty ? undefined : words('playbooks.nothingChanged')}
        onClick={() => form.submit()}
      >
        {words('playbooks.save')}
      </MayButton>
    </Section>
  );
}
