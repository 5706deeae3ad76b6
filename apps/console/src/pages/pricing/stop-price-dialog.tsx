import { pricing } from '@tongshang/contract';
import { useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { type Price, usePlaceText } from './price-place.ts';

const refreshed = [pricing.listPriceChanges, pricing.listPrices, pricing.listCurrentPrices];

/** Calls off a price that has not begun, or ends one that runs; says what holds afterwards. */
export function StopPriceDialog({ price, onClose }: { price: Price; onClose: () => void }) {
  const words = useWords();
  const { money, instant } = useFormat();
  const place = usePlaceText()(price);
  const cancel = useSend(pricing.cancelPrice, refreshed);
  const end = useSend(pricing.endPrice, refreshed);
  const isComing = price.state === 'scheduled';
  const send = isComing ? cancel : end;
  const values = { sku: price.sku, amount: money(price.amountFen), at: instant(price.validFrom), place };
  return (
    <Dialog
      title={words(isComing ? 'prices.cancelTitle' : 'prices.endTitle', values)}
      act={words(isComing ? 'prices.cancelAct' : 'prices.endAct')}
      isOpen
      isDanger
      isBusy={send.isPending}
      error={send.error}
      onClose={onClose}
      onAct={() =>
        send.mutate(
          { params: { id: price.id } },
          { onSuccess: () => (toast(words(isComing ? 'prices.cancelledToast' : 'prices.endedToast', values)), onClose()) },
        )
      }
    >
      <p>{words(isComing ? 'prices.cancelText' : 'prices.endText', values)}</p>
    </Dialog>
  );
}
