import { PrinterOutlined } from '@ant-design/icons';
import { type CallInput, type Endpoint, urlOf } from '@tongshang/contract';
import type { ReactNode } from 'react';
import { MayButton } from '../../parts/may.tsx';

interface PrintButtonProps<E extends Endpoint> {
  endpoint: E;
  input: CallInput<E>;
  isPrimary?: boolean;
  not?: string | undefined;
  children: ReactNode;
}

/** Opens a PDF in a tab of its own, from where it is printed. */
export function PrintButton<E extends Endpoint>({ endpoint, input, isPrimary = false, not, children }: PrintButtonProps<E>) {
  const { access } = endpoint;
  return (
    <MayButton
      need={typeof access === 'string' ? 'warehouse.view' : access.permission}
      icon={<PrinterOutlined aria-hidden="true" />}
      href={urlOf(endpoint, input)}
      target="_blank"
      rel="noreferrer"
      not={not}
      {...(isPrimary && { type: 'primary' as const })}
    >
      {children}
    </MayButton>
  );
}
