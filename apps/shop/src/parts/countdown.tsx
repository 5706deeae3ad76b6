import { formatInstant } from '@tongshang/ui/format/time';
import type { Site } from '../site.ts';
import { common } from '../words/common.ts';

interface Props {
  site: Pick<Site, 'say' | 'now'>;
  until: string;
  /** What stands there without a script: the end itself, never a clock that does not run. */
  label?: string;
}

/**
 * Time left by the server's clock: the page says what time it was made, a script counts on from there with a clock that
 * cannot be set. Quiet for screen readers, which get the end as a time.
 */
export function Countdown({ site, until, label = formatInstant(until) }: Props) {
  return (
    <time
      class="countdown"
      dateTime={until}
      data-until={until}
      data-now={site.now.toISOString()}
      data-days={site.say(common.days, { count: '#' })}
    >
      {label}
    </time>
  );
}
