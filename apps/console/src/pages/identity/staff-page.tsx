import { useSuspenseQuery } from '@tanstack/react-query';
import { identity, permissions, permissionsOf, type ReplyOf, roles } from '@tongshang/contract';
import { permissionWords, roleWords } from '@tongshang/ui';
import { useState } from 'react';
import { client, q, useSend } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { useSession } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Section } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { StaffDialog } from './staff-dialog.tsx';

const staff = q(identity.listStaff);
export const loader = () => client.ensureQueryData(staff);
export type StaffMember = ReplyOf<typeof identity.listStaff>['items'][number];

const active = { tone: 'good', zh: '在职', en: 'Active' } as const;
const closed = { tone: 'neutral', zh: '已停用', en: 'Closed' } as const;

const columns: readonly Column<StaffMember>[] = [
  { key: 'name', title: 'staff.name', show: (one) => one.name },
  { key: 'email', title: 'staff.email', show: (one) => one.email },
  { key: 'role', title: 'staff.role', show: (one, { term }) => term(roleWords, one.role) },
  { key: 'store', title: 'staff.store', show: (one) => one.location ?? '—' },
  { key: 'since', title: 'staff.since', show: (one, { f }) => f.instant(one.createdAt) },
  { key: 'state', title: 'staff.state', show: (one) => <StatusTag status={one.isActive ? active : closed} code="" /> },
];

/** Who works here, in which post, and what each post may. */
export function Page() {
  const words = useWords();
  const { data } = useSuspenseQuery(staff);
  const [edited, setEdited] = useState<StaffMember | 'new' | undefined>();
  const [closing, setClosing] = useState<StaffMember | undefined>();
  return (
    <div className="stack">
      <PageHead
        title={words('nav.staff')}
        module={words('wing.settings')}
        actions={
          <MayButton need="identity.edit" type="primary" onClick={() => setEdited('new')}>
            {words('staff.add')}
          </MayButton>
        }
      />
      <div className="card">
        <DataTable
          caption={words('nav.staff')}
          columns={columns}
          rows={data.items}
          rowKey={(one) => one.id}
          rowActions={(one) => <RowActions one={one} onEdit={() => setEdited(one)} onClose={() => setClosing(one)} />}
        />
      </div>
      <Rights />
      {edited && <StaffDialog {...(edited !== 'new' && { member: edited })} onClose={() => setEdited(undefined)} />}
      {closing && <CloseDialog member={closing} onClose={() => setClosing(undefined)} />}
    </div>
  );
}

function RowActions({ one, onEdit, onClose }: { one: StaffMember; onEdit: () => void; onClose: () => void }) {
  const words = useWords();
  const me = useSession();
  const reopen = useSend(identity.reactivateStaff, [identity.listStaff]);
  return (
    <span className="row row-end">
      <MayButton
        need="identity.edit"
        size="small"
        type="link"
        aria-label={words('staff.changeRoleOf', { name: one.name })}
        onClick={onEdit}
      >
        {words('staff.changeRole')}
      </MayButton>
      {one.isActive ? (
        <MayButton
          need="identity.edit"
          size="small"
          type="link"
          danger
          not={one.id === me.id ? words('staff.notSelf') : undefined}
          aria-label={words('staff.closeOf', { name: one.name })}
          onClick={onClose}
        >
          {words('staff.close')}
        </MayButton>
      ) : (
        <MayButton
          need="identity.edit"
          size="small"
          type="link"
          loading={reopen.isPending}
          aria-label={words('staff.reopenOf', { name: one.name })}
          onClick={() =>
            reopen.mutate(
              { params: { id: one.id } },
              { onSuccess: () => toast(words('staff.reopenedToast', { name: one.name })) },
            )
          }
        >
          {words('staff.reopen')}
        </MayButton>
      )}
    </span>
  );
}

function CloseDialog({ member, onClose }: { member: StaffMember; onClose: () => void }) {
  const words = useWords();
  const close = useSend(identity.deactivateStaff, [identity.listStaff]);
  return (
    <Dialog
      title={words('staff.closeTitle', { name: member.name })}
      act={words('staff.closeAct')}
      isOpen
      isDanger
      isBusy={close.isPending}
      error={close.error}
      onClose={onClose}
      onAct={() =>
        close.mutate(
          { params: { id: member.id } },
          { onSuccess: () => (toast(words('staff.closedToast', { name: member.name })), onClose()) },
        )
      }
    >
      <p>{words('staff.closeText')}</p>
    </Dialog>
  );
}

/** Which post holds which right. */
function Rights() {
  const words = useWords();
  const term = useTerm();
  return (
    <Section title={words('staff.rights')}>
      <div className="table-area rights" role="region" aria-label={words('staff.rights')} tabIndex={0}>
        <table className="table table-compact">
          <caption className="hidden">{words('staff.rights')}</caption>
          <thead>
            <tr>
              <th scope="col">{words('staff.right')}</th>
              {roles.map((role) => (
                <th key={role} scope="col">
                  {term(roleWords, role)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {permissions.map((right) => (
              <tr key={right}>
                <th scope="row">{term(permissionWords, right)}</th>
                {roles.map((role) => (
                  <td key={role}>
                    {permissionsOf[role].includes(right) ? (
                      words('staff.yes')
                    ) : (
                      <span className="third">{words('staff.no')}</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
