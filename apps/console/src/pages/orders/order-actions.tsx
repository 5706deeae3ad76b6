import { orders } from '@tongshang/contract';
import { carriers, orderStates } from '@tongshang/ui';
import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { FormDialog } from '../../parts/dialog.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Field } from '../../parts/form.tsx';
import { MayButton } from '../../parts/may.tsx';
import { CancelLinesDialog } from './cancel-lines-dialog.tsx';
import { RecipientDialog } from './recipient-dialog.tsx';
import { isStale, showAsIs } from './stale.ts';
import { type Move, whyNot } from './why-not.ts';
import { leftOf } from './refund-share.ts';
import { ReturnDialog } from './return-dialog.tsx';
import type { Order } from './order-page.tsx';

const refreshed = [orders.getOrder, orders.listOrders, orders.countOrders];

/** The order's next steps. One that the state forbids stays visible and says from which state it would go. */
export function OrderActions({ order }: { order: Order }) {
  const words = useWords();
  const term = useTerm();
  const [dialog, setDialog] = useState<'ship' | 'cancel' | 'lines' | 'return' | 'recipient' | undefined>();
  const release = useSend(orders.releaseOrder, refreshed);
  const deliver = useSend(orders.deliverOrder, refreshed);
  const close = () => setDialog(undefined);
  const seen = { params: { orderId: order.id }, body: { version: order.version } };
  const not = (move: Move): string | undefined =>
    order.moves.includes(move) ? undefined : whyNot(move, order.state, words, (state) => term(orderStates, state));
  const next = order.moves[0];
  const style = (move: Move) => (next === move ? ({ type: 'primary' } as const) : {});
  const isSold = order.state === 'partly_shipped' || order.state === 'shipped' || order.state === 'delivered';
  return (
    <>
      <MayButton
        need="orders.release"
        not={not('released')}
        {...style('released')}
        loading={release.isPending}
        onClick={() =>
          release.mutate(seen, {
            onSuccess: () => toast(words('orders.releasedToast', { number: order.number })),
            onError: showAsIs,
          })
        }
      >
        {words('orders.release')}
      </MayButton>
      <MayButton need="orders.ship" not={not('shipped')} {...style('shipped')} onClick={() => setDialog('ship')}>
        {words('orders.ship')}
      </MayButton>
      <MayButton
        need="orders.ship"
        not={not('delivered')}
        {...style('delivered')}
        loading={deliver.isPending}
        onClick={() =>
          deliver.mutate(seen, {
            onSuccess: () => toast(words('orders.deliveredToast', { number: order.number })),
            onError: showAsIs,
          })
        }
      >
        {words('orders.deliver')}
      </MayButton>
      {order.attention === 'address_incomplete' && (
        <MayButton need="orders.release" onClick={() => setDialog('recipient')}>
          {words('orders.mendAddress')}
        </MayButton>
      )}
      <MayButton need="returns.record" not={isSold ? undefined : words('orders.notReturn')} onClick={() => setDialog('return')}>
        {words('orders.recordReturn')}
      </MayButton>
      {order.moves.includes('cancelled') && isSplittable(order) && (
        <MayButton
          need="orders.cancel"
          not={order.state === 'placed' ? words('orders.cancelLinesUnpaid') : undefined}
          onClick={() => setDialog('lines')}
        >
          {words('orders.cancelLines')}
        </MayButton>
      )}
      <MayButton need="orders.cancel" danger not={not('cancelled')} onClick={() => setDialog('cancel')}>
        {words('orders.cancel')}
      </MayButton>
      <Stale error={release.error ?? deliver.error} />
      {dialog === 'ship' && <ShipDialog order={order} onClose={close} />}
      {dialog === 'lines' && <CancelLinesDialog order={order} onClose={close} />}
      {dialog === 'cancel' && <CancelDialog order={order} onClose={close} />}
      {dialog === 'return' && <ReturnDialog order={order} onClose={close} />}
      {dialog === 'recipient' && <RecipientDialog order={order} onClose={close} />}
    </>
  );
}

/** Whether less than everything can be called off. */
const isSplittable = (order: Order): boolean => order.lines.reduce((sum, line) => sum + leftOf(line), 0) > 1;

/** What went wrong; an order that has moved on meanwhile is shown as it is now. */
function Stale({ error }: { error: Error | null }) {
  const words = useWords();
  return (
    <>
      <ErrorNote error={error} />
      {isStale(error) && <span className="second">{words('orders.refreshed')}</span>}
    </>
  );
}

interface ShipForm {
  carrier: string;
  trackingNumber: string;
}

function ShipDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const words = useWords();
  const [form] = Form.useForm<ShipForm>();
  const ship = useSend(orders.shipOrder, refreshed);
  return (
    <FormDialog<ShipForm>
      form={form}
      title={words('orders.shipTitle', { number: order.number })}
      act={words('orders.shipAct')}
      isOpen
      isBusy={ship.isPending}
      error={ship.error}
      initial={{}}
      onClose={onClose}
      onSubmit={(body) =>
        ship.mutate(
          { params: { orderId: order.id }, body: { ...body, version: order.version } },
          {
            onError: showAsIs,
            onSuccess: () => {
              toast(words('orders.shippedToast', { number: order.number }));
              onClose();
            },
          },
        )
      }
    >
      <Field name="carrier" label={words('orders.carrier')}>
        <Select showSearch options={carriers.map((carrier) => ({ value: carrier, label: carrier }))} />
      </Field>
      <Field name="trackingNumber" label={words('orders.tracking')}>
        <Input autoComplete="off" maxLength={64} />
      </Field>
    </FormDialog>
  );
}

function CancelDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const words = useWords();
  const { money, count } = useFormat();
  const [form] = Form.useForm<{ reason: string }>();
  const cancel = useSend(orders.cancelOrder, refreshed);
  return (
    <FormDialog<{ reason: string }>
      form={form}
      title={words('orders.cancelTitle', { number: order.number })}
      act={words('orders.cancelAct')}
      wayOut={words('bulk.keep')}
      isOpen
      isDanger
      isBusy={cancel.isPending}
      error={cancel.error}
      initial={{}}
      onClose={onClose}
      onSubmit={({ reason }) =>
        cancel.mutate(
          { params: { orderId: order.id }, body: { reason, version: order.version } },
          {
            onError: showAsIs,
            onSuccess: () => {
              toast(words('orders.cancelledToast', { number: order.number }));
              onClose();
            },
          },
        )
      }
    >
      <p className="dialog-text">
        {words(order.paidAt ? 'orders.cancelPaidText' : 'orders.cancelText')}
        {order.paidAt && ` ${words('orders.cancelPaidAmount', { amount: money(order.totalFen - order.cancelledFen) })}`}
        {order.pointsSpent > 0 && ` ${words('orders.cancelPoints', { points: count(order.pointsSpent) })}`}
      </p>
      <Field name="reason" label={words('form.reason')}>
        <Input.TextArea rows={2} maxLength={200} />
      </Field>
    </FormDialog>
  );
}
