import { useQuery } from '@tanstack/react-query';
import { explore, type ReplyOf } from '@tongshang/contract';
import { deedTypeWords, filterTestWords, say } from '@tongshang/ui';
import { Button, Select } from 'antd';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';

type Choice = explore.EventChoice;
type Filter = explore.PropertyFilter;
export type KnownEvent = ReplyOf<typeof explore.listExploreEvents>['items'][number];

/** What happened lately and may be chosen. */
export const knownEvents = { ...q(explore.listExploreEvents), staleTime: 300_000 };

function useKnownEvents(): readonly KnownEvent[] {
  return useQuery({ ...knownEvents, retryOnMount: false }).data?.items ?? [];
}

/** How a choice of event is called in the list of choices; what comes after the first blank is its name. */
const codeOf = ({ type, event }: Pick<Choice, 'type' | 'event'>): string => `${type} ${event}`;
const choiceOf = (code: string): Choice => {
  const [type = '', ...event] = code.split(' ');
  return { type: explore.deedTypes.find((one) => one === type) ?? 'track', event: event.join(' '), where: [] };
};

interface EventChoiceProps {
  label: string;
  choice: Choice | undefined;
  /** Leaving it empty means any deed. */
  mayBeAny?: boolean;
  onChange: (choice: Choice | undefined) => void;
}

/** An event, the most frequent first, narrowed by its properties. */
export function EventChoiceField({ label, choice, mayBeAny = false, onChange }: EventChoiceProps) {
  const words = useWords();
  const language = useLanguage();
  const { compact } = useFormat();
  const known = useKnownEvents();
  const all =
    choice === undefined || known.some((one) => codeOf(one) === codeOf(choice)) ? known : [...known, { ...choice, times: 0 }];
  const event = known.find((one) => choice !== undefined && codeOf(one) === codeOf(choice));
  return (
    <div className="event-choice">
      <Select<string | null>
        className="choice event-name"
        aria-label={label}
        placeholder={words(mayBeAny ? 'explore.anyDeed' : 'explore.chooseEvent')}
        value={choice === undefined ? null : codeOf(choice)}
        allowClear={mayBeAny}
        {...(mayBeAny && { prefix: <span className="third">{label}</span> })}
        showSearch={{ optionFilterProp: 'value' }}
        options={all.map((one) => ({
          value: codeOf(one),
          label: `${one.type === 'track' ? '' : `${say(deedTypeWords[one.type], language)} `}${one.event}${one.times > 0 ? ` · ${compact(one.times)}` : ''}`,
        }))}
        onChange={(code) => onChange(code === null || code === undefined ? undefined : choiceOf(code))}
      />
      {choice !== undefined && (
        <PropertyFilters label={label} choice={choice} properties={event?.properties ?? []} onChange={onChange} />
      )}
    </div>
  );
}

const always = ['channel', 'campaign', 'language', 'path'] as const;
const filtersMax = 5;

interface PropertyFiltersProps {
  label: string;
  choice: Choice;
  properties: readonly string[];
  onChange: (choice: Choice) => void;
}

function PropertyFilters({ label, choice, properties, onChange }: PropertyFiltersProps) {
  const words = useWords();
  const names = [...new Set([...always, ...properties, ...choice.where.map(({ property }) => property)])];
  const set = (at: number, filter: Filter | undefined) =>
    onChange({
      ...choice,
      where: choice.where.flatMap((one, index) => (index !== at ? [one] : filter === undefined ? [] : [filter])),
    });
  return (
    <>
      {choice.where.map((filter, at) => (
        <PropertyFilterRow
          key={`${at} ${filter.property}`}
          label={`${label} ${words('explore.where', { no: at + 1 })}`}
          choice={choice}
          filter={filter}
          names={names}
          onChange={(next) => set(at, next)}
        />
      ))}
      {choice.where.length < filtersMax && (
        <Select<string | null>
          className="choice add-filter"
          aria-label={`${label} ${words('explore.addWhere')}`}
          placeholder={words('explore.addWhere')}
          value={null}
          showSearch
          options={names.map((value) => ({ value, label: value }))}
          onChange={(property) =>
            property !== null && onChange({ ...choice, where: [...choice.where, { property, test: 'is_set', values: [] }] })
          }
        />
      )}
    </>
  );
}

interface PropertyFilterRowProps {
  label: string;
  choice: Choice;
  filter: Filter;
  names: readonly string[];
  onChange: (filter: Filter | undefined) => void;
}

/**
 * One condition on a property. A test that takes values counts only once it has one: until then the condition asks whether there is any,
 * so that what is asked is at all times a whole question.
 */
function PropertyFilterRow({ label, choice, filter, names, onChange }: PropertyFilterRowProps) {
  const words = useWords();
  const language = useLanguage();
  const { property, test, values } = filter;
  const query = { type: choice.type, event: choice.event, property };
  const { data } = useQuery({ ...q(explore.listExploreValues, { query }), staleTime: 300_000, retry: false });
  const isNumber = test.startsWith('at_');
  return (
    <span className="property-filter">
      <Select<string>
        className="choice property-name"
        aria-label={`${label} ${words('explore.property')}`}
        showSearch
        value={property}
        options={names.map((value) => ({ value, label: value }))}
        onChange={(next) => onChange({ property: next, test: 'is_set', values: [] })}
      />
      <Select
        className="choice property-test"
        aria-label={`${label} ${words('explore.test')}`}
        value={test}
        options={explore.filterTests.map((value) => ({ value, label: say(filterTestWords[value], language) }))}
        onChange={(next) => onChange(asTest(filter, next, data?.items[0]?.value))}
      />
      {!test.startsWith('is_') || test === 'is_not' ? (
        <Select<string[]>
          mode="tags"
          className="choice value-choice"
          aria-label={`${label} ${words('explore.values')}`}
          maxTagCount="responsive"
          value={values}
          options={isNumber ? [] : (data?.items ?? []).map(({ value }) => ({ value, label: value }))}
          notFoundContent={words('explore.typeValue')}
          onChange={(next) => {
            const kept = isNumber ? next.filter((one) => one.trim() !== '' && Number.isFinite(Number(one))).slice(-1) : next;
            if (kept.length > 0) onChange({ property, test, values: kept });
          }}
        />
      ) : null}
      <Button
        type="text"
        size="small"
        aria-label={words('explore.removeWhere', { name: `${label} ${property}` })}
        onClick={() => onChange(undefined)}
      >
        ×
      </Button>
    </span>
  );
}

/** The same condition by another test, with a value where it takes one: what was there, else the most frequent one. */
function asTest({ property, values }: Filter, test: Filter['test'], frequent: string | undefined): Filter {
  if (test === 'is_set' || test === 'is_not_set') return { property, test, values: [] };
  if (test === 'at_least' || test === 'at_most') {
    const number = [...values, frequent ?? ''].find((one) => one.trim() !== '' && Number.isFinite(Number(one)));
    return { property, test, values: [number ?? '0'] };
  }
  return { property, test, values: values.length > 0 ? values : frequent === undefined || frequent === '' ? ['-'] : [frequent] };
}
