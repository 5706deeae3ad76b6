import type { Effect } from '@tongshang/contract';
import { useWords } from '../../lib/language.ts';
import { Labelled, NumberInput } from '../../parts/labelled.tsx';

export interface EffectProps<E extends Effect = Effect> {
  effect: E;
  onChange: (effect: Effect) => void;
}
export type EffectOf<Gives extends Effect['gives']> = Extract<Effect, { gives: Gives }>;

/** A share taken off, in percent; Chinese readers see the 折 it makes. */
export function PercentOff({
  path,
  label,
  bp,
  isBare = false,
  onChange,
}: {
  path: string;
  label: string;
  bp: number;
  isBare?: boolean;
  onChange: (bp: number) => void;
}) {
  const words = useWords();
  const left = (10_000 - bp) / 1000;
  const help = bp > 0 && bp < 10_000 ? words('promo.leftOver', { share: Number(left.toFixed(2)) }) : undefined;
  return (
    <Labelled path={path} label={label} isBare={isBare} help={isBare ? undefined : help}>
      {(wire) => (
        <NumberInput
          {...wire}
          min={0.01}
          max={100}
          precision={2}
          suffix={words('promo.percentSuffix')}
          value={bp / 100}
          onChange={(percent) => onChange(Math.round(percent * 100))}
        />
      )}
    </Labelled>
  );
}
