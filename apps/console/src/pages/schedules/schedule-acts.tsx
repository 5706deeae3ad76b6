import { schedules } from '@tongshang/contract';
import { useNavigate } from 'react-router';
import { useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { Dialog } from '../../parts/dialog.tsx';

interface ActProps {
  schedule: schedules.Schedule;
  onClose: () => void;
}

/** Sends it now and opens its history, where each recipient's mail is followed. */
export function SendDialog({ schedule: { id, name, recipients }, onClose }: ActProps) {
  const words = useWords();
  const navigate = useNavigate();
  const send = useSend(schedules.sendSchedule, [schedules.listSchedules, schedules.listRuns]);
  return (
    <Dialog
      title={words('schedules.sendNowOf', { name })}
      act={words('schedules.sendNow')}
      isOpen
      isBusy={send.isPending}
      error={send.error}
      onClose={onClose}
      onAct={() =>
        send.mutate(
          { params: { id } },
          {
            onSuccess: () => {
              toast(words('schedules.startedToast', { name }));
              onClose();
              void navigate(`/know/schedules/${id}`);
            },
          },
        )
      }
    >
      <p>{words('schedules.sendNowText', { count: recipients.length })}</p>
      <p className="second">{recipients.map((one) => one.name).join(words('list.comma'))}</p>
    </Dialog>
  );
}

/** Deletes it with its history. */
export function RemoveDialog({ schedule: { id, name }, onClose }: ActProps) {
  const words = useWords();
  const remove = useSend(schedules.removeSchedule, [schedules.listSchedules]);
  return (
    <Dialog
      title={words('schedules.removeOf', { name })}
      act={words('schedules.removeOf', { name })}
      isOpen
      isDanger
      isBusy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onAct={() =>
        remove.mutate({ params: { id } }, { onSuccess: () => (toast(words('schedules.removedToast', { name })), onClose()) })
      }
    >
      <p>{words('schedules.removeText')}</p>
    </Dialog>
  );
}
