import { formatPhone } from '@tongshang/ui/format/phone';
import { parcelsMax, prefixOf, unitsField } from '../lib/parcels.ts';
import { signInUrl } from '../lib/urls.ts';
import { described, Field } from '../parts/field.tsx';
import { PasteAddress, RecipientFields, troubleText } from '../parts/recipient-fields.tsx';
import type { Site } from '../site.ts';
import type { Address } from '../views.ts';
import { checkout as words } from '../words/checkout.ts';
import { ArrivalDay, WayChoice } from './checkout-way.tsx';
import type { CheckoutView } from './checkout.tsx';

interface Props {
  site: Site;
  view: CheckoutView;
}

/** Whom it goes to: from the address book, pasted, or typed; the rest behind links. */
export function Delivery({ site, view }: Props) {
  const { form, troubles, places, addresses, isMember } = view;
  const isKnown = addresses.some(({ detail, name }) => detail === form.recipient.detail && name === form.recipient.name);
  return (
    <section aria-labelledby="recipient" class="panel">
      <h2 id="recipient">{site.say(words.recipient)}</h2>
      {!isMember && (
        <p class="note">
          <a href={site.href(`${signInUrl}?next=checkout`)}>{site.say(words.member)}</a>
        </p>
      )}
      <WayChoice site={site} view={view} />
      <AddressBook site={site} view={view} />
      <PasteAddress site={site} text={form.whole} />
      <RecipientFields site={site} form={form.recipient} places={places.recipient} troubles={troubles} />
      {isMember && !isKnown && (
        <label class="tick">
          <input type="checkbox" name="keep-address" value="1" checked={form.keeps.address} /> {site.say(words.keepAddress)}
        </label>
      )}
      <ArrivalDay site={site} view={view} />
      <p class="note">
        {site.say(words.delivery)}: {site.say(words.deliveryText)}
      </p>
      <Parcels site={site} view={view} />
      <NoteField site={site} view={view} />
    </section>
  );
}

/** A member's addresses; pressing one fills the form and keeps the rest of it. */
function AddressBook({ site, view }: Props) {
  const { addresses, form } = view;
  if (addresses.length === 0) return null;
  const isCurrent = (one: Address): boolean => one.detail === form.recipient.detail && one.name === form.recipient.name;
  return (
    <details class="book" open={addresses.length > 1 && form.recipient.name === ''}>
      <summary>{site.say(words.useAddress)}</summary>
      <ul class="choices">
        {addresses.map((one) => (
          <li key={one.id}>
            <button
              type="submit"
              class="quiet"
              name="do"
              value={`address:${one.id}`}
              formNoValidate
              aria-pressed={isCurrent(one) ? 'true' : 'false'}
            >
              <span>
                {one.name} {formatPhone(one.phone)}
                <br />
                {one.region} {one.detail}
              </span>
            </button>
          </li>
        ))}
        <li>
          <button type="submit" class="link" name="do" value="address:" formNoValidate>
            {site.say(words.newAddress)}
          </button>
        </li>
      </ul>
    </details>
  );
}

function NoteField({ site, view: { form, troubles } }: Props) {
  const trouble = troubleText(site, troubles, 'note');
  return (
    <details open={form.note !== ''}>
      <summary>{site.say(words.addNote)}</summary>
      <Field id="note" label={site.say(words.note)} trouble={trouble}>
        <textarea {...described('note', { trouble })} name="note" rows={2} maxLength={220} value={form.note} />
      </Field>
    </details>
  );
}

function Parcels({ site, view }: Props) {
  const { parcels } = view.form;
  return (
    <details open={parcels.length > 0}>
      <summary>{site.say(words.manyParcels)}</summary>
      <p class="note">{site.say(words.manyParcelsText)}</p>
      <input type="hidden" name="parcels" value={String(parcels.length)} />
      {parcels.map((_, index) => (
        <Parcel key={index} site={site} view={view} index={index} />
      ))}
      <p class="actions">
        {parcels.length > 0 && (
          <button type="submit" class="quiet" name="do" value="amounts" formNoValidate data-amounts>
            {site.say(words.countFreight)}
          </button>
        )}
        {parcels.length < parcelsMax && (
          <button type="submit" class="quiet" name="do" value="parcel-add" formNoValidate>
            {site.say(words.addParcel)}
          </button>
        )}
      </p>
    </details>
  );
}

function Parcel({ site, view, index }: Props & { index: number }) {
  const { savings, form, places, troubles } = view;
  const parcel = form.parcels[index];
  const own = places.parcels[index];
  if (parcel === undefined || own === undefined) return null;
  return (
    <fieldset class="parcel">
      <legend>{site.say(words.parcel, { number: index + 2 })}</legend>
      <RecipientFields site={site} form={parcel.recipient} places={own} troubles={troubles} prefix={prefixOf(index)} />
      <h3>{site.say(words.parcelUnits)}</h3>
      {savings.cart.lines
        .filter(({ isGift }) => !isGift)
        .map((line) => {
          const id = unitsField(index, line.sku);
          const item = [site.nameOf(line), ...line.options.map(site.valueOf)].join(' · ');
          const trouble = troubleText(site, troubles, id);
          return (
            <Field key={line.sku} id={id} label={site.say(words.parcelUnitsOf, { item, count: line.quantity })} trouble={trouble}>
              <input
                {...described(id, { trouble })}
                name={id}
                type="number"
                inputMode="numeric"
                min="0"
                max={String(line.quantity)}
                value={parcel.units.get(line.sku) ?? '0'}
              />
            </Field>
          );
        })}
      <button type="submit" class="link" name="do" value={`parcel-drop:${index}`} formNoValidate>
        {site.say(words.dropParcel)}
      </button>
    </fieldset>
  );
}
