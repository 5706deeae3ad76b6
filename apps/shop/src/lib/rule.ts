import type { Site } from '../site.ts';
import type { PublicRule } from '../views.ts';

/** A rule in a sentence, as its buyer reads it; empty where the name says it all. */
export const ruleText = (site: Site, rule: PublicRule): string => site.nameOf(rule);
