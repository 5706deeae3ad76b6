import { useQuery } from '@tanstack/react-query';
import { type BodyOf, orders } from '@tongshang/contract';
import { Form, Input, Radio } from 'antd';
import { useNavigate } from 'react-router';
import { ask, useSend } from '../../../lib/api.ts';
import { useFormat } from '../../../lib/format.ts';
import { useTerm, useWords } from '../../../lib/language.ts';
import { useMay } from '../../../lib/session.ts';
import { FormDialog } from '../../../parts/dialog.tsx';
import { ErrorNote } from '../../../parts/error-state.tsx';
import { Field } from '../../../parts/form.tsx';
import { bulkActionWords } from './run-terms.ts';

type Filter = BodyOf<typeof orders.startBulkRun>['filter'];
interface WholeForm {
  action: (typeof orders.bulkActions)[number];
  reason?: string;
}

const rights = { release: 'orders.release', cancel: 'orders.cancel' } as const;

/** The same for every order that the filter finds, by the server: says how many it would reach before it starts. */
export default function WholeDialog({ filter, onClose }: { filter: Filter; onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const { count } = useFormat();
  const mayDo = useMay();
  const navigate = useNavigate();
  const [form] = Form.useForm<WholeForm>();
  const open = orders.bulkActions.filter((one) => mayDo(rights[one]));
  const action = Form.useWatch('action', form) ?? open[0] ?? 'release';
  const preview = useQuery({ ...ask(orders.previewBulkRun, { body: { action, filter } }), staleTime: 0 });
  const start = useSend(orders.startBulkRun, [orders.listBulkRuns]);
  const able = preview.data?.able;
  return (
    <FormDialog<WholeForm>
      form={form}
      title={words('bulk.whole')}
      act={!able ? words('bulk.start') : words(`bulk.act.${action}`, { count: able })}
      {...(action === 'cancel' && { wayOut: words('bulk.keep') })}
      isOpen
      isDanger={action === 'cancel'}
      isBusy={start.isPending}
      error={start.error}
      initial={{ action }}
      onClose={onClose}
      width={560}
      onSubmit={({ action: chosen, reason }) => {
        if (able === undefined || able === 0) return; // said above the button
        start.mutate(
          { body: { action: chosen, filter, ...(chosen === 'cancel' && reason && { reason }) } },
          { onSuccess: (run) => void navigate(`/sell/orders/bulk/${run.id}?state=refused`) },
        );
      }}
    >
      <Field name="action" label={words('bulk.action')}>
        <Radio.Group options={open.map((value) => ({ value, label: term(bulkActionWords, value) }))} />
      </Field>
      <p className="dialog-text" aria-live="polite">
        {preview.data === undefined
          ? words('state.loading')
          : words('bulk.wholeText', {
              total: count(preview.data.total),
              able: count(preview.data.able),
              unable: count(preview.data.total - preview.data.able),
            })}
      </p>
      {able === 0 && <p className="notice">{words('bulk.wholeNone')}</p>}
      <ErrorNote error={preview.error} />
      {action === 'cancel' && (
        <Field name="reason" label={words('form.reason')}>
          <Input maxLength={200} />
        </Field>
      )}
      <p className="third">{words('bulk.wholeNote', { max: count(orders.bulkRowsMax) })}</p>
    </FormDialog>
  );
}
