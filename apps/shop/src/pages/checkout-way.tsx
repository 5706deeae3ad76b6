import { formatInstant } from '@tongshang/ui/format/time';
import { Field } from '../parts/field.tsx';
import { troubleText } from '../parts/recipient-fields.tsx';
import type { Site } from '../site.ts';
import { checkout as words } from '../words/checkout.ts';
import type { CheckoutView } from './checkout.tsx';

interface Props {
  site: Site;
  view: CheckoutView;
}

/** Sent, or collected in a store that has all of it; without stores there is nothing to choose. */
export function WayChoice({ site, view: { form, options, troubles } }: Props) {
  if (options.places.length === 0) return null;
  const isCollected = form.pickupAt !== '';
  const trouble = troubleText(site, troubles, 'pickup');
  return (
    <fieldset class="kinds way">
      <legend>{site.say(words.way)}</legend>
      <label class="method">
        <input type="radio" name="way" value="sent" checked={!isCollected} /> {site.say(words.waySent)}
      </label>
      <label class="method">
        <input type="radio" name="way" value="pickup" checked={isCollected} /> {site.say(words.wayPickup)}
      </label>
      <div class="for-pickup">
        <Field id="pickup" label={site.say(words.pickupPlace)} trouble={trouble}>
          <select id="pickup" name="pickup" aria-invalid={trouble ? 'true' : undefined}>
            <option value="">{site.say(words.pickupPlace)}</option>
            {options.places.map((place) => (
              <option
                key={place.location}
                value={place.location}
                disabled={!place.isAvailable}
                selected={place.location === form.pickupAt}
              >
                {[
                  site.nameOf(place),
                  place.address,
                  place.readyAt === null
                    ? site.say(words.pickupShort)
                    : site.say(words.pickupReady, { at: formatInstant(place.readyAt) }),
                ]
                  .filter((text) => text !== '')
                  .join(' · ')}
              </option>
            ))}
          </select>
        </Field>
        <p class="actions">
          <button type="submit" class="quiet" name="do" value="amounts" formNoValidate data-amounts>
            {site.say(words.countFreight)}
          </button>
        </p>
      </div>
    </fieldset>
  );
}

const choices = 7;
const dayMs = 86_400_000;

/** By which day it is there, and a later one for who would rather have it then. */
export function ArrivalDay({ site, view: { form, options } }: Props) {
  const { promisedOn, orderBy, region } = options;
  if (promisedOn === null || form.pickupAt !== '') return null;
  const later = Array.from({ length: choices }, (_, nth) =>
    new Date(Date.parse(promisedOn) + (nth + 1) * dayMs).toISOString().slice(0, 10),
  );
  return (
    <>
      <p class="note arrives">
        {region !== '' && site.say(words.arrivesTo, { region })}
        <strong>{site.say(words.arrives, { day: promisedOn })}</strong>
        {orderBy !== null && <> ({site.say(words.arrivesIf, { at: formatInstant(orderBy) })})</>}
      </p>
      <Field id="day" label={site.say(words.dayChoice)}>
        <select id="day" name="day">
          <option value="">{site.say(words.dayFirst, { day: promisedOn })}</option>
          {later.map((day) => (
            <option key={day} value={day} selected={day === form.day}>
              {day}
            </option>
          ))}
        </select>
      </Field>
    </>
  );
}
