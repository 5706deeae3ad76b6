import { promotions } from '@tongshang/contract';
import { promotionStatuses } from '@tongshang/ui';
import { Dropdown, Form, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { useMay, useSession } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import { Dialog, FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import { MayButton } from '../../parts/may.tsx';
import type { Promotion } from './editor-page.tsx';
import { useSentence } from './sentence.ts';

type Move = 'submit' | 'approve' | 'reject' | 'pause' | 'resume' | 'end';
const shownMoves: readonly Move[] = ['submit', 'approve', 'reject', 'pause', 'resume', 'end'];

const refreshed = [
  promotions.getPromotion,
  promotions.listPromotionSteps,
  promotions.listPromotions,
  promotions.getPromotionResults,
  promotions.listPromotionGroups,
];

/** What may be done with a promotion now. A row shows the next step and keeps the rest behind a menu; the page shows them all. */
export function PromotionActions({ promotion, isRow = false }: { promotion: Promotion; isRow?: boolean }) {
  const words = useWords();
  const name = useName();
  const { id: me } = useSession();
  const mayDo = useMay();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<Move>();
  const duplicate = useSend(promotions.duplicatePromotion, refreshed);
  const open: readonly string[] = promotions.promotionMoves[promotion.state];
  const moves = promotion.status === 'ended' ? [] : shownMoves.filter((move) => open.includes(move));
  const isOwn = me === promotion.createdBy.id || me === promotion.changedBy.id;
  const whyNot = (move: Move): string | undefined => {
    if (move !== 'approve' || promotion.mayApprove) return undefined;
    return words(isOwn ? 'promo.notOwn' : 'promo.notApprove');
  };
  const copy = () =>
    duplicate.mutate(
      { params: { id: promotion.id } },
      {
        onSuccess: (made) => {
          toast(words('promo.duplicatedToast', { name: name(made) }));
          void navigate(`/grow/promotions/${made.id}/edit`);
        },
      },
    );
  const button = (move: Move) => (
    <MayButton
      key={move}
      need={move === 'approve' || move === 'reject' ? 'promotions.approve' : 'promotions.edit'}
      not={whyNot(move)}
      size={isRow ? 'small' : 'medium'}
      {...(!isRow && (move === 'approve' || move === 'submit') && { type: 'primary' as const })}
      danger={!isRow && (move === 'reject' || move === 'end')}
      onClick={() => setDialog(move)}
    >
      {words(`promo.act.${move}`)}
    </MayButton>
  );
  const [next, ...others] = moves;
  const edit = (
    <MayButton need="promotions.edit" size={isRow ? 'small' : 'medium'} href={`/grow/promotions/${promotion.id}/edit`}>
      {words('promo.act.edit')}
    </MayButton>
  );
  return (
    <>
      {isRow ? (
        <span className="row row-end row-tight">
          {next && button(next)}
          {mayDo('promotions.edit') && (
            <Dropdown
              trigger={['click']}
              menu={{
                items: [
                  ...(open.includes('edit') ? [{ key: 'edit', label: words('promo.act.edit') }] : []),
                  ...others
                    .filter((move) => move !== 'reject' || mayDo('promotions.approve'))
                    .map((move) => ({ key: move, label: words(`promo.act.${move}`) })),
                  { key: 'duplicate', label: words('promo.act.duplicate') },
                ],
                onClick: ({ key }) => {
                  if (key === 'duplicate') copy();
                  else if (key === 'edit') void navigate(`/grow/promotions/${promotion.id}/edit`);
                  else setDialog(key as Move);
                },
              }}
            >
              <MayButton need="promotions.edit" size="small" aria-label={words('promo.moreOf', { name: name(promotion) })}>
                …
              </MayButton>
            </Dropdown>
          )}
        </span>
      ) : (
        <>
          {moves.map(button)}
          {open.includes('edit') && edit}
          <MayButton need="promotions.edit" loading={duplicate.isPending} onClick={copy}>
            {words('promo.act.duplicate')}
          </MayButton>
        </>
      )}
      {dialog === 'reject' && <RejectDialog promotion={promotion} onClose={() => setDialog(undefined)} />}
      {dialog !== undefined && dialog !== 'reject' && (
        <MoveDialog key={dialog} promotion={promotion} move={dialog} onClose={() => setDialog(undefined)} />
      )}
    </>
  );
}

interface DialogProps {
  promotion: Promotion;
  onClose: () => void;
}

/** Names what will follow before it does. */
function MoveDialog({ promotion, move, onClose }: DialogProps & { move: Exclude<Move, 'reject'> }) {
  const words = useWords();
  const name = useName();
  const term = useTerm();
  const f = useFormat();
  const sentence = useSentence();
  const submit = useSend(promotions.submitPromotion, refreshed);
  const approve = useSend(promotions.approvePromotion, refreshed);
  const pause = useSend(promotions.pausePromotion, refreshed);
  const resume = useSend(promotions.resumePromotion, refreshed);
  const end = useSend(promotions.endPromotion, refreshed);
  const sends = { submit, approve, pause, resume, end };
  const params = { id: promotion.id };
  const done = {
    onSuccess: (now: Promotion) => {
      toast(words('promo.movedToast', { name: name(now), status: term(promotionStatuses, now.status) }));
      onClose();
    },
  };
  const act = () => {
    const body = { version: promotion.version };
    if (move === 'submit') submit.mutate({ params, body }, done);
    else if (move === 'approve') approve.mutate({ params, body }, done);
    else sends[move].mutate({ params }, done);
  };
  const { starts, cost, spent } = {
    starts: f.instant(promotion.startsAt),
    cost:
      promotion.costMaxFen === null
        ? words('promo.costUnbounded')
        : words('promo.costAtMost', { amount: f.money(promotion.costMaxFen) }),
    spent: f.money(promotion.balance.spentFen),
  };
  const followed = { starts, cost, spent, uses: f.count(promotion.balance.uses) };
  const text = move === 'submit' ? (promotion.needsSecondPerson ? 'promo.submitSecond' : 'promo.submitAlone') : `promo.${move}Text` as const; // prettier-ignore
  return (
    <Dialog
      title={words(`promo.${move}Title`, { name: name(promotion) })}
      act={words(`promo.${move}Act`)}
      isOpen
      isDanger={move === 'end'}
      isBusy={sends[move].isPending}
      error={sends[move].error}
      onClose={onClose}
      onAct={act}
    >
      <p className="dialog-text finding">{sentence(promotion)}</p>
      <p className="dialog-text">{words(text, followed)}</p>
    </Dialog>
  );
}

function RejectDialog({ promotion, onClose }: DialogProps) {
  const words = useWords();
  const name = useName();
  const [form] = Form.useForm<{ reason: string }>();
  const reject = useSend(promotions.rejectPromotion, refreshed);
  return (
    <FormDialog<{ reason: string }>
      form={form}
      title={words('promo.rejectTitle', { name: name(promotion) })}
      act={words('promo.rejectAct')}
      isOpen
      isDanger
      isBusy={reject.isPending}
      error={reject.error}
      initial={{}}
      onClose={onClose}
      onSubmit={({ reason }) =>
        reject.mutate(
          { params: { id: promotion.id }, body: { version: promotion.version, reason } },
          { onSuccess: () => (toast(words('promo.rejectedToast', { name: name(promotion) })), onClose()) },
        )
      }
    >
      <p className="dialog-text">{words('promo.rejectText')}</p>
      <Field name="reason" label={words('form.reason')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Field>
    </FormDialog>
  );
}
