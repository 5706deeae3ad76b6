import { useSuspenseQuery } from '@tanstack/react-query';
import { promotions, type ReplyOf, urlOf } from '@tongshang/contract';
import { couponBatchKinds, couponBatchStates, promotionStatuses } from '@tongshang/ui';
import { Progress } from 'antd';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useName, useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { GiveDialog } from './give-dialog.tsx';

export type Batch = ReplyOf<typeof promotions.getCouponBatch>;

const batch = (id = '') => q(promotions.getCouponBatch, { params: { id } });

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(batch(params['id']));

/** One batch: how far its codes are made, who has them, what they were used for. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const f = useFormat();
  const { id } = useParams();
  const { data } = useSuspenseQuery({
    ...batch(id),
    refetchInterval: ({ state }) => (state.data?.state === 'making' ? 1000 : false),
  });
  return (
    <ObjectPage
      title={data.name}
      module={words('nav.coupons')}
      back={{ to: '/grow/coupons', text: words('nav.coupons') }}
      id={data.number}
      status={<StatusTag status={couponBatchStates[data.state]} code={data.state} />}
      facts={words('coupons.facts', {
        number: data.number,
        kind: term(couponBatchKinds, data.kind),
        at: f.instant(data.createdAt),
        who: data.createdBy.name,
      })}
      actions={<BatchActions batch={data} />}
    >
      {data.state === 'making' && (
        <section className="card" aria-live="polite">
          <p>{words('coupons.making', { made: f.count(data.made), size: f.count(data.size) })}</p>
          <Progress percent={Math.floor((data.made / data.size) * 100)} aria-label={words('coupons.progress')} />
        </section>
      )}
      <Section title={words('coupons.codes')}>
        <Facts
          facts={[
            ...(data.code === null ? [] : [[words('coupons.word'), <code key="code">{data.code}</code>] as const]),
            [words('coupons.size'), f.count(data.size)],
            [words('coupons.given'), f.count(data.given)],
            [words('coupons.uses'), f.count(data.uses)],
            [words('coupons.usesPerCode'), data.usesPerCode === null ? words('promo.noLimit') : f.count(data.usesPerCode)],
            [
              words('coupons.usesPerCustomer'),
              data.usesPerCustomer === null ? words('promo.noLimit') : f.count(data.usesPerCustomer),
            ],
            [words('coupons.prefix'), data.prefix],
            [words('coupons.isPublic'), words(data.isPublic ? 'promo.yes' : 'promo.no')],
          ]}
        />
      </Section>
      <Section title={words('coupons.validity')}>
        <Facts
          facts={[
            [
              words('coupons.promotion'),
              <span key="promotion" className="row">
                <Link to={`/grow/promotions/${data.promotionId}`}>
                  {name({ name: data.promotionName, nameEn: data.promotionNameEn })}
                </Link>
                <StatusTag status={promotionStatuses[data.promotionStatus]} code={data.promotionStatus} />
              </span>,
            ],
            [words('promo.startsAt'), f.instant(data.validFrom)],
            [words('promo.endsAt'), data.validTo === null ? words('promo.openEnd') : f.instant(data.validTo)],
            [words('coupons.validDays'), data.validDays === null ? '—' : words('coupons.days', { days: data.validDays })],
          ]}
        />
      </Section>
    </ObjectPage>
  );
}

function BatchActions({ batch: data }: { batch: Batch }) {
  const words = useWords();
  const language = useLanguage();
  const [dialog, setDialog] = useState<'give' | 'stop'>();
  const notReady =
    data.state === 'ready' ? undefined : words(data.state === 'making' ? 'coupons.stillMaking' : 'coupons.isStopped');
  const file = urlOf(promotions.exportCoupons, { params: { id: data.id }, query: { language } });
  return (
    <>
      <MayButton need="promotions.edit" not={notReady} onClick={() => setDialog('give')}>
        {words('coupons.give')}
      </MayButton>
      <MayButton
        need="promotions.edit"
        not={
          data.state === 'making' ? words('coupons.stillMaking') : data.isPublic ? words('coupons.publicNotExported') : undefined
        }
        href={file}
        download
        data-export=""
      >
        {words('coupons.export')}
      </MayButton>
      <MayButton
        need="promotions.edit"
        danger
        not={data.state === 'stopped' ? words('coupons.isStopped') : undefined}
        onClick={() => setDialog('stop')}
      >
        {words('coupons.stop')}
      </MayButton>
      {dialog === 'give' && <GiveDialog batch={data} onClose={() => setDialog(undefined)} />}
      {dialog === 'stop' && <StopDialog batch={data} onClose={() => setDialog(undefined)} />}
    </>
  );
}

function StopDialog({ batch: data, onClose }: { batch: Batch; onClose: () => void }) {
  const words = useWords();
  const { count } = useFormat();
  const stop = useSend(promotions.stopCouponBatch, [
    promotions.getCouponBatch,
    promotions.listCouponBatches,
    promotions.lookUpCoupon,
  ]);
  return (
    <Dialog
      title={words('coupons.stopTitle', { name: data.name })}
      act={words('coupons.stopAct')}
      isOpen
      isDanger
      isBusy={stop.isPending}
      error={stop.error}
      onClose={onClose}
      onAct={() =>
        stop.mutate(
          { params: { id: data.id } },
          { onSuccess: () => (toast(words('coupons.stoppedToast', { name: data.name })), onClose()) },
        )
      }
    >
      <p>{words('coupons.stopText', { given: count(data.given), size: count(data.made), uses: count(data.uses) })}</p>
    </Dialog>
  );
}
