import { useSuspenseQuery } from '@tanstack/react-query';
import { promotions, type ReplyOf } from '@tongshang/contract';
import { promotionStatuses } from '@tongshang/ui';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { type LoaderFunctionArgs, useNavigate, useParams } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { type Say, useName, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { fieldId, FormContext } from '../../parts/labelled.tsx';
import { ObjectPage } from '../../parts/object-page.tsx';
import { SaveBar } from '../../parts/save-bar.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { blankDraft, checkDraft, checkRule, type EditedDraft, isSameDraft, readDraft, writeDraft, type Wrong, type Wrongs } from './draft.ts'; // prettier-ignore
import { DraftForm } from './draft-form.tsx';
import { isStale, refusedField } from './refused.ts';
import { Sentences } from './sentences.tsx';

// What it would do comes after what it says.
const MergeDialog = lazy(async () => ({ default: (await import('./merge-dialog.tsx')).MergeDialog }));
const Preview = lazy(async () => ({ default: (await import('./preview.tsx')).Preview }));

export type Promotion = ReplyOf<typeof promotions.getPromotion>;

const promotion = (id: string) => q(promotions.getPromotion, { params: { id } });
const groups = q(promotions.listPromotionGroups);
const settings = q(promotions.getPromotionSettings);

export const loader = ({ params: { id } }: LoaderFunctionArgs) =>
  Promise.all([
    client.ensureQueryData(groups),
    client.ensureQueryData(settings),
    ...(id === undefined ? [] : [client.ensureQueryData(promotion(id))]),
  ]);

/** Writing a promotion: the form on the left, what it would do on the right, the rule as a sentence in both languages above. */
export function Page() {
  const { id } = useParams();
  return id === undefined ? <Editor key="new" stored={undefined} /> : <StoredEditor key={id} id={id} />;
}

function StoredEditor({ id }: { id: string }) {
  const { data } = useSuspenseQuery(promotion(id));
  // What was opened stays the base of the edit, also when somebody saves meanwhile: the server tells it at saving.
  const [opened] = useState(data);
  const isOpen = (promotions.promotionMoves[opened.state] as readonly string[]).includes('edit');
  return isOpen ? <Editor stored={opened} /> : <Closed promotion={opened} />;
}

/** What runs or has ended is not changed here: how it can be all the same. */
function Closed({ promotion: data }: { promotion: Promotion }) {
  const words = useWords();
  const name = useName();
  return (
    <ObjectPage
      title={words('promo.editTitle', { name: name(data) })}
      module={words('nav.promotions')}
      back={{ to: `/grow/promotions/${data.id}`, text: name(data) }}
      id={data.number}
      status={<StatusTag status={promotionStatuses[data.status]} code={data.status} />}
    >
      <p className="notice">{words('promo.notEditable')}</p>
      <Sentences draft={writeDraft(readDraft(data))} />
    </ObjectPage>
  );
}

const thisMinute = (): string => new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();

function Editor({ stored }: { stored: Promotion | undefined }) {
  const words = useWords();
  const name = useName();
  const { data: groupList } = useSuspenseQuery(groups);
  const { data: setting } = useSuspenseQuery(settings);
  const [base] = useState(() => (stored ? readDraft(stored) : blankDraft(thisMinute())));
  const [draft, setDraft] = useState(base);
  const save = useSave(stored, draft);
  const [isChecked, setChecked] = useState(false);
  const wrongs = isChecked ? checkDraft(draft) : new Map<string, Wrong>();
  const isRuleWhole = checkRule(draft).size === 0;
  const summary = useRef<HTMLDivElement>(null);
  const title = stored ? words('promo.editTitle', { name: name(stored) }) : words('promo.newTitle');
  const submit = () => {
    setChecked(true);
    if (checkDraft(draft).size === 0) save.send(draft);
    else setTimeout(() => summary.current?.focus()); // the summary is drawn first
  };
  const back = stored ? `/grow/promotions/${stored.id}` : '/grow/promotions';
  return (
    <FormContext
      value={{
        isDisabled: save.isBusy,
        wrongAt: (path) => {
          const wrong = wrongs.get(path);
          if (wrong !== undefined) return words(`promo.wrong.${wrong}`);
          return save.refused?.path === path ? save.refused.text : undefined;
        },
      }}
    >
      <ObjectPage
        title={title}
        module={words('nav.promotions')}
        back={{ to: back, text: stored ? name(stored) : words('nav.promotions') }}
        {...(stored && { id: stored.number })}
      >
        <Sentences draft={isRuleWhole ? writeDraft(draft) : undefined} />
        <div className="editor-columns">
          <div className="stack">
            <div ref={summary} tabIndex={-1} role="alert" className={wrongs.size > 0 ? 'card error-summary' : 'hidden'}>
              {wrongs.size > 0 && <WrongSummary wrongs={wrongs} words={words} />}
            </div>
            <DraftForm draft={draft} onChange={setDraft} groups={groupList.items} aboveFen={setting.secondPersonAboveFen} />
            {save.refused === undefined && <ErrorNote error={save.error} />}
            {save.refused && (
              <p className="error-note" role="alert">
                <FieldLink path={save.refused.path}>{save.refused.text}</FieldLink>
              </p>
            )}
            <SaveBar
              isDirty={!save.isDone && !isSameDraft(draft, base)}
              isBusy={save.isBusy}
              onDiscard={() => {
                setDraft(base);
                setChecked(false);
                save.reset();
              }}
              onSave={submit}
            />
          </div>
          <aside className="stack editor-aside">
            <Suspense fallback={<div className="bone" />}>
              <Preview draft={isRuleWhole && checkWindow(draft) ? writeDraft(draft) : undefined} promotionId={stored?.id} />
            </Suspense>
          </aside>
        </div>
      </ObjectPage>
      {save.isStale && stored && (
        <Suspense>
          <MergeDialog
            base={base}
            mine={draft}
            promotionId={stored.id}
            onClose={save.reset}
            onMerged={(merged, version) => {
              setDraft(merged);
              save.send(merged, version);
            }}
          />
        </Suspense>
      )}
    </FormContext>
  );
}

/** Whether the window and the numbers can be sent for a preview; the name can wait. */
const checkWindow = (draft: EditedDraft): boolean =>
  [...checkDraft(draft).keys()].every((path) => path === 'name' || path === 'nameEn');

function useSave(stored: Promotion | undefined, draft: EditedDraft) {
  const words = useWords();
  const navigate = useNavigate();
  const refresh = [
    promotions.getPromotion,
    promotions.listPromotionSteps,
    promotions.listPromotions,
    promotions.getPromotionResults,
  ];
  const create = useSend(promotions.createPromotion, refresh);
  const change = useSend(promotions.savePromotion, refresh);
  const [done, setDone] = useState<string>();
  // Away only when the page knows that nothing is unsaved any more.
  useEffect(() => {
    if (done !== undefined) void navigate(`/grow/promotions/${done}`);
  }, [done, navigate]);
  const error = create.error ?? change.error;
  const onSuccess = ({ id, name }: Promotion) => {
    toast(words('promo.savedToast', { name }));
    setDone(id);
  };
  return {
    error,
    refused: refusedField(error, words),
    isStale: isStale(error),
    isBusy: create.isPending || change.isPending,
    isDone: done !== undefined,
    reset: () => {
      create.reset();
      change.reset();
    },
    send: (edited: EditedDraft = draft, version = stored?.version) => {
      const body = writeDraft(edited);
      if (stored === undefined || version === undefined) create.mutate({ body }, { onSuccess });
      else change.mutate({ params: { id: stored.id }, body: { ...body, version } }, { onSuccess });
    },
  };
}

/** What keeps the form from being saved; each line leads to its field. */
function WrongSummary({ wrongs, words }: { wrongs: Wrongs; words: Say }) {
  return (
    <>
      <h2>{words('promo.wrongTitle', { count: wrongs.size })}</h2>
      <ul>
        {[...wrongs].map(([path, wrong]) => (
          <li key={path}>
            <FieldLink path={path}>{words(`promo.wrong.${wrong}`)}</FieldLink>
          </li>
        ))}
      </ul>
    </>
  );
}

function FieldLink({ path, children }: { path: string; children: string }) {
  return (
    <a
      href={`#${fieldId(path)}`}
      onClick={(event) => {
        event.preventDefault();
        const field = document.getElementById(fieldId(path)) ?? document.getElementById(`${fieldId(path)}-wrong`);
        field?.scrollIntoView({ block: 'center' });
        field?.focus();
      }}
    >
      {children}
    </a>
  );
}
