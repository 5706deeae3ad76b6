import { expect, test } from 'vitest';
import { prettyJson, readEventText } from './json-text.ts';

test('a JSON object is read as it is, with whatever it holds', () => {
  const event = { type: 'track', properties: { name: '茶杯 "大"', list: [1, -2.5e3, true, null, {}, []] } };
  expect(readEventText(JSON.stringify(event))).toEqual({ event });
  expect(readEventText(prettyJson(JSON.stringify(event)))).toEqual({ event });
});

test('nothing, and what is no object, is told as such', () => {
  expect(readEventText(' \n')).toEqual({ fault: 'empty' });
  for (const text of ['[1]', '"text"', 'null', '3']) expect(readEventText(text)).toEqual({ fault: 'not_object' });
});

test.each([
  ['{"a": 1,}', 1, 9], // a comma too many
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3], // a comma too few
  ['{"a": [1, 2}', 1, 12],
  ["{'a': 1}", 1, 2],
  ['{"a": tru}', 1, 7],
  ['{"a": "open\n}', 1, 7], // the text that does not end
  ['{"a": 1', 1, 8], // it ends too early
  ['{"a": 1} x', 1, 10],
  ['{"a": 01}', 1, 8],
])('a broken text says where it breaks: %s', (text, line, column) => {
  expect(readEventText(text)).toEqual({ fault: 'broken', line, column });
});

test('a broken text nested without end is told, not a crash', () => {
  expect(readEventText('['.repeat(100_000))).toMatchObject({ fault: 'broken', line: 1 });
});

test('what is no JSON is shown as it came', () => {
  expect(prettyJson('{')).toBe('{');
  expect(prettyJson('{"a":1}')).toBe('{\n  "a": 1\n}');
});
