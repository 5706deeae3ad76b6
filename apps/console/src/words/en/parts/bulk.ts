// What runs over many orders say; part of sell.
import type { bulkWords as source } from '../../zh-CN/parts/bulk.ts';
import type { EnglishOf } from '../../keys.ts';

export const bulkWords: EnglishOf<typeof source> = {
  'bulk.wholeOpen': 'All that match…',
  'bulk.whole': 'Act on all that match',
  'bulk.start': 'Start',
  'bulk.wholeText':
    '{{total}} orders match the filters now; it can be done to {{able}} of them as they stand, {{unable}} would be refused with the reason.',
  'bulk.wholeNone': 'It can be done to none of them now. Choose another action, or other filters',
  'bulk.wholeNote': 'The server does it order by order, up to {{max}} at once; the browser may be closed, the result waits.',
  'bulk.runs': 'Bulk runs',
  'bulk.runsAbout': 'What the server does to many orders, one by one; each that is refused says why, to take away as a file',
  'bulk.noRuns': 'No bulk runs yet. Tick any row in the list of orders, then choose “All that match”',
  'bulk.action': 'Action',
  'bulk.total': 'Orders',
  'bulk.doneCount': 'Done',
  'bulk.refusedCount': 'Refused',
  'bulk.startedBy': 'Started by',
  'bulk.startedAt': 'Started',
  'bulk.finishedAt': 'Ended',
  'bulk.runTitle': '{{action}} {{count}} orders',
  'bulk.runFacts': '{{by}} · {{at}} · reason: {{reason}}',
  'bulk.running': 'In progress',
  'bulk.progress': 'Progress of the bulk run',
  'bulk.counts': '{{done}} done, {{refused}} refused, {{waiting}} waiting, {{total}} in all',
  'bulk.mayLeave': 'You may leave this page or close the browser; it goes on.',
  'bulk.takeAway': 'The refused orders and their reasons can be exported below.',
  'bulk.stop': 'Stop, leave the rest',
  'bulk.rows': 'Orders and results',
  'bulk.rowState': 'Result',
  'bulk.noRows': 'No such orders',
};
