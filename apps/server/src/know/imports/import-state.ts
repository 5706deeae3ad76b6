// The life of an import, pure: what may be asked of it in each state. A move that is not in the contract's table does not exist.
import { imports as contract } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';
import type { State } from './tables.ts';

export type Move = (typeof contract.importMoves)[State][number];

const canMove = (from: State, move: Move): boolean => (contract.importMoves[from] as readonly Move[]).includes(move);

/** Refuses `import.wrong_state` with the state as it is and what it allows. */
export function checkMove(from: State, move: Move): void {
  if (!canMove(from, move)) refuse('import.wrong_state', { state: from, wanted: move, moves: [...contract.importMoves[from]] });
}
