import { useSearchParams } from 'react-router';

/** Whether the dialog of this name is open; the address says it, so that a link can open it. */
export function useOpenDialog(name: string): readonly [boolean, (isOpen: boolean) => void] {
  const [url, setUrl] = useSearchParams();
  const set = (isOpen: boolean) => {
    const next = new URLSearchParams(url);
    if (isOpen) next.set('open', name);
    else next.delete('open');
    setUrl(next, { replace: !isOpen, preventScrollReset: true });
  };
  return [url.get('open') === name, set];
}
