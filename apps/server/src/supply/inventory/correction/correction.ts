// The rules of corrections, pure: what they are worth, whether they need a second person, as which movement they are booked.
import type { inventory as contract } from '@tongshang/contract';

type Condition = (typeof contract.conditions)[number];
type MovementKind = (typeof contract.movementKinds)[number];

export interface CorrectionLine {
  sku: string;
  location: string;
  lot: string | null;
  expiresOn: string | null;
  /** Units that leave are those in this condition. */
  condition: Condition | null;
  /** On hand when it was proposed. */
  before: number;
  /** Units, signed. */
  change: number;
  unitCostFen: number;
  /** What units that come in cost, where the file says so, fen. */
  newCostFen: number | null;
}

/** Units that change × what one costs, both directions added: a surplus does not make up for a loss. Fen. */
export const valueOf = (lines: readonly Pick<CorrectionLine, 'change' | 'unitCostFen' | 'newCostFen'>[]): number =>
  lines.reduce((sum, { change, unitCostFen, newCostFen }) => {
    const each = change > 0 ? Math.max(newCostFen ?? 0, unitCostFen) : unitCostFen;
    return sum + Math.abs(change) * each;
  }, 0);

export const unitsOf = (lines: readonly { change: number }[]): number =>
  lines.reduce((sum, { change }) => sum + Math.abs(change), 0);

/** Nobody decides on what they counted or proposed themselves; of whom a file came only the name is known. */
export const mayDecide = (proposers: readonly string[], actor: { id: string; name: string }): boolean =>
  !proposers.includes(actor.id) && !proposers.includes(actor.name);

const kindOfCondition: Readonly<Record<Condition, MovementKind>> = {
  damaged: 'damage',
  inspection: 'inspection',
  recalled: 'recall',
  expired: 'expiry',
  safety: 'adjustment',
};
const kindOfReason: Readonly<Record<string, MovementKind>> = { damage: 'damage', expired: 'expiry' };

export function movementKindOf(
  kind: 'adjustment' | 'count' | 'import',
  reason: string,
  condition: Condition | null,
): MovementKind {
  if (condition !== null) return kindOfCondition[condition];
  return kind === 'adjustment' ? (kindOfReason[reason] ?? 'adjustment') : kind;
}
