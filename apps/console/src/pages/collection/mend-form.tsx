import { collection, RefusedError } from '@tongshang/contract';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { forget, useSend } from '../../lib/api.ts';
import { type Say, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Section } from '../../parts/object-page.tsx';
import { SaveBar } from '../../parts/save-bar.tsx';
import type { BadEventWhole } from './bad-event-page.tsx';
import { ChangedNotice } from './changed-notice.tsx';
import { prettyJson, readEventText, type Written } from './json-text.ts';

/** What is being written, and the version it was begun from. */
interface Draft {
  text: string;
  version: number;
}

/** The editor of a bad event. Its text is checked as JSON before it is sent; another's version in between is shown, never overwritten unasked. */
export function MendForm({ event, onDirty }: { event: BadEventWhole; onDirty: (isDirty: boolean) => void }) {
  const words = useWords();
  const [draft, setDraft] = useState<Draft>();
  const [fault, setFault] = useState<string>();
  const mend = useSend(collection.mendBadEvent, [collection.getBadEvent, collection.listBadEvents]);
  const standing = prettyJson(event.mended ?? event.sent);
  const change = (next: Draft | undefined) => {
    setDraft(next);
    setFault(undefined);
    onDirty(next !== undefined);
  };
  const drop = () => {
    change(undefined);
    mend.reset();
  };
  const save = () => {
    if (draft === undefined) return;
    const written = readEventText(draft.text);
    if ('fault' in written) {
      setFault(faultText(written, words));
      return;
    }
    mend.mutate(
      { params: { id: event.id }, body: { event: written.event, version: draft.version } },
      {
        onSuccess: ({ reasons }) => {
          change(undefined);
          toast(words(reasons.length === 0 ? 'events.mendedToast' : 'events.mendedStillToast', { count: reasons.length }));
        },
        // Theirs is read, so that it can be shown beside mine.
        onError: (error) => {
          if (error instanceof RefusedError && error.problem.status === 409) void forget(collection.getBadEvent);
        },
      },
    );
  };
  if (event.state !== 'open') return <Settled event={event} mine={draft?.text} onDrop={drop} />;
  const isChanged = draft !== undefined && draft.version !== event.version && !mend.isPending;
  return (
    <Section title={words('events.mend')}>
      {isChanged && (
        <ChangedNotice
          text={words('events.changed')}
          onTheirs={drop}
          onMine={() => {
            setDraft({ ...draft, version: event.version });
            mend.reset();
          }}
        >
          <pre className="json-text">{standing}</pre>
        </ChangedNotice>
      )}
      <TextField
        text={draft?.text ?? standing}
        fault={fault}
        onChange={(text) => change(text === standing ? undefined : { text, version: draft?.version ?? event.version })}
        onBlur={() => {
          const written = draft && readEventText(draft.text);
          setFault(written && 'fault' in written ? faultText(written, words) : undefined);
        }}
      />
      {!isChanged && <ErrorNote error={mend.error} />}
      <SaveBar isDirty={draft !== undefined} isBusy={mend.isPending} onDiscard={drop} onSave={save} />
    </Section>
  );
}

interface TextFieldProps {
  text: string;
  fault: string | undefined;
  onChange: (text: string) => void;
  onBlur: () => void;
}

function TextField({ text, fault, onChange, onBlur }: TextFieldProps) {
  const words = useWords();
  const id = useId();
  return (
    <div className="labelled">
      <label htmlFor={id} className="hidden">
        {words('events.mend')}
      </label>
      <Input.TextArea
        id={id}
        className="json-text"
        autoSize={{ minRows: 8, maxRows: 32 }}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ target }) => onChange(target.value)}
        onBlur={onBlur}
        aria-describedby={`${id}-help${fault === undefined ? '' : ` ${id}-wrong`}`}
        {...(fault !== undefined && { 'aria-invalid': true, status: 'error' as const })}
      />
      <div id={`${id}-help`} className="third">
        {words('events.mendHelp')}
      </div>
      {fault !== undefined && (
        <div id={`${id}-wrong`} className="field-error" role="alert">
          {fault}
        </div>
      )}
    </div>
  );
}

/** An event that is settled is read only; what somebody was writing meanwhile stays to be copied. */
function Settled({ event, mine, onDrop }: { event: BadEventWhole; mine: string | undefined; onDrop: () => void }) {
  const words = useWords();
  return (
    <>
      {mine !== undefined && (
        <Section title={words('events.mend')}>
          <p className="notice" role="alert">
            {words('events.settledMeanwhile')}
          </p>
          <pre className="json-text">{mine}</pre>
          <Button onClick={onDrop}>{words('events.dropMine')}</Button>
        </Section>
      )}
      {event.mended !== null && (
        <Section title={words('events.mendedText')}>
          <pre className="json-text">{prettyJson(event.mended)}</pre>
        </Section>
      )}
    </>
  );
}

function faultText(written: Exclude<Written, { event: unknown }>, words: Say): string {
  if (written.fault === 'broken') return words('events.jsonBroken', { line: written.line, column: written.column });
  return words(written.fault === 'empty' ? 'events.jsonEmpty' : 'events.jsonNotObject');
}
