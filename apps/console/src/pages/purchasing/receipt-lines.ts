import type { BodyOf, purchasing } from '@tongshang/contract';
import { parseDay } from '@tongshang/ui';

export interface ReceiveLine {
  quantity?: number | null;
  lot?: string;
  expiresOn?: string;
  serials?: string;
}
type Body = BodyOf<typeof purchasing.receivePurchase>['lines'];

/** Serial numbers as they are scanned or pasted: separated by lines, blanks, commas of either width. */
export const serialsIn = (text: string): string[] => text.split(/[\s,，;；、]+/).filter((serial) => serial !== '');

/** What the form says, as the contract wants it; lines of which nothing came are left out. */
export function receiptLines(
  open: readonly { lineNo: number; isLotTracked: boolean; isSerialised: boolean }[],
  entered: Readonly<Record<string, ReceiveLine>>,
): Body {
  return open.flatMap(({ lineNo, isLotTracked, isSerialised }) => {
    const { quantity, lot, expiresOn, serials } = entered[lineNo] ?? {};
    if (!quantity) return [];
    const day = expiresOn === undefined ? undefined : parseDay(expiresOn);
    return [
      {
        lineNo,
        quantity,
        ...(isLotTracked && lot && { lot }),
        ...(isLotTracked && day && { expiresOn: day }),
        ...(isSerialised && { serials: serialsIn(serials ?? '') }),
      },
    ];
  });
}
