import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

const keysMax = 200;

/**
 * Parts that are the same on many pages, rendered once: by what they are made of (which must not change afterwards) and a key that says the
 * rest. The text goes in as it is, so only what this renders may be given to it.
 */
export function makeKept(): (of: object, key: string, make: () => VNode) => { __html: string } {
  const known = new WeakMap<object, Map<string, { __html: string }>>();
  return (of, key, make) => {
    const byKey = known.get(of) ?? new Map<string, { __html: string }>();
    known.set(of, byKey);
    const kept = byKey.get(key) ?? { __html: renderToString(make()) };
    if (byKey.size >= keysMax) byKey.clear();
    byKey.set(key, kept);
    return kept;
  };
}
