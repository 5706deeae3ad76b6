import '../../handling.css';
import { useSuspenseQuery } from '@tanstack/react-query';
import { type ReplyOf, routing } from '@tongshang/contract';
import { lazy, Suspense, useState } from 'react';
import { client, q, useSend } from '../../lib/api.ts';
import { useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Section } from '../../parts/object-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { PageSkeleton } from '../../parts/skeleton.tsx';
import { SaveBar } from '../../parts/save-bar.tsx';
import { ReviewRuleList } from './review-rules.tsx';
import { RoutingLocations } from './routing-locations.tsx';
import { RoutingRuleList } from './routing-rules.tsx';

// The calendar is 35 kB that the rules do not need.
const DryRun = lazy(async () => ({ default: (await import('./dry-run.tsx')).DryRun }));

export type RoutingRules = ReplyOf<typeof routing.getRoutingRules>;
export type ReviewRules = ReplyOf<typeof routing.getReviewRules>;

const routingRules = q(routing.getRoutingRules);
const reviewRules = q(routing.getReviewRules);
const locations = q(routing.listRoutingLocations);

export const loader = () =>
  Promise.all([routingRules, reviewRules, locations].map((one) => client.ensureQueryData(one as never)));

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** How orders handle themselves: what holds one back, where it goes out from, and what a change would have made of a day that was. */
export function Page() {
  const words = useWords();
  const mayEdit = useMay()('routing.edit');
  const { data: savedRoutes } = useSuspenseQuery(routingRules);
  const { data: savedReview } = useSuspenseQuery(reviewRules);
  const [draft, setDraft] = useState<{ routes: RoutingRules; review: ReviewRules }>();
  const { routes, review } = draft ?? { routes: savedRoutes, review: savedReview };
  const saveRoutes = useSend(routing.saveRoutingRules, [routing.getRoutingRules]);
  const saveReview = useSend(routing.saveReviewRules, [routing.getReviewRules]);
  const isChanged = { routes: !isSame(routes, savedRoutes), review: !isSame(review, savedReview) };
  const isDirty = isChanged.routes || isChanged.review;

  const save = async () => {
    try {
      if (isChanged.routes) await saveRoutes.mutateAsync({ body: routes });
      if (isChanged.review) await saveReview.mutateAsync({ body: review });
      setDraft(undefined);
      toast(words('routing.savedToast'));
    } catch {
      // told below, where the rules are; what was typed stays
    }
  };
  return (
    <div className="stack">
      <PageHead title={words('nav.routing')} module={words('wing.supply')} about={words('routing.about')} />
      {!mayEdit && <p className="notice">{words('routing.readOnly')}</p>}
      <Section title={words('routing.review')}>
        <p className="second">{words('routing.reviewAbout')}</p>
        <ReviewRuleList rules={review} isEditable={mayEdit} onChange={(next) => setDraft({ routes, review: next })} />
      </Section>
      <Section title={words('routing.rules')}>
        <p className="second">{words('routing.rulesAbout')}</p>
        <RoutingRuleList rules={routes} isEditable={mayEdit} onChange={(next) => setDraft({ routes: next, review })} />
      </Section>
      <ErrorNote error={saveRoutes.error ?? saveReview.error} />
      <Suspense fallback={<PageSkeleton />}>
        <DryRun routes={routes} review={review} isDirty={isDirty} />
      </Suspense>
      <RoutingLocations />
      <SaveBar
        isDirty={isDirty}
        isBusy={saveRoutes.isPending || saveReview.isPending}
        onDiscard={() => setDraft(undefined)}
        onSave={() => void save()}
      />
    </div>
  );
}
