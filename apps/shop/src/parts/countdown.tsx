import { clockOf } from '../lib/countdown.ts';
import type { Site } from '../site.ts';
import { common } from '../words/common.ts';

interface Props {
  site: Pick<Site, 'say' | 'now'>;
  until: string;
}

/**
 * Time left by the server's clock: the page says what time it was made, a script counts on from there with a clock that
 * cannot be set. Stands inside `data-js`: where no script runs, a clock that does not run is not shown, and the end is said beside it.
 */
export function Countdown({ site, until }: Props) {
  return (
    <time
      class="countdown"
      dateTime={until}
      data-until={until}
      data-now={site.now.toISOString()}
      data-days={site.say(common.days, { count: '#' })}
    >
      {clockOf(Date.parse(until) - site.now.getTime(), (count) => site.say(common.days, { count }))}
    </time>
  );
}
