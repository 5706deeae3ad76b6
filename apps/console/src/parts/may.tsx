import type { Permission } from '@tongshang/contract';
import { permissionWords, say } from '@tongshang/ui';
import { Button, type ButtonProps, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useLanguage, useWords } from '../lib/language.ts';
import { useMay } from '../lib/session.ts';

interface MayButtonProps extends Omit<ButtonProps, 'disabled'> {
  /** Saves what the address answers as a file. */
  download?: boolean;
  'data-export'?: string;
  /** The right it takes. */
  need: Permission;
  /** Why it cannot be done now although the right is held. */
  not?: string | undefined;
  children: ReactNode;
}

/** A button that says why it cannot be pressed: it stays in the tab order and names the missing right or the obstacle. */
export function MayButton({ need, not, children, onClick, href, ...rest }: MayButtonProps) {
  const mayDo = useMay();
  const words = useWords();
  const language = useLanguage();
  const why = mayDo(need) ? not : words('right.missing', { right: say(permissionWords[need], language) });
  if (why === undefined) {
    return (
      <Button {...rest} {...(href !== undefined && { href })} {...(onClick && { onClick })}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip title={why} trigger={['hover', 'focus', 'click']}>
      <Button
        {...rest}
        className={`refused ${rest.className ?? ''}`.trim()}
        aria-disabled="true"
        aria-description={why}
        onClick={(event) => event.preventDefault()}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
