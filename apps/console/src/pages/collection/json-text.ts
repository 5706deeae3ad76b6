/** What somebody wrote where a JSON object belongs: the object, or what is wrong with the text. */
export type Written =
  | { event: Record<string, unknown> }
  | { fault: 'empty' | 'not_object' }
  | { fault: 'broken'; line: number; column: number };

/** Reads a JSON object; where the text breaks is told as people count, lines and characters from 1. */
export function readEventText(text: string): Written {
  if (text.trim() === '') return { fault: 'empty' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'broken', ...placeIn(text, breakOf(text)) };
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? { event: value as Record<string, unknown> } : { fault: 'not_object' };
}

/** JSON as people read it; what is no JSON stays as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function placeIn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

const space = /[ \t\n\r]*/y;
const name = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y; // oxlint-disable-line no-control-regex
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const signs = { open: /\{/y, close: /\}/y, openList: /\[/y, closeList: /\]/y, colon: /:/y, comma: /,/y };
const depthMax = 500;

/** The first character of a broken text that cannot stand there. Browsers tell this each in their own words, or not at all. */
function breakOf(text: string): number {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const take = (pattern: RegExp): boolean => skip(space) && skip(pattern);
  const members = (close: RegExp, one: () => boolean): boolean => {
    if (take(close)) return true;
    do if (!one()) return false;
    while (take(signs.comma));
    return take(close);
  };
  const value = (depth: number): boolean => {
    if (depth > depthMax) return false;
    if (take(signs.open)) return members(signs.close, () => take(name) && take(signs.colon) && value(depth + 1));
    if (take(signs.openList)) return members(signs.closeList, () => value(depth + 1));
    return take(name) || take(plain);
  };
  if (value(0)) skip(space);
  return at;
}
