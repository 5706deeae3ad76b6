import { provinces } from '../lib/provinces.ts';
import type { RecipientField, RecipientForm, Troubles } from '../lib/recipient.ts';
import type { Site } from '../site.ts';
import { checkout as words } from '../words/cart.ts';
import { described, Field } from './field.tsx';

interface Props {
  site: Site;
  form: RecipientForm;
  troubles: Troubles;
}

export const troubleText = (site: Site, troubles: Troubles, field: RecipientField): string | undefined => {
  const trouble = troubles[field];
  return trouble && site.say(trouble.word, trouble.values);
};

/** Who gets it, and where: five fields, the same at checkout and in the address book. */
export function RecipientFields({ site, form, troubles }: Props) {
  const wrong = (field: RecipientField) => troubleText(site, troubles, field);
  return (
    <>
      <Field id="name" label={site.say(words.name)} trouble={wrong('name')}>
        <input
          {...described('name', { trouble: wrong('name') })}
          name="name"
          autocomplete="name"
          value={form.name}
          required
          maxLength={60}
        />
      </Field>
      <Field id="phone" label={site.say(words.phone)} hint={site.say(words.phoneWhy)} trouble={wrong('phone')}>
        <input
          {...described('phone', { hint: site.say(words.phoneWhy), trouble: wrong('phone') })}
          name="phone"
          type="tel"
          inputMode="tel"
          autocomplete="tel"
          value={form.phone}
          required
          maxLength={30}
        />
      </Field>
      <div class="pair">
        <Field id="province" label={site.say(words.province)} trouble={wrong('province')}>
          <select
            {...described('province', { trouble: wrong('province') })}
            name="province"
            autocomplete="address-level1"
            required
          >
            <option value="">{site.say(words.provinceChoose)}</option>
            {provinces.map((province) => (
              <option key={province.name} value={province.name} selected={province.name === form.province}>
                {site.nameOf(province)}
              </option>
            ))}
          </select>
        </Field>
        <Field id="city" label={site.say(words.city)} hint={site.say(words.cityHint)} trouble={wrong('city')}>
          <input
            {...described('city', { hint: site.say(words.cityHint), trouble: wrong('city') })}
            name="city"
            autocomplete="address-level2"
            value={form.city}
            required
            maxLength={60}
          />
        </Field>
      </div>
      <Field id="detail" label={site.say(words.detail)} trouble={wrong('detail')}>
        <input
          {...described('detail', { trouble: wrong('detail') })}
          name="detail"
          autocomplete="address-line1"
          value={form.detail}
          required
          maxLength={220}
        />
      </Field>
    </>
  );
}

/** One box for a whole address; a plain button reads it, with or without JavaScript. */
export function PasteAddress({ site, text, action }: { site: Site; text: string; action: string }) {
  return (
    <details class="paste" open={text !== ''}>
      <summary>{site.say(words.paste)}</summary>
      <Field id="whole" label={site.say(words.paste)} hint={site.say(words.pasteHint)}>
        <textarea
          {...described('whole', { hint: site.say(words.pasteHint) })}
          name="whole"
          rows={2}
          maxLength={400}
          autocomplete="off"
          lang="zh-CN"
          value={text}
        />
      </Field>
      <button type="submit" class="quiet" formAction={action} formNoValidate name="do" value="paste">
        {site.say(words.pasteButton)}
      </button>
    </details>
  );
}
