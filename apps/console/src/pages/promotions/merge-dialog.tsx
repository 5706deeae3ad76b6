import { useSuspenseQuery } from '@tanstack/react-query';
import { promotions } from '@tongshang/contract';
import { promotionSentence } from '@tongshang/ui';
import { Radio } from 'antd';
import { Suspense, useState } from 'react';
import { q } from '../../lib/api.ts';
import { type Format, useFormat } from '../../lib/format.ts';
import { type Say, useWords } from '../../lib/language.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { type EditedDraft, type PromotionDraft, readDraft, writeDraft } from './draft.ts';

interface MergeProps {
  base: EditedDraft;
  mine: EditedDraft;
  promotionId: string;
  onClose: () => void;
  onMerged: (draft: EditedDraft, version: number) => void;
}

/** Somebody saved while this person wrote: theirs beside mine, field by field, nothing of mine lost. */
export function MergeDialog(props: MergeProps) {
  return (
    <Suspense>
      <Merge {...props} />
    </Suspense>
  );
}

type Field = keyof PromotionDraft;

function Merge({ base, mine, promotionId, onClose, onMerged }: MergeProps) {
  const words = useWords();
  const f = useFormat();
  const { data: theirs } = useSuspenseQuery({ ...q(promotions.getPromotion, { params: { id: promotionId } }), staleTime: 0 });
  const [taken, setTaken] = useState<Partial<Record<Field, 'mine' | 'theirs'>>>({});
  const [was, own, other] = [writeDraft(base), writeDraft(mine), writeDraft(readDraft(theirs))];
  const fields = (Object.keys(own) as Field[]).filter((field) => !isSame(own[field], other[field]));
  // What only one of the two changed is taken from that one unless told otherwise.
  const choiceOf = (field: Field) => taken[field] ?? (isSame(own[field], was[field]) ? 'theirs' : 'mine');
  const merged = Object.fromEntries(
    (Object.keys(own) as Field[]).map((field) => [
      field,
      fields.includes(field) && choiceOf(field) === 'theirs' ? other[field] : own[field],
    ]),
  ) as unknown as PromotionDraft;
  return (
    <Dialog
      title={words('promo.mergeTitle')}
      act={words('promo.mergeAct')}
      isOpen
      isBusy={false}
      error={undefined}
      width={760}
      onClose={onClose}
      onAct={() => {
        onClose();
        onMerged(readDraft(merged), theirs.version);
      }}
    >
      <p className="dialog-text">{words('promo.mergeText', { who: theirs.changedBy.name, at: f.instant(theirs.changedAt) })}</p>
      {fields.length === 0 && <p>{words('promo.mergeSame')}</p>}
      {fields.map((field) => (
        <fieldset key={field} className="plain-set">
          <legend>{words(`promo.field.${field}`)}</legend>
          <Radio.Group
            className="merge-choice"
            value={choiceOf(field)}
            onChange={({ target }) => setTaken((now) => ({ ...now, [field]: target.value as 'mine' | 'theirs' }))}
            options={[
              { value: 'mine', label: words('promo.mine', { value: textOf(own, field, f, words) }) },
              { value: 'theirs', label: words('promo.theirs', { value: textOf(other, field, f, words) }) },
            ]}
          />
        </fieldset>
      ))}
    </Dialog>
  );
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A field's value as people read it. */
function textOf(draft: PromotionDraft, field: Field, f: Format, words: Say): string {
  if (field === 'when' || field === 'then') return promotionSentence(draft, f.language);
  if (field === 'startsAt') return f.instant(draft.startsAt);
  if (field === 'endsAt') return draft.endsAt === null ? words('promo.openEnd') : f.instant(draft.endsAt);
  const value = draft[field];
  if (typeof value === 'boolean') return words(value ? 'promo.yes' : 'promo.no');
  if (typeof value === 'number') return field.endsWith('Fen') ? f.money(value) : f.count(value);
  return value ?? '—';
}
