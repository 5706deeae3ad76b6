import type { Job } from '../../platform/jobs.ts';
import type { Analytics } from '../targets/index.ts';
import { measureCoverJob } from './cover/measure-cover.ts';
import { proposeCoverJob } from './cover/propose-cover.ts';
import { carryOutJob } from './decision/carry-out.ts';
import { tendDecisionsJob } from './decision/tend-decisions.ts';
import { measureMarkdownJob } from './slow-mover/measure-markdown.ts';
import { proposeMarkdownsJob } from './slow-mover/propose-markdowns.ts';

/** The work of both playbooks; those that read figures get them from outside. */
export const playbookJobs = (outside: { analytics: Analytics }): Job[] => [
  proposeCoverJob(outside),
  proposeMarkdownsJob(outside),
  carryOutJob,
  tendDecisionsJob,
  measureCoverJob(outside),
  measureMarkdownJob(outside),
];
