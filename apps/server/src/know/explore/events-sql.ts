import type { explore as contract } from '@tongshang/contract';
import type { Parameters } from './reading.ts';

/** Persons, and what the house told of their orders; never staff or bots. */
export const peopleSql = "visitor_kind in ('', 'house')";

/** The customer who was signed in; what the house tells of an order is the deed of the visitor who ordered, who need not have been. */
export const signedInSql = "if(visitor_kind = 'house', '', customer_id) as signed_in";

/**
 * Who did it, as a number: the customer who was signed in, else whom the visitor turned out to be, else the visitor. Reads `visitor` and
 * `signed_in` of a row joined with `joinSql`.
 */
export const personSql = "multiIf(signed_in != '', cityHash64(signed_in), joined != 0, joined, visitor)";
export const joinSql = 'left any join (select visitor, customer as joined from visitor_customer) as known using visitor';

/** Whether a row is this event with these properties. `name` keeps its parameters apart from others'. */
export function eventSql({ type, event, where }: contract.EventChoice, name: string, parameters: Parameters): string {
  parameters[`${name}_type`] = type;
  parameters[`${name}_event`] = event;
  const filters = where.map((filter, index) => `and ${filterSql(filter, `${name}_${index}`, parameters)}`);
  return `(type = {${name}_type:String} and event = {${name}_event:String} ${filters.join(' ')})`;
}

type Filters = Readonly<Partial<Record<'channel' | 'campaign' | 'language' | 'store', readonly string[] | undefined>>>;

/** `and …` for every filter that names something. */
export function keepSql(filters: Filters, parameters: Parameters): string {
  const parts: string[] = [];
  for (const name of ['channel', 'campaign', 'language', 'store'] as const) {
    const values = filters[name];
    if (values === undefined || values.length === 0) continue;
    parameters[`keep_${name}`] = values;
    parts.push(`and has({keep_${name}:Array(String)}, ${name})`);
  }
  return parts.join(' ');
}

const ownColumns: ReadonlySet<string> = new Set(['channel', 'campaign', 'language', 'path']);

function filterSql({ property, test, values }: contract.PropertyFilter, name: string, parameters: Parameters): string {
  const holds = (of: string): string => {
    switch (test) {
      case 'is':
      case 'is_not':
        return `has({${name}:Array(String)}, ${of})`;
      case 'contains':
        return `arrayExists(part -> positionCaseInsensitiveUTF8(${of}, part) > 0, {${name}:Array(String)})`;
      case 'at_least':
        return `ifNull(toFloat64OrNull(${of}) >= {${name}:Float64}, 0)`;
      case 'at_most':
        return `ifNull(toFloat64OrNull(${of}) <= {${name}:Float64}, 0)`;
      case 'is_set':
      case 'is_not_set':
        return `${of} != ''`;
    }
  };
  if (test === 'at_least' || test === 'at_most') parameters[name] = Number(values[0]);
  else if (values.length > 0) parameters[name] = values;
  const found = propertySql(property, name, parameters);
  const any = found.isList ? `arrayExists(one -> ${holds('one')}, ${found.sql})` : `(${holds(found.sql)})`;
  return test === 'is_not' || test === 'is_not_set' ? `not ${any}` : any;
}

/** A property as text, or as a list of texts where its path passes through a list; '' and no entry when it is not there. */
export function propertySql(property: string, name: string, parameters: Parameters): { sql: string; isList: boolean } {
  if (ownColumns.has(property)) return { sql: `toString(${property})`, isList: false };
  const segments = property.split('.').map((segment, index) => {
    const isList = segment.endsWith('[]');
    parameters[`${name}_p${index}`] = isList ? segment.slice(0, -2) : segment;
    return { sql: `{${name}_p${index}:String}`, isList };
  });
  return { sql: pathSql('properties', segments, 0), isList: segments.some(({ isList }) => isList) };
}

interface Segment {
  sql: string;
  isList: boolean;
}

function pathSql(source: string, segments: readonly Segment[], depth: number): string {
  const list = segments.findIndex(({ isList }) => isList);
  if (list === -1) return textSql(source, segments);
  const rest = segments.slice(list + 1);
  const items = `JSONExtractArrayRaw(${[source, ...segments.slice(0, list + 1).map(({ sql }) => sql)].join(', ')})`;
  const mapped = `arrayMap(item${depth} -> ${pathSql(`item${depth}`, rest, depth + 1)}, ${items})`;
  return rest.some(({ isList }) => isList) ? `arrayFlatten(${mapped})` : mapped;
}

/** Texts without their quotes, numbers and truth values as they are written. */
function textSql(source: string, segments: readonly Segment[]): string {
  const at = [source, ...segments.map(({ sql }) => sql)].join(', ');
  return `multiIf(JSONType(${at}) = 'String', JSONExtractString(${at}), JSONType(${at}) = 'Null', '', JSONExtractRaw(${at}))`;
}
