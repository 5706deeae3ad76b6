import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../../lib/language.ts';

interface ChangedProps {
  text: string;
  onTheirs: () => void;
  onMine: () => void;
  /** What they made of it. */
  children?: ReactNode;
}

/** Somebody saved while this person wrote: theirs to look at, and a choice; nothing of mine is lost before it. */
export function ChangedNotice({ text, onTheirs, onMine, children }: ChangedProps) {
  const words = useWords();
  return (
    <div className="notice" role="alert">
      <p>{text}</p>
      {children}
      <div className="row">
        <Button size="small" onClick={onTheirs}>
          {words('events.takeTheirs')}
        </Button>
        <Button size="small" onClick={onMine}>
          {words('events.keepMine')}
        </Button>
      </div>
    </div>
  );
}
