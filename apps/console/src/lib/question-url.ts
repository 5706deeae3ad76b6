import type { Endpoint } from '@tongshang/contract';

// A question of the explorer as an address: the address is the whole state, so that a link shows what its sender saw.
// `by=day&filters.channel=shop&steps.0.event=Product Viewed`: paths of the question, texts as they are, lists of texts repeated.

/** A schema of the contract that reads an object. */
export type Schema = Endpoint['body'];
export type OutputOf<S extends Schema> = S['_zod']['output'] & object;
export type InputOf<S extends Schema> = S['_zod']['input'] & object;

type Plain = string | number | boolean;
export type Loose = Plain | Loose[] | { [name: string]: Loose };

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isPlain = (value: unknown): value is Plain => ['string', 'number', 'boolean'].includes(typeof value);

/** The address of a question. What is `undefined`, empty or as in `defaults` is left out. */
export function writeQuestion(question: object, defaults: Readonly<Record<string, unknown>> = {}): URLSearchParams {
  const url = new URLSearchParams();
  const write = (path: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    if (isPlain(value)) url.append(path, String(value));
    else if (isList(value) && value.every(isPlain)) for (const one of value) url.append(path, String(one));
    else for (const [name, one] of Object.entries(value as object)) write(`${path}.${name}`, one);
  };
  for (const [name, value] of Object.entries(question))
    if (JSON.stringify(value) !== JSON.stringify(defaults[name])) write(name, value);
  return url;
}

export interface ReadQuestion<Question> {
  question: Question;
  /** Parameters that could not be read; told, never fatal. */
  dropped: readonly string[];
}

/**
 * The question an address asks, read with the contract's own schema. An empty address asks the usual question; what is wrong is dropped and
 * named, what then is missing comes from the usual one. `pageOnly`: parameters that belong to the page, not to the question.
 */
export function readQuestion<S extends Schema>(
  schema: S,
  url: URLSearchParams,
  usual: InputOf<S>,
  pageOnly: readonly string[] = [],
): ReadQuestion<OutputOf<S>> {
  const names = [...new Set(url.keys())].filter((name) => !pageOnly.includes(name.split('.')[0] ?? ''));
  if (names.length === 0) return { question: schema.parse(usual) as OutputOf<S>, dropped: [] };
  let asked: Loose = {};
  for (const name of names) {
    const values = url.getAll(name);
    asked = put(asked, name.split('.'), values.length > 1 ? values : (values[0] ?? ''));
  }
  const dropped = new Set<string>();
  // Every turn mends or drops at least one thing of a finite address.
  for (let turn = 0; turn <= names.length * 4 + 4; turn += 1) {
    const read = schema.safeParse(asked);
    if (read.success) {
      const known = new Set(Object.keys(read.data as object));
      for (const name of Object.keys(asked)) if (!known.has(name)) dropped.add(name);
      return { question: read.data as OutputOf<S>, dropped: [...dropped] };
    }
    for (const issue of read.error.issues) asked = mend(asked, issue, usual, dropped);
  }
  return { question: schema.parse(usual) as OutputOf<S>, dropped: names };
}

interface Issue {
  code?: string;
  path: readonly PropertyKey[];
  expected?: unknown;
}

/** One wrong thing made right: a text that should be a number, a flag or a list becomes one; anything else goes. */
function mend(asked: Loose, issue: Issue, usual: object, dropped: Set<string>): Loose {
  const path = issue.path.map(String);
  const value = at(asked, path);
  if (issue.code === 'invalid_type' && value !== undefined) {
    const typed = asType(value, String(issue.expected));
    if (typed !== undefined) return put(asked, path, typed);
  }
  const [name = ''] = path;
  const instead = (usual as Record<string, Loose | undefined>)[name];
  if (value !== undefined && path.length > 0) {
    dropped.add(path.join('.'));
    // A wrong element takes its list's place with it only when it is the whole of it: a half-read step is no step.
    return put(asked, path.length > 2 ? path.slice(0, 2) : path, undefined);
  }
  if (at(asked, [name]) !== undefined && path.length > 1) {
    dropped.add(name);
    return put(asked, [name], undefined);
  }
  return name === '' ? asked : withUsual(asked, name, instead, usual);
}

/** What must be there comes from the usual question; a time that is half told is told anew as a whole. */
function withUsual(asked: Loose, name: string, instead: Loose | undefined, usual: object): Loose {
  if (!['period', 'from', 'to'].includes(name)) return put(asked, [name], instead);
  return ['period', 'from', 'to'].reduce<Loose>(
    (mended, part) => put(mended, [part], (usual as Record<string, Loose | undefined>)[part]),
    asked,
  );
}

function asType(value: Loose, expected: string): Loose | undefined {
  if (expected === 'array') return isPlain(value) ? [value] : undefined;
  if (typeof value !== 'string') return undefined;
  if (expected === 'boolean') return value === 'true' ? true : value === 'false' ? false : undefined;
  const isNumber = (expected === 'number' || expected === 'int') && value.trim() !== '' && Number.isFinite(Number(value));
  return isNumber ? Number(value) : undefined;
}

const at = (whole: Loose, path: readonly string[]): Loose | undefined =>
  path.reduce<Loose | undefined>(
    (place, name) => (place === undefined || isPlain(place) ? undefined : (place as Record<string, Loose>)[name]),
    whole,
  );

/** The same with another value at a path; `undefined` takes it away. Numbers in a path are places of a list. */
function put(whole: Loose | undefined, path: readonly string[], value: Loose | undefined): Loose {
  const [name, ...rest] = path;
  if (name === undefined) return value ?? {};
  const isPlace = /^\d{1,3}$/.test(name);
  const old: Loose | undefined = whole === undefined || isPlain(whole) ? (isPlace ? [] : {}) : whole;
  const next = rest.length === 0 ? value : put((old as Record<string, Loose>)[name], rest, value);
  if (isList(old) && isPlace) {
    const list = [...(old as Loose[])];
    if (next === undefined) list.splice(Number(name), 1);
    else list[Number(name)] = next;
    return list.filter((one) => one !== undefined);
  }
  const { [name]: _, ...others } = old as Record<string, Loose>;
  return next === undefined ? others : { ...others, [name]: next };
}

/** Where a question is asked in the explorer. */
export const explorePath = ({ kind, question }: { kind: string; question: object }, chart = 'auto'): string =>
  `/know/explore${kind === 'metrics' ? '' : `/${kind}`}?${writeQuestion(chart === 'auto' ? question : { ...question, chart })}`;
