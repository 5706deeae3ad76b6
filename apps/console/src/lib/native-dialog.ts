import { type MouseEvent, useEffect, useRef } from 'react';

/**
 * A native dialog that is open when a property says so: it gives focus, Esc and an inert page behind. Its `close` is told a moment later,
 * when it may have been opened anew; Esc is heard at once.
 */
export function useNativeDialog(isOpen: boolean, onClose: () => void) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) ref.current?.showModal();
    else ref.current?.close();
  }, [isOpen]);
  return {
    ref,
    onCancel: onClose,
    onClose: () => {
      if (isOpen && ref.current?.open !== true) onClose();
    },
    /** Beside the box. */
    onClick: (event: MouseEvent<HTMLDialogElement>) => {
      if (event.target === ref.current) onClose();
    },
  };
}
