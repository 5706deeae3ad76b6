import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import type { Shortage, Stop, Taken } from './pick-progress.ts';

interface StopRowProps {
  stop: Stop;
  taken: Taken | undefined;
  isNow: boolean;
  onAnswer: (taken: Taken | undefined) => void;
}

/** One stop: bin, item, how many, for which fulfilments; taken whole by one tap, or less with a reason by two. */
export function StopRow({ stop, taken, isNow, onAnswer }: StopRowProps) {
  const words = useWords();
  const name = useName();
  const { count } = useFormat();
  const [isShort, setShort] = useState(false);
  const isLess = taken !== undefined && taken.quantity < stop.quantity;
  return (
    <li className={taken ? 'done' : isNow ? 'now' : undefined} {...(isNow && { 'aria-current': 'step' as const })}>
      <span>
        <strong>{stop.bin ?? words('pick.noBin')}</strong> {name(stop)} <code>{stop.sku}</code>
        {stop.lots.length > 0 && (
          <span className="third">
            {words('floor.lotIs', {
              lot: stop.lots.map(({ lot, quantity }) => `${lot} × ${count(quantity)}`).join(words('list.comma')),
            })}
          </span>
        )}
        <span className="third">
          {' '}
          {stop.fulfilments.map(({ number, quantity }) => `${number} × ${count(quantity)}`).join(words('list.comma'))}
        </span>
      </span>
      <span className="floor-count">
        {taken && <span aria-hidden="true">{isLess ? '△ ' : '✓ '}</span>}
        {taken ? `${count(taken.quantity)} / ${count(stop.quantity)}` : count(stop.quantity)}
      </span>
      <span className="row">
        {taken ? (
          <Button size="small" onClick={() => onAnswer(undefined)} aria-label={words('pick.undoOf', { name: name(stop) })}>
            {words('pick.undo')}
          </Button>
        ) : (
          <>
            <Button
              onClick={() => onAnswer({ quantity: stop.quantity })}
              aria-label={words('pick.takenOf', { name: name(stop) })}
            >
              {words('pick.taken')}
            </Button>
            <Button
              onClick={() => setShort(!isShort)}
              aria-expanded={isShort}
              aria-label={words('pick.shortOf', { name: name(stop) })}
            >
              {words('pick.short')}
            </Button>
          </>
        )}
      </span>
      {isShort && !taken && <ShortFields stop={stop} onAnswer={onAnswer} />}
    </li>
  );
}

function ShortFields({ stop, onAnswer }: Pick<StopRowProps, 'stop' | 'onAnswer'>) {
  const words = useWords();
  const name = useName();
  const [quantity, setQuantity] = useState(0);
  const [reason, setReason] = useState<Shortage['reason']>('not_found');
  return (
    <span className="row short-fields">
      <label className="row">
        {words('pick.found')}
        <InputNumber<number>
          min={0}
          max={stop.quantity - 1}
          precision={0}
          value={quantity}
          aria-label={words('pick.foundOf', { name: name(stop) })}
          onChange={(value) => setQuantity(value ?? 0)}
        />
      </label>
      <Select<Shortage['reason']>
        aria-label={words('form.reason')}
        value={reason}
        options={(['not_found', 'damaged'] as const).map((value) => ({ value, label: words(`pick.reason.${value}`) }))}
        onChange={setReason}
      />
      <Button type="primary" onClick={() => onAnswer({ quantity, reason })}>
        {words('pick.noteShort')}
      </Button>
    </span>
  );
}
