import type { playbooks, ReplyOf } from '@tongshang/contract';
import { channels } from '@tongshang/ui';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { DataTable } from '../../parts/data-table.tsx';

type Decision = ReplyOf<typeof playbooks.getDecision>;
type Span = Decision['expectedGainFen'];
type Contribution = Decision['cause']['contributions'][number];

/** A figure with the range it is believed to lie in. */
export function RangeText({ range, show }: { range: Span; show: (value: number) => string }) {
  const words = useWords();
  return (
    <>
      {show(range.mid)}{' '}
      <span className="third">{words('decisions.range', { low: show(range.low), high: show(range.high) })}</span>
    </>
  );
}

/** What the change is made of; the parts add up to the whole, which stands below them. */
export function Contributions({ parts }: { parts: readonly Contribution[] }) {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  if (parts.length === 0) return null;
  const dimensions = [...new Set(parts.map(({ by }) => by))];
  return dimensions.map((by) => {
    const rows = parts.filter((part) => part.by === by).toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
    const title = words('decisions.contributions', {
      by: words(by === 'location' ? 'decisions.byLocation' : by === 'category' ? 'decisions.byCategory' : 'decisions.byChannel'),
    });
    const sum = (field: 'before' | 'after' | 'change') =>
      f.decimal(
        rows.reduce((all, row) => all + row[field], 0),
        2,
      );
    return (
      <DataTable
        key={by}
        caption={title}
        columns={[
          { key: 'key', title: 'decisions.part', show: (part) => term(channels, part.key) },
          { key: 'before', title: 'decisions.before', isNumber: true, show: (part) => f.decimal(part.before, 2) },
          { key: 'after', title: 'decisions.after', isNumber: true, show: (part) => f.decimal(part.after, 2) },
          { key: 'change', title: 'decisions.changeBy', isNumber: true, show: (part) => signed(part.change, f.decimal) },
        ]}
        rows={rows}
        rowKey={(part) => part.key}
        foot={
          <tr>
            <th scope="row">{words('decisions.sum')}</th>
            <td className="number">{sum('before')}</td>
            <td className="number">{sum('after')}</td>
            <td className="number">{sum('change')}</td>
          </tr>
        }
      />
    );
  });
}

export const signed = (value: number, show: (value: number, decimals?: number) => string, decimals = 2): string =>
  `${value > 0 ? '+' : ''}${show(value, decimals)}`;
