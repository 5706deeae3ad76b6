import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { useDiscard } from './bad-event-query.ts';

interface DiscardProps {
  ids: readonly string[];
  onClose: () => void;
  onDone?: () => void;
}

/** Gives bad events up: says what that means and asks why. */
export function DiscardDialog({ ids, onClose, onDone }: DiscardProps) {
  const words = useWords();
  const discard = useDiscard();
  return (
    <ReasonDialog
      title={words('events.discardTitle', { count: ids.length })}
      act={words('events.discardAct')}
      isBusy={discard.isPending}
      error={discard.error}
      lengthMax={300}
      onClose={onClose}
      onReason={(reason) =>
        discard.mutate(
          { ids, reason },
          {
            onSuccess: (count) => {
              toast(words(count === ids.length ? 'events.discardedToast' : 'events.discardedPart', { count }));
              onDone?.();
              onClose();
            },
          },
        )
      }
    >
      {words('events.discardText')}
    </ReasonDialog>
  );
}
