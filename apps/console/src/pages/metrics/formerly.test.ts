import { expect, test } from 'vitest';
import { formerly } from './formerly.ts';

const led = (search: string) => formerly(new URLSearchParams(search));

test('a link to the former analysis leads to the same question in the explorer; the overview itself leads nowhere', () => {
  expect(led('')).toBeUndefined();
  expect(led('metric=orders')).toBe('/know/explore?metrics=orders&by=day&period=last_28_days&compare=previous');
  expect(led('metric=gmv&by=channel&from=2026-11-01&to=2026-11-02&channel=shop&channel=store&compare=year')).toBe(
    '/know/explore?metrics=gmv&by=channel&from=2026-11-01&to=2026-11-02&channel=shop&channel=store&compare=year',
  );
});
