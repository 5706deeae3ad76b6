import { type PageTab, PageTabs } from '../../parts/page-tabs.tsx';
import '../../events.css';

const tabs: readonly PageTab[] = [
  { to: '/know/events', word: 'events.tabBad', need: 'collection.view' },
  { to: '/know/events/plan', word: 'events.tabPlan', need: 'collection.view' },
  { to: '/know/events/violations', word: 'events.tabViolations', need: 'collection.view' },
  { to: '/know/events/conflicts', word: 'events.tabConflicts', need: 'collection.view' },
  { to: '/know/events/sources', word: 'events.tabSources', need: 'collection.edit' },
];

/** What there is to look after about behaviour events: what came in wrong, what should come, who sends it. */
export const EventTabs = () => <PageTabs label="nav.events" tabs={tabs} />;
