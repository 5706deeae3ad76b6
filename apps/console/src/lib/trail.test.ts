import { expect, test } from 'vitest';
import { neighboursOf } from './trail.ts';

const trail = { list: '/sell/orders?state=paid', rows: ['/a', '/b', '/c'] };

test('an object knows its neighbours in the list that it was opened from, and none beyond its ends', () => {
  expect(neighboursOf('/b', trail)).toEqual({ place: 2, count: 3, previous: '/a', next: '/c', list: trail.list });
  expect(neighboursOf('/a', trail)).toMatchObject({ previous: undefined, next: '/b' });
  expect(neighboursOf('/c', trail)).toMatchObject({ next: undefined });
});

test('an object that was not opened from the list has no neighbours', () => {
  expect(neighboursOf('/d', trail)).toBeUndefined();
  expect(neighboursOf('/a', undefined)).toBeUndefined();
});
