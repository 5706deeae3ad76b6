import { useSuspenseQuery } from '@tanstack/react-query';
import { type PromotionStage, promotions, promotionStages, type ReplyOf } from '@tongshang/contract';
import { groupModes, groupModeTexts, priceStages, promotionStatuses } from '@tongshang/ui';
import { useState } from 'react';
import { Link } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { MayButton } from '../../parts/may.tsx';
import { Section } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { GroupChange } from './group-change.tsx';
import { GroupDialog, RemoveGroupDialog } from './group-dialog.tsx';
import { PromotionTabs } from './promotion-tabs.tsx';

export type PromotionGroup = ReplyOf<typeof promotions.listPromotionGroups>['items'][number];
type Promotion = ReplyOf<typeof promotions.listPromotions>['items'][number];

const groups = q(promotions.listPromotionGroups);
// What is written or runs; ended ones take no part any more.
const members = q(promotions.listPromotions, { query: { limit: 200 } });

export const loader = () => Promise.all([client.ensureQueryData(groups), client.ensureQueryData(members)]);

export type GroupEdit = { stage: PromotionStage; parentId: string | null } | { group: PromotionGroup };

/** How promotions get along: stage after stage, in each the groups within groups, the higher priority first. */
export function Page() {
  const words = useWords();
  const [edit, setEdit] = useState<GroupEdit>();
  const [removed, setRemoved] = useState<PromotionGroup>();
  const { data } = useSuspenseQuery(groups);
  return (
    <div className="stack">
      <PageHead title={words('promo.groupsTitle')} module={words('wing.grow')} about={words('promo.groupsAbout')} />
      <PromotionTabs />
      {promotionStages.map((stage, at) => (
        <StageSection key={stage} stage={stage} at={at + 1} onEdit={setEdit} onRemove={setRemoved} />
      ))}
      {edit && <GroupDialog edit={edit} groups={data.items} onClose={() => setEdit(undefined)} />}
      {removed && <RemoveGroupDialog group={removed} onClose={() => setRemoved(undefined)} />}
    </div>
  );
}

interface StageProps {
  stage: PromotionStage;
  onEdit: (edit: GroupEdit) => void;
  onRemove: (group: PromotionGroup) => void;
}

function StageSection({ stage, at, onEdit, onRemove }: StageProps & { at: number }) {
  const words = useWords();
  const term = useTerm();
  return (
    <Section
      title={`${at}. ${term(priceStages, stage)}`}
      extra={
        <MayButton
          need="promotions.edit"
          size="small"
          aria-label={words('promo.addGroupAt', { stage: term(priceStages, stage) })}
          onClick={() => onEdit({ stage, parentId: null })}
        >
          {words('promo.addGroupHere')}
        </MayButton>
      }
    >
      <p className="second">{words(`promo.stageText.${stage}`)}</p>
      <Level stage={stage} parentId={null} onEdit={onEdit} onRemove={onRemove} />
    </Section>
  );
}

/** Groups and promotions that stand beside each other, in the order in which they are asked. */
function Level({ stage, parentId, onEdit, onRemove }: StageProps & { parentId: string | null }) {
  const words = useWords();
  const { data: groupList } = useSuspenseQuery(groups);
  const { data: promotionList } = useSuspenseQuery(members);
  const rows = [
    ...groupList.items.filter((one) => one.stage === stage && one.parentId === parentId).map((group) => ({ group, ...group })),
    ...promotionList.items
      .filter((one) => one.stage === stage && one.groupId === parentId && one.status !== 'ended')
      .map((promotion) => ({ promotion, ...promotion })),
  ].toSorted((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
  if (rows.length === 0) return <p className="third">{words(parentId === null ? 'promo.stageEmpty' : 'promo.groupEmpty')}</p>;
  return (
    <ol className="group-level">
      {rows.map((row) => (
        <li key={row.id}>
          {'group' in row ? (
            <>
              <GroupHead group={row.group} onEdit={onEdit} onRemove={onRemove} />
              <Level stage={stage} parentId={row.id} onEdit={onEdit} onRemove={onRemove} />
            </>
          ) : (
            <PromotionLine promotion={row.promotion} />
          )}
        </li>
      ))}
    </ol>
  );
}

function GroupHead({ group, onEdit, onRemove }: Omit<StageProps, 'stage'> & { group: PromotionGroup }) {
  const words = useWords();
  const term = useTerm();
  const name = useName();
  const { count } = useFormat();
  const named = name(group);
  return (
    <div className="group-head">
      <div>
        <h3>
          {named} <span className="mode-name">{term(groupModes, group.mode)}</span>
        </h3>
        <p className="second">{term(groupModeTexts, group.mode)}</p>
        <p className="third">{words('promo.groupFacts', { priority: count(group.priority), members: group.members })}</p>
        {group.change && <GroupChange group={group} change={group.change} />}
      </div>
      <div className="row">
        <MayButton
          need="promotions.edit"
          size="small"
          aria-label={words('promo.addInside', { name: named })}
          onClick={() => onEdit({ stage: group.stage, parentId: group.id })}
        >
          {words('promo.addGroupInside')}
        </MayButton>
        <MayButton
          need="promotions.edit"
          size="small"
          aria-label={words('promo.editGroup', { name: named })}
          onClick={() => onEdit({ group })}
        >
          {words('promo.act.edit')}
        </MayButton>
        <MayButton
          need="promotions.edit"
          size="small"
          aria-label={words('promo.removeGroup', { name: named })}
          not={group.members > 0 ? words('promo.groupInUse') : undefined}
          onClick={() => onRemove(group)}
        >
          {words('promo.act.remove')}
        </MayButton>
      </div>
    </div>
  );
}

function PromotionLine({ promotion }: { promotion: Promotion }) {
  const words = useWords();
  const name = useName();
  const { count } = useFormat();
  return (
    <div className="group-promotion">
      <Link to={`/grow/promotions/${promotion.id}`}>{name(promotion)}</Link>
      <StatusTag status={promotionStatuses[promotion.status]} code={promotion.status} />
      <span className="third">{words('promo.priorityIs', { priority: count(promotion.priority) })}</span>
    </div>
  );
}
