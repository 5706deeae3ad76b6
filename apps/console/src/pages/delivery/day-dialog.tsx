import { delivery } from '@tongshang/contract';
import { Form, Input, Radio } from 'antd';
import { useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import { Dialog, FormDialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/form.tsx';
import type { PlaceDay } from './calendar-page.tsx';

interface DayDialogProps {
  place: { location: string; name: string; nameEn: string };
  /** The version of the place's calendar that the page shows: a change by somebody else in between is refused. */
  version: number;
  day: PlaceDay;
  onClose: () => void;
}

interface DayForm {
  how: 'usual' | 'closed' | 'open';
  name?: string;
  nameEn?: string;
}

/** Closes one day of a place, opens it, or leaves it to the house's calendar and the weekday again. */
export function DayDialog(props: DayDialogProps) {
  const words = useWords();
  const mayEdit = useMay()('delivery.edit');
  const { weekday } = useFormat();
  const { day, onClose } = props;
  const title = words('shipping.dayTitle', { day: day.day, weekday: weekday(day.day) });
  if (mayEdit) return <EditDay {...props} title={title} />;
  return (
    <Dialog title={title} act={words('act.close')} isOpen isBusy={false} error={undefined} onClose={onClose} onAct={onClose}>
      <p>{words(day.dispatches ? 'shipping.dayOpen' : 'shipping.dayClosed')}</p>
      <p className="second">{words('shipping.dayNoRight')}</p>
    </Dialog>
  );
}

function EditDay({ place, version, day, title, onClose }: DayDialogProps & { title: string }) {
  const words = useWords();
  const name = useName();
  const [form] = Form.useForm<DayForm>();
  const how = Form.useWatch('how', form);
  const isOwn = day.decidedBy === 'place';
  const save = useSend(delivery.savePlaceCalendar, [delivery.getPlaceCalendar, delivery.quoteParcel]);
  const submit = ({ how: chosen, name: zh = '', nameEn = '' }: DayForm) => {
    const asUsual = chosen === 'usual';
    const change = { day: day.day, dispatches: chosen === 'open', name: zh, nameEn };
    save.mutate(
      {
        params: { location: place.location },
        body: { version, days: asUsual ? [] : [change], asUsual: asUsual ? [day.day] : [] },
      },
      {
        onSuccess: () => {
          toast(words('shipping.dayToast', { place: name(place), day: day.day }));
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog<DayForm>
      form={form}
      title={title}
      act={words('shipping.saveDay')}
      isOpen
      isBusy={save.isPending}
      error={save.error}
      initial={{
        how: isOwn ? (day.dispatches ? 'open' : 'closed') : 'usual',
        ...(isOwn && { name: day.name, nameEn: day.nameEn }),
      }}
      onClose={onClose}
      onSubmit={submit}
    >
      <p className="dialog-text">{words('shipping.dayText', { place: name(place) })}</p>
      <Field name="how" label={words('shipping.dayHow')}>
        <Radio.Group
          className="stacked-choice"
          options={(['usual', 'closed', 'open'] as const).map((value) => ({ value, label: words(`shipping.how.${value}`) }))}
        />
      </Field>
      {how !== undefined && how !== 'usual' && (
        <div className="field-pair">
          <Field name="name" label={words('shipping.dayName')} isOptional help={words('shipping.dayNameHelp')}>
            <Input maxLength={60} />
          </Field>
          <Field name="nameEn" label={words('shipping.nameEn')} isOptional>
            <Input maxLength={60} />
          </Field>
        </div>
      )}
    </FormDialog>
  );
}
