import { ArrowDownOutlined, ArrowUpOutlined, HolderOutlined, PlusOutlined } from '@ant-design/icons';
import type { explore } from '@tongshang/contract';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useLanguage, useWords } from '../../lib/language.ts';
import { stepName } from '../../parts/answers/step-name.ts';
import { EventChoiceField } from './event-choice.tsx';
import { moved } from './move.ts';

type Choice = explore.EventChoice;
const stepsMin = 2;
const stepsMax = 8;

/** The steps of a funnel in their order: dragged by the handle, or moved by buttons and Alt with the arrows. */
export function StepList({ steps, onChange }: { steps: readonly Choice[]; onChange: (steps: Choice[]) => void }) {
  const words = useWords();
  const language = useLanguage();
  const [dragged, setDragged] = useState<number>();
  const [told, setTold] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const follow = useRef<number>(undefined);
  // The focus is outside of React's tree. It follows the step that was moved once the new order is there, so that the next press moves it on.
  useEffect(() => {
    if (follow.current === undefined) return;
    list.current?.querySelector<HTMLElement>(`li:nth-child(${follow.current + 1}) [data-handle]`)?.focus();
    follow.current = undefined;
  }, [steps]);
  const move = (from: number, to: number) => {
    if (to < 0 || to >= steps.length || from === to) return;
    const step = steps[from];
    onChange(moved(steps, from, to));
    if (step) setTold(words('explore.stepMoved', { name: stepName(step, language), no: to + 1 }));
    follow.current = to;
  };
  const onKey = (event: React.KeyboardEvent, at: number) => {
    const by = event.altKey && (event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0);
    if (!by) return;
    event.preventDefault();
    move(at, at + by);
  };
  return (
    <>
      <ol className="step-list" ref={list}>
        {steps.map((step, at) => (
          <li
            key={`${at} ${step.type} ${step.event}`}
            className={dragged === at ? 'dragged' : undefined}
            onKeyDown={(event) => onKey(event, at)}
            onDragOver={(event) => dragged !== undefined && event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged !== undefined) move(dragged, at);
              setDragged(undefined);
            }}
          >
            <span
              className="step-handle"
              role="button"
              tabIndex={0}
              data-handle=""
              draggable
              aria-label={words('explore.dragStep', { no: at + 1 })}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                event.dataTransfer.setData('text/plain', String(at));
                setDragged(at);
              }}
              onDragEnd={() => setDragged(undefined)}
            >
              <HolderOutlined aria-hidden="true" />
            </span>
            <span className="step-no">{at + 1}</span>
            <EventChoiceField
              label={words('answers.stepNo', { no: at + 1 })}
              choice={step}
              onChange={(next) => next && onChange(steps.map((one, index) => (index === at ? next : one)))}
            />
            <StepActs
              at={at}
              count={steps.length}
              onMove={move}
              onRemove={() => onChange(steps.filter((_, index) => index !== at))}
            />
          </li>
        ))}
      </ol>
      <p className="hidden" role="status">
        {told}
      </p>
      {steps.length < stepsMax && (
        <Button
          icon={<PlusOutlined aria-hidden="true" />}
          onClick={() => onChange([...steps, { ...(steps.at(-1) ?? { type: 'track', event: 'Order Completed' }), where: [] }])}
        >
          {words('explore.addStep')}
        </Button>
      )}
    </>
  );
}

interface StepActsProps {
  at: number;
  count: number;
  onMove: (from: number, to: number) => void;
  onRemove: () => void;
}

function StepActs({ at, count, onMove, onRemove }: StepActsProps) {
  const words = useWords();
  return (
    <span className="row row-tight">
      {at > 0 && (
        <Button
          size="small"
          icon={<ArrowUpOutlined aria-hidden="true" />}
          aria-label={words('explore.stepUp', { no: at + 1 })}
          onClick={() => onMove(at, at - 1)}
        />
      )}
      {at < count - 1 && (
        <Button
          size="small"
          icon={<ArrowDownOutlined aria-hidden="true" />}
          aria-label={words('explore.stepDown', { no: at + 1 })}
          onClick={() => onMove(at, at + 1)}
        />
      )}
      {count > stepsMin && (
        <Button size="small" type="text" aria-label={words('explore.removeStep', { no: at + 1 })} onClick={onRemove}>
          ×
        </Button>
      )}
    </span>
  );
}
