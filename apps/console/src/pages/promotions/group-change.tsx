import { useSuspenseQuery } from '@tanstack/react-query';
import { promotions } from '@tongshang/contract';
import { groupModes } from '@tongshang/ui';
import { q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { MayButton } from '../../parts/may.tsx';
import type { PromotionGroup } from './groups-page.tsx';

const refreshed = [promotions.listPromotionGroups];

/** What waits for a second person, and the two ways it can end. */
export function GroupChange({ group, change }: { group: PromotionGroup; change: NonNullable<PromotionGroup['change']> }) {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const { count } = useFormat();
  const { data } = useSuspenseQuery(q(promotions.listPromotionGroups));
  const approve = useSend(promotions.approveGroupChange, refreshed);
  const reject = useSend(promotions.rejectGroupChange, refreshed);
  const parent = data.items.find(({ id }) => id === change.parentId);
  const named = name(group);
  const sent = { params: { id: group.id }, body: { version: group.version } };
  const error = approve.error ?? reject.error;
  return (
    <div className="notice">
      <p>
        {words('promo.groupChange', {
          by: change.by,
          mode: term(groupModes, change.mode),
          priority: count(change.priority),
          place: parent ? words('promo.groupChangeIn', { name: name(parent) }) : words('promo.groupChangeTop'),
        })}
      </p>
      <div className="row">
        <MayButton
          need="promotions.approve"
          size="small"
          type="primary"
          aria-label={words('promo.groupApproveNamed', { name: named })}
          not={change.mayApprove ? undefined : words('promo.groupNotOwn')}
          loading={approve.isPending}
          onClick={() => approve.mutate(sent, { onSuccess: () => toast(words('promo.groupApprovedToast', { name: named })) })}
        >
          {words('promo.groupApprove')}
        </MayButton>
        <MayButton
          need="promotions.approve"
          size="small"
          aria-label={words('promo.groupRejectNamed', { name: named })}
          loading={reject.isPending}
          onClick={() => reject.mutate(sent, { onSuccess: () => toast(words('promo.groupRejectedToast', { name: named })) })}
        >
          {words('promo.groupReject')}
        </MayButton>
      </div>
      {error && <ErrorNote error={error} />}
    </div>
  );
}
