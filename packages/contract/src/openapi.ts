import * as z from 'zod';
import { type Endpoint, type Access } from './endpoint.ts';
import { errorStatus } from './errors.ts';

type Json = Record<string, unknown>;

type Groups = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Prints OpenAPI 3.1 from descriptors; the server serves it, `npm run gen` commits it, a reviewer reads its diff. */
export function buildOpenApi(groups: Groups): Json {
  const paths: Record<string, Json> = {};
  const components = new Map<string, unknown>([['Problem', problemSchema]]);
  const schemaOf = schemaPrinter(namesOf(groups), components);
  for (const [tag, group] of Object.entries(groups)) {
    for (const [name, value] of Object.entries(group)) {
      if (!isEndpoint(value)) continue;
      const path = `/api${value.path.replaceAll(/:(\w+)/g, '{$1}')}`;
      paths[path] = { ...paths[path], [value.method.toLowerCase()]: operation(tag, name, value, schemaOf) };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tongshang',
      version: '0.1.0',
      description: 'Amounts are integer minor units (fen). Days are Asia/Shanghai days.',
    },
    paths: Object.fromEntries(Object.entries(paths).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    components: { schemas: Object.fromEntries([...components].toSorted(([a], [b]) => (a < b ? -1 : 1))) },
  };
}

export function isEndpoint(value: unknown): value is Endpoint {
  return (
    typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'reply' in value && 'access' in value
  );
}

type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => unknown;

/** The contract's own names for its shapes: `Order` of the group orders is `orders.Order`. */
function namesOf(groups: Groups) {
  const names = z.registry<{ id: string }>();
  for (const [group, members] of Object.entries(groups)) {
    if (typeof members !== 'object' || members === null) continue;
    for (const [name, value] of Object.entries(members)) {
      if (value instanceof z.ZodObject && /^[A-Z]/.test(name) && !names.has(value)) names.add(value, { id: `${group}.${name}` });
    }
  }
  return names;
}

/** Prints schemas with named shapes moved to the components; what is sent and what is answered may differ in form. */
function schemaPrinter(metadata: ReturnType<typeof namesOf>, components: Map<string, unknown>): SchemaOf {
  return (schema, io) => {
    const suffix = io === 'input' ? '.input' : '';
    const printed = z.toJSONSchema(schema, { io, unrepresentable: 'any', metadata }) as Json;
    const { $schema: _, $defs = {}, id: __, ...rest } = pointed(printed, suffix) as Json & { $defs?: Json };
    for (const [name, shape] of Object.entries($defs)) {
      const { id: ___, ...own } = shape as Json;
      components.set(name + suffix, own);
    }
    return rest;
  };
}

/** References into the schema's own definitions become references into the document's components. */
const pointed = (schema: Json, suffix: string): unknown =>
  JSON.parse(
    JSON.stringify(schema).replaceAll(/"#\/\$defs\/([^"]+)"/g, (_, name: string) => `"#/components/schemas/${name}${suffix}"`),
  );

function operation(tag: string, name: string, endpoint: Endpoint, schemaOf: SchemaOf): Json {
  const hasBody = endpoint.method !== 'GET' && endpoint.method !== 'DELETE';
  return {
    operationId: `${tag}.${name}`,
    tags: [tag],
    summary: endpoint.summary,
    'x-access': accessText(endpoint.access),
    parameters: [
      ...parameters('path', endpoint.params, schemaOf),
      ...parameters('query', endpoint.query, schemaOf),
      ...(endpoint.idempotent ? [idempotencyKey] : []),
    ],
    ...(hasBody && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(endpoint.body, 'input') } } },
    }),
    responses: {
      200: { description: 'Done', content: { 'application/json': { schema: schemaOf(endpoint.reply, 'output') } } },
      ...refusals(endpoint),
    },
  };
}

const accessText = (access: Access): string => (typeof access === 'string' ? access : `permission ${access.permission}`);

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  schema: { type: 'string', minLength: 8, maxLength: 200 },
};

function parameters(place: 'path' | 'query', schema: z.ZodType, schemaOf: SchemaOf): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function refusals({ errors }: Endpoint): Json {
  const byStatus = Map.groupBy(errors, (code) => errorStatus[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const problemSchema = {
  type: 'object',
  required: ['type', 'code', 'status', 'details', 'requestId'],
  properties: {
    type: { type: 'string' },
    code: { enum: Object.keys(errorStatus) },
    status: { type: 'integer' },
    details: { type: 'object' },
    requestId: { type: 'string' },
  },
};
