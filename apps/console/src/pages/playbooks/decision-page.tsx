import { useSuspenseQuery } from '@tanstack/react-query';
import { playbooks, type ReplyOf } from '@tongshang/contract';
import { actorKinds, decisionStages, decisionStates, decisionSteps, playbookKinds } from '@tongshang/ui';
import { Fragment, type ReactNode } from 'react';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { definitions, useDefinitions } from '../../lib/definitions.ts';
import { exactFigure } from '../../lib/figures.ts';
import { useFormat } from '../../lib/format.ts';
import { useActor, useName, useTerm, useWords } from '../../lib/language.ts';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { CoverCauseView, CoverEffectView, CoverProposalView } from './cover.tsx';
import { DecisionActions } from './decision-actions.tsx';
import { SlowMoverCauseView, SlowMoverEffectView, SlowMoverProposalView } from './slow-mover.tsx';

export type Decision = ReplyOf<typeof playbooks.getDecision>;
export type Cover = Extract<Decision, { playbook: 'cover' }>;
export type SlowMover = Extract<Decision, { playbook: 'slow_mover' }>;

const decision = (id = '') => q(playbooks.getDecision, { params: { id } });

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(decision(params['id'])), client.ensureQueryData(definitions)]);

/** Signal → cause → proposal → approval → effect: one page, each stage an anchor, each step with who, when and why. */
export function Page() {
  const words = useWords();
  const actor = useActor();
  const term = useTerm();
  const name = useName();
  const f = useFormat();
  const { id } = useParams();
  const { data } = useSuspenseQuery(decision(id));
  const title = name({ name: data.entityName, nameEn: data.entityNameEn });
  return (
    <ObjectPage
      title={`${term(playbookKinds, data.playbook)} · ${title}`}
      module={words('nav.decisions')}
      back={{ to: '/steer/decisions', text: words('nav.decisions') }}
      id={data.number}
      status={<StatusTag status={decisionStates[data.state]} code={data.state} />}
      facts={words('decisions.facts', {
        number: data.number,
        amount: f.money(data.amountFen),
        by: actor(data.proposedBy),
        at: f.instant(data.proposedAt),
      })}
      actions={<DecisionActions decision={data} />}
    >
      <ProgressRail decision={data} />
      {data.supersededBy && (
        <p className="notice">
          <Link to={`/steer/decisions/${data.supersededBy}`}>{words('decisions.superseded')}</Link>
        </p>
      )}
      <Stage stage="signal" decision={data}>
        <SignalView decision={data} />
      </Stage>
      <Stage stage="cause" decision={data}>
        {data.playbook === 'cover' ? <CoverCauseView decision={data} /> : <SlowMoverCauseView decision={data} />}
      </Stage>
      <Stage stage="proposal" decision={data}>
        {data.playbook === 'cover' ? <CoverProposalView decision={data} /> : <SlowMoverProposalView decision={data} />}
      </Stage>
      <Stage stage="approval" decision={data}>
        <ApprovalView decision={data} />
      </Stage>
      <Stage stage="execution" decision={data}>
        <ExecutionView decision={data} />
      </Stage>
      <Stage stage="effect" decision={data}>
        {data.playbook === 'cover' ? <CoverEffectView decision={data} /> : <SlowMoverEffectView decision={data} />}
      </Stage>
    </ObjectPage>
  );
}

