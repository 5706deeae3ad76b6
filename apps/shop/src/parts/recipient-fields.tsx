import type { Places } from '../lib/divisions.ts';
import { provincesEn } from '../lib/divisions.ts';
import type { RecipientField, RecipientForm, Troubles } from '../lib/recipient.ts';
import type { Site } from '../site.ts';
import type { Division } from '../views.ts';
import { checkout as words } from '../words/checkout.ts';
import { described, Field } from './field.tsx';

interface Props {
  site: Site;
  form: RecipientForm;
  places: Places;
  troubles: Troubles;
  /** Tells one parcel's fields from another's. */
  prefix?: string;
}

export const troubleText = (site: Site, troubles: Troubles, id: string): string | undefined => {
  const trouble = troubles[id];
  return trouble && site.say(trouble.word, trouble.values);
};

/** Who gets it, and where: six fields, the same at checkout, for a parcel and in the address book. */
export function RecipientFields({ site, form, places, troubles, prefix = '' }: Props) {
  const wrong = (field: RecipientField) => troubleText(site, troubles, prefix + field);
  const text = (field: 'name' | 'phone' | 'detail', label: string, hint: string | undefined, more: object) => (
    <Field id={prefix + field} label={label} hint={hint} trouble={wrong(field)}>
      <input
        {...described(prefix + field, { hint, trouble: wrong(field) })}
        name={prefix + field}
        value={form[field]}
        required
        {...more}
      />
    </Field>
  );
  const isMain = prefix === '';
  return (
    <>
      <div class="pair">
        {text('name', site.say(words.name), undefined, { autocomplete: isMain ? 'name' : 'off', maxLength: 60 })}
        {text('phone', site.say(words.phone), isMain ? site.say(words.phoneWhy) : undefined, {
          type: 'tel',
          inputMode: 'tel',
          autocomplete: isMain ? 'tel' : 'off',
          maxLength: 30,
        })}
      </div>
      <Divisions site={site} form={form} places={places} prefix={prefix} wrong={wrong} />
      {text('detail', site.say(words.detail), undefined, { autocomplete: isMain ? 'address-line1' : 'off', maxLength: 220 })}
    </>
  );
}

type Level = 'province' | 'city' | 'district';

interface DivisionsProps extends Pick<Props, 'site' | 'form' | 'places'> {
  prefix: string;
  wrong: (field: RecipientField) => string | undefined;
}

/** Three selects, each filled by the one before it: by a script at once, without one by a button. */
function Divisions({ site, form, places, prefix, wrong }: DivisionsProps) {
  const levels: { level: Level; label: string; options: readonly Division[]; autocomplete: string }[] = [
    { level: 'province', label: site.say(words.province), options: places.provinces, autocomplete: 'address-level1' },
    { level: 'city', label: site.say(words.city), options: places.cities, autocomplete: 'address-level2' },
    { level: 'district', label: site.say(words.district), options: places.districts, autocomplete: 'address-level3' },
  ];
  const isWhole = form.province !== '' && (places.cities.length === 0 || form.city !== '');
  return (
    <div
      class="divisions"
      data-divisions={site.href('/divisions')}
      data-choose={site.say(words.choose)}
      data-none={site.say(words.noneBelow)}
    >
      {levels.map(({ level, label, options, autocomplete }, index) => {
        const isOpen = index === 0 || form[levels[index - 1]?.level ?? 'province'] !== '';
        const after = level === 'district' ? words.districtAfter : words.cityAfter;
        const empty = !isOpen ? after : options.length === 0 ? words.noneBelow : words.choose;
        return (
          <Field key={level} id={prefix + level} label={label} trouble={wrong(level)}>
            <select
              {...described(prefix + level, { trouble: wrong(level) })}
              name={prefix + level}
              autocomplete={prefix === '' ? autocomplete : 'off'}
              data-level={level}
              data-after={site.say(after)}
            >
              <option value="">{site.say(empty)}</option>
              {options.map(({ code, name }) => (
                <option
                  key={code}
                  value={code}
                  selected={code === form[level]}
                  lang={site.language === 'en' ? 'zh-CN' : undefined}
                >
                  {divisionName(site, level, code, name)}
                </option>
              ))}
            </select>
          </Field>
        );
      })}
      {(places.districts.length === 0 || !isWhole) && (
        <button type="submit" class="quiet small" name="do" value="divisions" formNoValidate data-autosent>
          {site.say(words.loadBelow)}
        </button>
      )}
    </div>
  );
}

const divisionName = (site: Site, level: Level, code: string, name: string): string =>
  site.language === 'en' && level === 'province' ? `${provincesEn[code.slice(0, 2)] ?? ''} ${name}`.trim() : name;

/** One box for a whole address; a plain button reads it, with or without JavaScript. */
export function PasteAddress({ site, text }: { site: Site; text: string }) {
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
      <button type="submit" class="quiet" formNoValidate name="do" value="paste">
        {site.say(words.pasteButton)}
      </button>
    </details>
  );
}
