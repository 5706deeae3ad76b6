import { useSuspenseQuery } from '@tanstack/react-query';
import { recalls } from '@tongshang/contract';
import { recallBuyerStates, recallStates } from '@tongshang/ui';
import { Form, Input } from 'antd';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client, useSend } from '../../../lib/api.ts';
import { csv } from '../../../lib/csv.ts';
import { download } from '../../../lib/download.ts';
import { useFormat } from '../../../lib/format.ts';
import { useName, useTerm, useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { FormDialog } from '../../../parts/dialog.tsx';
import { ErrorNote } from '../../../parts/error-state.tsx';
import { Field } from '../../../parts/form.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { ObjectPage } from '../../../parts/object-page.tsx';
import { readPlaces } from '../../../parts/place-choice.tsx';
import { StatusTag } from '../../../parts/status-tag.tsx';
import { type Recall, recallOf, refreshed, showAsIs } from './recall-query.ts';
import { TraceSections } from './trace-sections.tsx';
import '../../../supply.css';

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(recallOf(params['id'])), readPlaces()]);

/** One recall: what is blocked, where everything is, who has it; until it is closed or was a false alarm. */
export function Page() {
  const words = useWords();
  const name = useName();
  const term = useTerm();
  const { instant } = useFormat();
  const { data } = useSuspenseQuery(recallOf(useParams()['id']));
  const [dialog, setDialog] = useState<'close' | 'lift' | undefined>();
  const not = data.state === 'open' ? undefined : words('recalls.notNow', { now: term(recallStates, data.state) });
  return (
    <ObjectPage
      title={data.number}
      module={words('nav.recalls')}
      back={{ to: '/supply/recalls', text: words('nav.recalls') }}
      id={data.number}
      status={<StatusTag status={recallStates[data.state]} code={data.state} />}
      facts={
        <>
          <Link to={`/supply/stock/${encodeURIComponent(data.sku)}`}>
            {data.sku} {name(data)}
          </Link>{' '}
          · {words('recalls.facts', { lot: data.lot, reason: data.reason, by: data.startedBy, at: instant(data.startedAt) })}
        </>
      }
      actions={
        <>
          <MayButton need="inventory.recall" not={not} onClick={() => setDialog('close')}>
            {words('recalls.close')}
          </MayButton>
          <MayButton need="inventory.recall" danger not={not} onClick={() => setDialog('lift')}>
            {words('recalls.lift')}
          </MayButton>
        </>
      }
    >
      {data.state === 'open' && (
        <p className="notice" role="status">
          {words('recalls.blockedNow', { units: data.trace.totals.onHand })}
        </p>
      )}
      {data.endReason !== null && (
        <p className="notice">
          {words('recalls.ended', {
            state: term(recallStates, data.state),
            by: data.endedBy ?? '—',
            at: instant(data.endedAt),
            reason: data.endReason,
          })}
        </p>
      )}
      <TraceSections trace={data.trace} isBlocked={data.state !== 'lifted'} buyersExtra={<Notices recall={data} />} />
      {dialog && <EndDialog recall={data} how={dialog} onClose={() => setDialog(undefined)} />}
    </ObjectPage>
  );
}

/** The list by which buyers are told, with full contacts: who takes it is written down. */
function Notices({ recall }: { recall: Recall }) {
  const words = useWords();
  const term = useTerm();
  const take = useSend(recalls.exportNotices);
  const save = () =>
    take.mutate(
      { params: { id: recall.id } },
      {
        onSuccess: (list) => {
          const head = ['order', 'name', 'phone', 'units', 'state', 'shippedOn'] as const;
          const rows = list.items.map((one) => [
            one.orderNumber,
            one.name ?? '',
            one.phone ?? '',
            String(one.quantity),
            term(recallBuyerStates, one.state),
            one.shippedOn ?? '',
          ]);
          download(csv([head.map((key) => words(`recalls.csv.${key}`)), ...rows]), `${list.number}.csv`);
          toast(words('recalls.exportedToast', { rows: rows.length }));
        },
      },
    );
  return (
    <span className="row">
      <MayButton need="customers.reveal" size="small" loading={take.isPending} onClick={save}>
        {words('recalls.export')}
      </MayButton>
      <ErrorNote error={take.error} />
    </span>
  );
}

function EndDialog({ recall, how, onClose }: { recall: Recall; how: 'close' | 'lift'; onClose: () => void }) {
  const words = useWords();
  const [form] = Form.useForm<{ reason: string }>();
  const close = useSend(recalls.closeRecall, refreshed);
  const lift = useSend(recalls.liftRecall, refreshed);
  const send = how === 'close' ? close : lift;
  return (
    <FormDialog<{ reason: string }>
      form={form}
      title={words(`recalls.${how}Title`, { number: recall.number })}
      act={words(`recalls.${how}Act`)}
      isOpen
      isDanger={how === 'lift'}
      isBusy={send.isPending}
      error={send.error}
      initial={{}}
      onClose={onClose}
      onSubmit={(body) =>
        send.mutate(
          { params: { id: recall.id }, body },
          {
            onError: showAsIs,
            onSuccess: () => {
              toast(words(`recalls.${how}Toast`, { number: recall.number }));
              onClose();
            },
          },
        )
      }
    >
      <p className="dialog-text">{words(`recalls.${how}Text`, { units: recall.trace.totals.onHand })}</p>
      <Field name="reason" label={words('form.reason')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </FormDialog>
  );
}
