import { useSuspenseQuery } from '@tanstack/react-query';
import { inventory } from '@tongshang/contract';
import { Select } from 'antd';
import { useSearchParams } from 'react-router';
import { client, q } from '../lib/api.ts';
import { useName, useWords } from '../lib/language.ts';
import { withFilter } from '../lib/list-url.ts';
import { useSession } from '../lib/session.ts';

export const allPlaces = q(inventory.listLocations);

export type Place = Awaited<ReturnType<typeof readPlaces>>['items'][number];

/** Warehouses and stores, for a loader. */
export const readPlaces = () => client.ensureQueryData(allPlaces);

/** How a location is called; an unknown code shows itself. */
export function usePlaceName(): (code: string) => string {
  const name = useName();
  const { data } = useSuspenseQuery(allPlaces);
  return (code) => {
    const place = data.items.find((one) => one.code === code);
    return place ? name(place) : code;
  };
}

/** Every location as choices of a field. */
export function usePlaceOptions(kind?: Place['kind']): { value: string; label: string }[] {
  const name = useName();
  const { data } = useSuspenseQuery(allPlaces);
  return data.items
    .filter((one) => kind === undefined || one.kind === kind)
    .map((one) => ({ value: one.code, label: `${one.code} ${name(one)}` }));
}

/** Where the person works: the address says it, else their own store, else the first warehouse; wherever they are bound to, they stay. */
export function placeFrom(url: URLSearchParams, own: string | null, all: readonly Place[], kind?: Place['kind']): string {
  if (own !== null) return own;
  const fitting = all.filter((one) => kind === undefined || one.kind === kind);
  const asked = fitting.find(({ code }) => code === url.get('location'));
  return (asked ?? fitting.find((one) => one.kind === 'warehouse') ?? fitting[0])?.code ?? '';
}

/** The place whose work a page shows, and the choice of another one for those who may. */
export function usePlace(kind?: Place['kind']): { place: string; choice: React.ReactNode } {
  const words = useWords();
  const [url, setUrl] = useSearchParams();
  const { location: own } = useSession();
  const { data } = useSuspenseQuery(allPlaces);
  const options = usePlaceOptions(kind);
  const place = placeFrom(url, own, data.items, kind);
  const choice =
    own === null ? (
      <Select<string>
        className="choice"
        aria-label={words('place.choose')}
        value={place}
        options={options}
        showSearch={options.length > 12 ? { optionFilterProp: 'label' } : false}
        onChange={(code) => setUrl(withFilter(url, { location: code }))}
      />
    ) : null;
  return { place, choice };
}
