import { stream } from '@tongshang/contract';
import { lateThings } from '@tongshang/ui';
import { useSend } from '../../lib/api.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import type { Late } from './late-page.tsx';

interface DecideProps {
  entry: Late;
  how: 'take' | 'leave';
  onClose: () => void;
}

const refreshed = [stream.listLate, stream.getQuality, stream.listReopened];

/** Takes a late entry into its day or leaves it out: says what that means and asks why. */
export function DecideDialog({ entry: { id, version, day, what }, how, onClose }: DecideProps) {
  const words = useWords();
  const term = useTerm();
  const take = useSend(stream.takeLate, refreshed);
  const leave = useSend(stream.leaveLate, refreshed);
  const decide = how === 'take' ? take : leave;
  const named = { day, thing: term(lateThings, what) };
  return (
    <ReasonDialog
      title={words(how === 'take' ? 'quality.takeOf' : 'quality.leaveOf', named)}
      act={words(how === 'take' ? 'quality.take' : 'quality.leave')}
      isBusy={decide.isPending}
      error={decide.error}
      lengthMax={300}
      onClose={onClose}
      onReason={(reason) =>
        decide.mutate(
          { params: { id }, body: { version, reason } },
          {
            onSuccess: () => {
              toast(words(how === 'take' ? 'quality.takenToast' : 'quality.leftToast', { day }));
              onClose();
            },
          },
        )
      }
    >
      {words(how === 'take' ? 'quality.takeText' : 'quality.leaveText', { day })}
    </ReasonDialog>
  );
}
