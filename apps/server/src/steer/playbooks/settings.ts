import { playbooks as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { actorLabel, type Ctx } from '../../platform/ctx.ts';
import { brokeConstraint, json, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import type { CoverSetting, Playbook, SlowMoverSetting } from './decision.ts';
import { playbooks } from './tables.ts';

export interface Setting<Params> {
  version: number;
  params: Params;
}

export const coverSetting = async (tx: Tx): Promise<Setting<CoverSetting>> => {
  const { version, params } = await inForce(tx, 'cover');
  return { version, params: contract.CoverSetting.parse(params) };
};

export const slowMoverSetting = async (tx: Tx): Promise<Setting<SlowMoverSetting>> => {
  const { version, params } = await inForce(tx, 'slow_mover');
  return { version, params: contract.SlowMoverSetting.parse(params) };
};

/** The parameters that a decision was made under. */
export async function slowMoverSettingAt(tx: Tx, version: number): Promise<SlowMoverSetting> {
  const { params } = await playbooks(tx)
    .selectFrom('setting')
    .select('params')
    .where('playbook', '=', 'slow_mover')
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return contract.SlowMoverSetting.parse(params);
}

/** Who may approve up to what, for each playbook. */
export async function limitsInForce(tx: Tx): Promise<Record<Playbook, CoverSetting['approverLimitsFen']>> {
  const [cover, slowMover] = [await coverSetting(tx), await slowMoverSetting(tx)];
  return { cover: cover.params.approverLimitsFen, slow_mover: slowMover.params.approverLimitsFen };
}

async function inForce(tx: Tx, playbook: Playbook) {
  return playbooks(tx)
    .selectFrom('setting')
    .select(['version', 'params', 'changed_by as changedBy', 'changed_at as changedAt'])
    .where('playbook', '=', playbook)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
}

type PlaybookSetting = z.input<typeof contract.PlaybookSetting>;

async function getSetting(tx: Tx, playbook: Playbook): Promise<PlaybookSetting> {
  const { changedAt, ...row } = await inForce(tx, playbook);
  return contract.PlaybookSetting.parse({ playbook, ...row, changedAt: changedAt.toISOString() });
}

export const listSettings = async (tx: Tx) => ({ items: [await getSetting(tx, 'cover'), await getSetting(tx, 'slow_mover')] });

/**
 * Puts new limits and parameters in force; the versions before are kept and decisions name the one they were made under. Refuses
 * `playbook.stale` when somebody changed them since `version`, and `playbook.invalid` when they contradict each other.
 */
export async function changeSetting(
  ctx: Ctx,
  playbook: Playbook,
  body: z.output<typeof contract.changeSetting.body>,
): Promise<PlaybookSetting> {
  if (body.playbook !== playbook) refuse('playbook.invalid', { field: 'playbook' });
  const field = body.playbook === 'slow_mover' ? contradictionIn(body.params) : undefined;
  if (field !== undefined) refuse('playbook.invalid', { field });
  const current = await inForce(ctx.tx, playbook);
  if (current.version !== body.version) refuse('playbook.stale', { seen: body.version, current: current.version });

  try {
    await playbooks(ctx.tx)
      .insertInto('setting')
      .values({
        playbook,
        version: body.version + 1,
        params: json(body.params),
        changed_by: actorLabel(ctx.actor).name,
        changed_at: ctx.now,
      })
      .execute();
  } catch (error) {
    if (brokeConstraint(error, 'setting_pkey')) refuse('playbook.stale', { seen: body.version }); // two editors at the same time
    throw error;
  }
  return getSetting(ctx.tx, playbook);
}

function contradictionIn({ depthBp, depthMinimumBp, elasticity, groupMinimum }: SlowMoverSetting): string | undefined {
  if (depthMinimumBp > depthBp) return 'depthMinimumBp';
  if (!(elasticity.low <= elasticity.mid && elasticity.mid <= elasticity.high && elasticity.high <= 0)) return 'elasticity';
  return groupMinimum < 4 ? 'groupMinimum' : undefined;
}
