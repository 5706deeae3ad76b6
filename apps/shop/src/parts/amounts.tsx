import { formatMoney } from '@tongshang/ui/format/money';

interface Row {
  name: string;
  fen: number;
  /** What stands there instead of ¥0.00. */
  zero?: string;
}

/** Every amount with its name, and the sum below. */
export function Amounts({ rows, total }: { rows: readonly Row[]; total: Row }) {
  return (
    <dl class="amounts">
      {rows.map(({ name, fen, zero }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{fen === 0 && zero !== undefined ? zero : formatMoney(fen)}</dd>
        </div>
      ))}
      <div class="sum">
        <dt>{total.name}</dt>
        <dd>{formatMoney(total.fen)}</dd>
      </div>
    </dl>
  );
}
