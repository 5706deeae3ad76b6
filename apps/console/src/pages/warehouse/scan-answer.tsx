import { RefusedError } from '@tongshang/contract';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../../lib/language.ts';
import { ErrorNote, useRefusal } from '../../parts/error-state.tsx';

export type Scanned =
  | { isRight: true; what: string; packed: number; quantity: number }
  | { isRight: false; code: string; error: unknown };

/** What the last scan came to: right in a green frame, wrong in red with what came and what was expected, until somebody closes it. */
export function ScanAnswer({ answer, onClose }: { answer: Scanned | undefined; onClose: () => void }) {
  const words = useWords();
  const refusal = useRefusal();
  if (answer === undefined) return null;
  if (answer.isRight)
    return (
      <p className="scan-right">
        <strong>✓ {answer.what}</strong>
        {words('scan.progress', { packed: answer.packed, quantity: answer.quantity })}
      </p>
    );
  if (!(answer.error instanceof RefusedError)) return <ErrorNote error={answer.error} />;
  const { code, details } = answer.error.problem;
  const expected = expectedOf(details);
  return (
    <WrongScan what={refusal(code, details)} onClose={onClose}>
      <span>
        {words('scan.came')} <code>{answer.code}</code>
      </span>
      {expected !== undefined && (
        <span>
          {words('scan.expected')} <code>{expected}</code>
        </span>
      )}
    </WrongScan>
  );
}

interface WrongScanProps {
  what: string;
  onClose: () => void;
  children?: ReactNode;
}

/** Red and over the whole of a phone, until somebody has tapped that they saw it. */
export function WrongScan({ what, onClose, children }: WrongScanProps) {
  const words = useWords();
  return (
    <div className="scan-wrong" role="alert">
      <strong>✕ {what}</strong>
      {children}
      <Button onClick={onClose}>{words('scan.understood')}</Button>
    </div>
  );
}

/** What the refusal says should have come: a code, several, or nothing known. */
function expectedOf({ expected }: Readonly<Record<string, unknown>>): string | undefined {
  if (Array.isArray(expected)) return expected.length === 0 ? undefined : expected.map(nameOf).join(', ');
  return expected === undefined || expected === null ? undefined : nameOf(expected);
}

const nameOf = (one: unknown): string =>
  typeof one === 'object' && one !== null && 'sku' in one ? String(one.sku) : String(one);
