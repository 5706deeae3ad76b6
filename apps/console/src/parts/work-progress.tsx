import { Progress } from 'antd';
import type { ReactNode } from 'react';
import { Section } from './object-page.tsx';

interface WorkProgressProps {
  title: string;
  /** What the bar is called, for readers. */
  label: string;
  /** 0 … 1. */
  progress: number;
  isMoving: boolean;
  counts: ReactNode;
  /** That the page may be left. */
  note: ReactNode;
}

/** How far work of the server has come: bar, counts that are read out, and that it goes on without the page. */
export function WorkProgress({ title, label, progress, isMoving, counts, note }: WorkProgressProps) {
  return (
    <Section title={title}>
      <Progress percent={Math.floor(progress * 100)} status={isMoving ? 'active' : 'normal'} aria-label={label} />
      <p className="second" aria-live="polite">
        {counts}
      </p>
      <p className="third">{note}</p>
    </Section>
  );
}
