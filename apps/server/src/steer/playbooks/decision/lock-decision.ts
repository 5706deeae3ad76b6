import { playbooks as contract } from '@tongshang/contract';
import type { Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import type { Decidable } from '../decision.ts';
import type { ArmRow } from '../slow-mover/slow-mover.ts';
import { playbooks } from '../tables.ts';

export type Parts = ReturnType<typeof contract.DecisionParts.parse>;

const columns = [
  'id',
  'number',
  'playbook',
  'state',
  'entity_key as entityKey',
  'amount_fen as amountFen',
  'cause',
  'proposal',
  'expected',
  'effect',
  'setting_version as settingVersion',
  'signal_id as signalId',
  'proposed_by_kind as proposedByKind',
  'proposed_by_id as proposedById',
  'proposed_at as proposedAt',
  'expires_at as expiresAt',
  'purchase_id as purchaseId',
  'effective_from as effectiveFrom',
  'effective_to as effectiveTo',
  'version',
] as const;

export type LockedDecision = Awaited<ReturnType<typeof lockDecision>>;

/**
 * One decision, locked until the transaction ends. Refuses `decision.not_found`, and `decision.stale` when it is no longer at the version
 * that the caller saw.
 */
export async function lockDecision(tx: Tx, id: string, seenVersion?: number) {
  const row = await playbooks(tx).selectFrom('decision').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) refuse('decision.not_found', { id });
  if (seenVersion !== undefined && row.version !== seenVersion && isPresent(row.state))
    refuse('decision.stale', { seen: seenVersion, current: row.version });
  return row satisfies Decidable;
}

/** A decision that is already over says so, rather than that it has changed. */
const isPresent = (state: string): boolean => state === 'proposed' || state === 'change_requested' || state === 'carried_out';

/** The same without a lock, for reading. */
export async function readDecision(tx: Tx, id: string) {
  const row = await playbooks(tx).selectFrom('decision').select(columns).where('id', '=', id).executeTakeFirst();
  return row ?? refuse('decision.not_found', { id });
}

/** The parts of a decision by playbook, as typed data. */
export function partsOf(
  row: { playbook: string; cause: unknown; proposal: unknown; expected: unknown; effect: unknown },
  arms: readonly ArmRow[],
): Parts {
  return contract.DecisionParts.parse({ ...row, arms });
}

export async function armsOf(tx: Tx, decisionId: string): Promise<ArmRow[]> {
  return playbooks(tx)
    .selectFrom('arm')
    .select([
      'sku',
      'name',
      'name_en as nameEn',
      'category',
      'arm',
      'old_price_fen as oldPriceFen',
      'new_price_fen as newPriceFen',
      'floor_fen as floorFen',
      'unit_cost_fen as unitCostFen',
      'tax_rate_bp as taxRateBp',
      'available',
      'daily_units as dailyUnits',
    ])
    .where('decision_id', '=', decisionId)
    .orderBy('sku')
    .execute();
}
