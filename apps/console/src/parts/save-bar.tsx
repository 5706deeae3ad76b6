import { Button } from 'antd';
import { useEffect, useEffectEvent } from 'react';
import { useBlocker } from 'react-router';
import { useWords } from '../lib/language.ts';
import { Dialog } from './dialog.tsx';

interface SaveBarProps {
  isDirty: boolean;
  isBusy: boolean;
  onDiscard: () => void;
  onSave: () => void;
}

/** Unsaved changes · discard · save (⌘S). Leaving the page asks once. */
export function SaveBar({ isDirty, isBusy, onDiscard, onSave }: SaveBarProps) {
  const words = useWords();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  );
  const save = useEffectEvent(() => {
    if (isDirty && !isBusy) onSave();
  });
  // ⌘S belongs to the document; closing the tab asks through the browser.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      save();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  if (!isDirty) return null;
  return (
    <>
      <div className="save-bar" role="region" aria-label={words('form.unsaved')}>
        <span>{words('form.unsaved')}</span>
        <span className="spring" />
        <Button onClick={onDiscard}>{words('form.discard')}</Button>
        <Button type="primary" loading={isBusy} onClick={onSave} aria-keyshortcuts="Meta+S Control+S">
          {words('form.save')}
        </Button>
      </div>
      <Dialog
        title={words('form.leaveTitle')}
        act={words('form.leave')}
        isOpen={blocker.state === 'blocked'}
        isDanger
        isBusy={false}
        error={undefined}
        onClose={() => blocker.reset?.()}
        onAct={() => blocker.proceed?.()}
      >
        <p>{words('form.leaveText')}</p>
      </Dialog>
    </>
  );
}
