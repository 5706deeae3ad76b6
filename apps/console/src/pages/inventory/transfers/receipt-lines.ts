import type { BodyOf, transfers } from '@tongshang/contract';

export interface ArrivedLine {
  received?: number | null;
  damaged?: number | null;
  reason?: string;
  missingSerials?: string[];
}
type Body = BodyOf<typeof transfers.receiveTransfer>['lines'];

/** Units that neither arrived whole nor damaged. */
export const missingOf = (sent: number, { received, damaged }: ArrivedLine): number => sent - (received ?? 0) - (damaged ?? 0);

/** What the form says, as the contract wants it: what arrived whole and complete needs no reason. */
export const arrivedLines = (
  lines: readonly { lineNo: number; sent: number }[],
  entered: Readonly<Record<string, ArrivedLine | undefined>>,
): Body =>
  lines.map(({ lineNo, sent }) => {
    const line = entered[lineNo] ?? {};
    const { received, damaged, reason, missingSerials } = { received: sent, ...line };
    const isWhole = missingOf(sent, { received: received ?? 0, damaged: damaged ?? 0 }) === 0 && !damaged;
    return {
      lineNo,
      received: received ?? 0,
      damaged: damaged ?? 0,
      ...(!isWhole && reason && { reason: reason.trim() }),
      ...(missingSerials && missingSerials.length > 0 && { missingSerials }),
    };
  });
