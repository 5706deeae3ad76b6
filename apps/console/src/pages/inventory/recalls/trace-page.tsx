import { useSuspenseQuery } from '@tanstack/react-query';
import { recalls } from '@tongshang/contract';
import { Form, Input } from 'antd';
import { useState } from 'react';
import { type LoaderFunctionArgs, useNavigate, useSearchParams } from 'react-router';
import { client, q, useSend } from '../../../lib/api.ts';
import { useName, useWords } from '../../../lib/language.ts';
import { toast } from '../../../lib/toast.ts';
import { FormDialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/form.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { ObjectPage } from '../../../parts/object-page.tsx';
import { readPlaces } from '../../../parts/place-choice.tsx';
import { refreshed, type Trace } from './recall-query.ts';
import { TraceSections } from './trace-sections.tsx';

const traceOf = (url: URLSearchParams) =>
  q(recalls.traceLot, { query: { sku: url.get('sku') ?? '', lot: url.get('lot') ?? '' } });

export const loader = ({ request }: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(traceOf(new URL(request.url).searchParams)), readPlaces()]);

/** Where a lot came from, lies and went, before anybody recalls it. */
export function Page() {
  const words = useWords();
  const name = useName();
  const [url] = useSearchParams();
  const { data } = useSuspenseQuery(traceOf(url));
  const [isOpen, setOpen] = useState(false);
  return (
    <ObjectPage
      title={words('recalls.traceTitle', { lot: data.lot })}
      module={words('nav.recalls')}
      back={{ to: '/supply/recalls', text: words('nav.recalls') }}
      id={data.lot}
      facts={`${data.sku} ${name(data)}`}
      actions={
        <MayButton need="inventory.recall" type="primary" danger onClick={() => setOpen(true)}>
          {words('recalls.start')}
        </MayButton>
      }
    >
      <TraceSections trace={data} isBlocked={false} />
      {isOpen && <StartDialog trace={data} onClose={() => setOpen(false)} />}
    </ObjectPage>
  );
}

/** What the recall will stop, by number, before anybody presses. */
function StartDialog({ trace, onClose }: { trace: Trace; onClose: () => void }) {
  const words = useWords();
  const name = useName();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ reason: string }>();
  const start = useSend(recalls.startRecall, refreshed);
  return (
    <FormDialog<{ reason: string }>
      form={form}
      title={words('recalls.startTitle', { lot: trace.lot, name: name(trace) })}
      act={words('recalls.startAct', { units: trace.totals.onHand })}
      isOpen
      isDanger
      isBusy={start.isPending}
      error={start.error}
      initial={{}}
      onClose={onClose}
      onSubmit={({ reason }) =>
        start.mutate(
          { body: { sku: trace.sku, lot: trace.lot, reason } },
          {
            onSuccess: (recall) => {
              toast(words('recalls.startedToast', { number: recall.number }));
              void navigate(`/supply/recalls/${recall.id}`);
            },
          },
        )
      }
    >
      <p className="dialog-text">
        {words('recalls.startText', {
          units: trace.totals.onHand,
          waiting: trace.totals.waiting,
          orders: trace.totals.orders,
        })}
      </p>
      <Field name="reason" label={words('form.reason')} help={words('recalls.reasonHelp')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </FormDialog>
  );
}
