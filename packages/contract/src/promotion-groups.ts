// How promotions of one stage get along.
import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Name } from './promotion.ts';
import { GroupMode, PromotionStage } from './rules.ts';
import { Id, Instant } from './values.ts';

const params = z.object({ id: Id });
const view = { permission: 'promotions.view' } as const;
const edit = { permission: 'promotions.edit' } as const;
const approve = { permission: 'promotions.approve' } as const;
const Version = z.int().min(1);

/** Promotions of one stage that get along in one way; a group may stand inside another of its stage. */
export const PromotionGroup = z.object({
  id: Id,
  name: z.string(),
  nameEn: z.string(),
  stage: PromotionStage,
  mode: GroupMode,
  parentId: Id.nullable(),
  priority: z.int(),
  version: z.int(),
  /** Promotions in it that have not ended. */
  members: z.int(),
  /** What waits for a second person: how its promotions, which may cost more than one person decides, shall get along. */
  change: z
    .object({
      mode: GroupMode,
      parentId: Id.nullable(),
      priority: z.int(),
      by: z.string(),
      at: Instant,
      /** Whether who asks may let it through. */
      mayApprove: z.boolean(),
    })
    .nullable(),
});
const GroupForm = z.object({
  name: Name,
  nameEn: Name,
  stage: PromotionStage,
  mode: GroupMode,
  parentId: Id.nullable().default(null),
  priority: z.int().min(-1000).max(1000).default(0),
});
const groupErrors = ['promotion_group.not_found', 'promotion_group.invalid'] as const;

export const listPromotionGroups = endpoint({
  method: 'GET',
  path: '/promotion-groups',
  summary: 'Groups in the order in which they are applied',
  access: view,
  reply: z.object({ items: z.array(PromotionGroup) }),
  errors: [],
});

export const createPromotionGroup = endpoint({
  method: 'POST',
  path: '/promotion-groups',
  summary: 'Add a group',
  access: edit,
  body: GroupForm,
  reply: PromotionGroup,
  errors: groupErrors,
  idempotent: true,
});

export const savePromotionGroup = endpoint({
  method: 'PUT',
  path: '/promotion-groups/:id',
  summary: 'Change a group; its stage stays as long as it has members. How dear promotions get along waits for a second person',
  access: edit,
  params,
  body: GroupForm.extend({ version: Version }),
  reply: PromotionGroup,
  errors: [...groupErrors, 'promotion.stale'],
});

export const approveGroupChange = endpoint({
  method: 'POST',
  path: '/promotion-groups/:id/approval',
  summary: 'Let the change of a group take effect; never by who asked for it',
  access: approve,
  params,
  body: z.object({ version: Version }),
  reply: PromotionGroup,
  errors: [...groupErrors, 'promotion.stale', 'promotion.needs_second_person', 'promotion.wrong_state'],
});

export const rejectGroupChange = endpoint({
  method: 'POST',
  path: '/promotion-groups/:id/rejection',
  summary: 'Drop the change that waits; who asked for it saves the group as it is instead',
  access: approve,
  params,
  body: z.object({ version: Version }),
  reply: PromotionGroup,
  errors: ['promotion_group.not_found', 'promotion.stale', 'promotion.wrong_state'],
});

export const deletePromotionGroup = endpoint({
  method: 'DELETE',
  path: '/promotion-groups/:id',
  summary: 'Remove a group that nothing stands in',
  access: edit,
  params,
  reply: z.object({}),
  errors: ['promotion_group.not_found', 'promotion_group.in_use'],
});
