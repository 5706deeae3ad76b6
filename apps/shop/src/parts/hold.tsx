import { formatTime } from '@tongshang/ui/format/time';
import type { Site } from '../site.ts';
import type { Cart } from '../views.ts';
import { checkout as words } from '../words/checkout.ts';
import { Countdown } from './countdown.tsx';

/** Until when the units are kept, with a way to keep them longer. Stands inside the form, so nothing typed is lost. */
export function Hold({ site, hold }: { site: Site; hold: Cart['hold'] }) {
  const isHeld = hold !== null && Date.parse(hold.expiresAt) > site.now.getTime();
  const canRenew = hold === null || hold.renewalsLeft > 0;
  return (
    <div class="hold" data-hold={isHeld ? '' : undefined}>
      <p>
        {isHeld ? (
          <>
            <span data-js>
              {site.say(words.held)} <Countdown site={site} until={hold.expiresAt} />
            </span>
            <span data-nojs>{site.say(words.heldUntil, { at: formatTime(hold.expiresAt) })}</span>
          </>
        ) : (
          site.say(hold === null ? words.holdNone : words.holdOver)
        )}
      </p>
      {isHeld && (
        <output
          class="note"
          data-ending={site.say(canRenew ? words.holdEnding : words.holdExhausted)}
          data-over={site.say(words.holdOver)}
        />
      )}
      {canRenew && (
        <button type="submit" class="link" name="do" value="hold" formNoValidate>
          {site.say(isHeld ? words.holdMore : words.holdStart)}
        </button>
      )}
    </div>
  );
}
