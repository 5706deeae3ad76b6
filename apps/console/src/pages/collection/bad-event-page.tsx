import { useSuspenseQuery } from '@tanstack/react-query';
import type { collection, ReplyOf } from '@tongshang/contract';
import { badEventReasons, badEventStates } from '@tongshang/ui';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useActor, useTerm, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { MayButton } from '../../parts/may.tsx';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { badEvent, useReplay } from './bad-event-query.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import { prettyJson } from './json-text.ts';
import { MendForm } from './mend-form.tsx';
import '../../events.css';

export type BadEventWhole = ReplyOf<typeof collection.getBadEvent>;

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(badEvent(params['id']));

/** One bad event: why it was not kept, what was sent, and what somebody made of it. */
export function Page() {
  const { id } = useParams();
  return <OneEvent key={id} id={id} />;
}

function OneEvent({ id }: { id: string | undefined }) {
  const words = useWords();
  const { data } = useSuspenseQuery(badEvent(id));
  const mayEdit = useMay()('collection.edit');
  const [isDirty, setDirty] = useState(false);
  const title = data.eventName ?? words('events.noName');
  return (
    <ObjectPage
      title={words('events.aBad', { name: title })}
      module={words('nav.events')}
      back={{ to: '/know/events', text: words('events.tabBad') }}
      id={data.id}
      status={<StatusTag status={badEventStates[data.state]} code={data.state} />}
      actions={<Acts key={data.version} event={data} name={title} isDirty={isDirty} />}
      aside={<About event={data} />}
    >
      {(data.state === 'open' || (data.state === 'discarded' && data.reasons.length > 0)) && <Reasons event={data} />}
      {mayEdit ? (
        <MendForm event={data} onDirty={setDirty} />
      ) : (
        data.mended !== null && (
          <Section title={words('events.mendedText')}>
            <pre className="json-text">{prettyJson(data.mended)}</pre>
          </Section>
        )
      )}
      <Section title={words('events.sent')}>
        <p className="second">{words('events.sentAbout')}</p>
        <pre className="json-text">{prettyJson(data.sent)}</pre>
      </Section>
    </ObjectPage>
  );
}

function About({ event }: { event: BadEventWhole }) {
  const words = useWords();
  const f = useFormat();
  const actor = useActor();
  return (
    <Section title={words('events.facts')}>
      <Facts
        facts={[
          [words('events.source'), event.source],
          [words('events.receivedAt'), f.instantExact(event.receivedAt)],
          [
            words('events.messageId'),
            event.messageId === null ? null : (
              <code key="message" className="key-text">
                {event.messageId}
              </code>
            ),
          ],
          ...(event.settledAt === null
            ? []
            : [
                [words('events.settledBy'), event.settledBy === null ? null : actor(event.settledBy)] as const,
                [words('events.settledAt'), f.instant(event.settledAt)] as const,
              ]),
          ...(event.note === null ? [] : [[words('events.note'), event.note] as const]),
        ]}
      />
    </Section>
  );
}

/** Each reason with what to do about it. */
function Reasons({ event }: { event: BadEventWhole }) {
  const words = useWords();
  const term = useTerm();
  return (
    <Section title={words('events.whatIsWrong')}>
      {event.reasons.length === 0 ? (
        <p>{words('events.noReason')}</p>
      ) : (
        <ul className="fault-list">
          {event.reasons.map((reason) => (
            <li key={reason}>
              <strong>{term(badEventReasons, reason)}</strong>
              <p className="second">
                {words(`events.help.${reason}`)}{' '}
                {reason === 'event.off_plan' && <Link to="/know/events/plan">{words('events.seePlan')}</Link>}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Acts({ event, name, isDirty }: { event: BadEventWhole; name: string; isDirty: boolean }) {
  const words = useWords();
  const replay = useReplay();
  const [isDiscarding, setDiscarding] = useState(false);
  const settled = event.state === 'open' ? undefined : words('events.alreadySettled');
  const run = () =>
    replay.mutate([event.id], {
      onSuccess: ([item]) => {
        if (item?.outcome === 'replayed') toast(words('events.replayedToast', { name }));
        if (item?.outcome === 'duplicate') toast(words('events.duplicateToast', { name }));
        if (item?.outcome === 'settled') toast(words('events.settledToast', { name }));
      },
    });
  return (
    <>
      <MayButton
        need="collection.edit"
        {...(event.state === 'open' && event.reasons.length === 0 && { type: 'primary' as const })}
        loading={replay.isPending}
        not={settled ?? (isDirty ? words('events.unsaved') : undefined)}
        onClick={run}
      >
        {words('events.replay')}
      </MayButton>
      <MayButton need="collection.edit" danger not={settled} onClick={() => setDiscarding(true)}>
        {words('events.discard')}
      </MayButton>
      <StillBad reasons={replay.data?.[0]?.outcome === 'still_bad' ? replay.data[0].reasons : []} />
      <ErrorNote error={replay.error} />
      {isDiscarding && <DiscardDialog ids={[event.id]} onClose={() => setDiscarding(false)} />}
    </>
  );
}

/** The replay changed nothing: said beside its button, with the reasons of this moment's plan. */
function StillBad({ reasons }: { reasons: BadEventWhole['reasons'] }) {
  const words = useWords();
  const term = useTerm();
  if (reasons.length === 0) return null;
  return (
    <p className="error-note" role="alert">
      {words('events.stillBadNow', { reasons: reasons.map((reason) => term(badEventReasons, reason)).join(words('list.comma')) })}
    </p>
  );
}