function ProgressRail({ decision: data }: { decision: Decision }) {
  const words = useWords();
  const term = useTerm();
  const at = playbooks.stages.indexOf(data.stage);
  return (
    <nav className="progress-rail" aria-label={words('decisions.progress')}>
      <ol>
        {playbooks.stages.map((stage, index) => (
          <li
            key={stage}
            className={index < at ? 'past' : index === at ? 'now' : undefined}
            {...(index === at && { 'aria-current': 'step' as const })}
          >
            <a href={`#${stage}`}>
              <span className="step-number">{index + 1}</span> {term(decisionStages, stage)}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** One stage with what the playbook knows and with what happened in it. */
function Stage({ stage, decision: data, children }: { stage: Decision['stage']; decision: Decision; children: ReactNode }) {
  const term = useTerm();
  const actor = useActor();
  const steps = data.steps.filter((step) => step.stage === stage);
  return (
    <div id={stage}>
      <Section title={term(decisionStages, stage)}>
        <div className="stack">
          {children}
          {steps.length > 0 && (
            <Timeline
              entries={steps.map((step) => ({
                id: step.id,
                at: step.at,
                who: step.actorKind === 'staff' ? step.actor : `${actor(step.actor)} · ${term(actorKinds, step.actorKind)}`,
                what: term(decisionSteps, step.what),
                why: <StepReason step={step} />,
              }))}
            />
          )}
        </div>
      </Section>
    </div>
  );
}

/** Why a step was taken: a person's words, the rule that decided, the money it was about. */
function StepReason({ step }: { step: Decision['steps'][number] }) {
  const words = useWords();
  const actor = useActor();
  const f = useFormat();
  const line = step.rule?.match(/^warnings\.([0-9a-f-]{36})$/)?.[1];
  const rule =
    line === undefined ? (
      step.rule && words('decisions.rule', { rule: actor(step.rule) })
    ) : (
      <Link to={`/steer/alerts/${line}`}>{words('decisions.warningLine')}</Link>
    );
  return [step.note, rule, numbersOf(step.details, f.money)].filter(Boolean).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && ' · '}
      {part}
    </Fragment>
  ));
}

/** Amounts in a step's details, as money; the rest of the details is for machines. */
function numbersOf(details: Readonly<Record<string, unknown>>, money: (fen: number) => string): string {
  return Object.entries(details)
    .flatMap(([key, value]) => (typeof value === 'number' && key.endsWith('Fen') ? [money(value)] : []))
    .join(' · ');
}

/** Who asked for it; a change of the proposal makes the changer its proposer. */
const firstProposer = ({ steps, proposedBy }: Decision): string =>
  steps.find(({ what }) => what === 'proposed')?.actor ?? proposedBy;

function SignalView({ decision: data }: { decision: Decision }) {
  const words = useWords();
  const actor = useActor();
  const f = useFormat();
  const { find, titleOf } = useDefinitions();
  const { signal } = data;
  if (!signal) return <p>{words('decisions.noSignal', { by: actor(firstProposer(data)) })}</p>;
  const unit = find(signal.metric)?.unit ?? 'count';
  return (
    <>
      <p className="finding">
        {words(signal.direction === 'below' ? 'decisions.fellBelow' : 'decisions.roseAbove', {
          metric: titleOf(signal.metric),
          value: exactFigure(unit, signal.value, f),
          level: exactFigure(unit, signal.fireLevel, f),
        })}
      </p>
      <Facts
        facts={[
          [words('decisions.firedAt'), f.instant(signal.firedAt)],
          [words('decisions.resolvedAt'), signal.resolvedAt ? f.instant(signal.resolvedAt) : words('decisions.stillFiring')],
          [words('decisions.atStake'), f.money(data.amountFen)],
        ]}
      />
    </>
  );
}

function ApprovalView({ decision: data }: { decision: Decision }) {
  const words = useWords();
  const actor = useActor();
  const f = useFormat();
  return (
    <Facts
      facts={[
        [words('decisions.amount'), f.money(data.amountFen)],
        [
          words('decisions.myLimit'),
          data.allowed.approve.ok && data.myLimitFen === null ? words('decisions.noLimit') : f.money(data.myLimitFen),
        ],
        [words('decisions.deadline'), f.instant(data.expiresAt)],
        [words('decisions.decidedBy'), data.decidedBy && actor(data.decidedBy)],
        [words('decisions.decidedAt'), f.instant(data.decidedAt)],
      ]}
    />
  );
}

function ExecutionView({ decision: data }: { decision: Decision }) {
  const words = useWords();
  const f = useFormat();
  if (data.decidedAt === null) return <p className="second">{words('decisions.notYet')}</p>;
  return (
    <Facts
      facts={[
        ...(data.purchaseId
          ? [
              [
                words('decisions.purchase'),
                <Link key="p" to={`/supply/purchases/${data.purchaseId}`}>
                  {data.purchaseNumber ?? data.purchaseId}
                </Link>,
              ] as const,
            ]
          : []),
        [words('decisions.effectiveFrom'), f.instant(data.effectiveFrom)],
        [words('decisions.effectiveTo'), f.instant(data.effectiveTo)],
      ]}
    />
  );
}
