import * as contract from '@tongshang/contract';
import { isEndpoint } from '@tongshang/contract/openapi';
import { permissionsOf, roles } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from './world.ts';

const world = useWorld();
const endpoints = Object.entries(contract as Record<string, unknown>).flatMap(([group, members]) =>
  typeof members === 'object' && members !== null
    ? Object.entries(members).flatMap(([name, value]) =>
        isEndpoint(value) ? [{ name: `${group}.${name}`, endpoint: value }] : [],
      )
    : [],
);

test('every operation of the contract is bound once, and nothing is bound that the contract does not name', () => {
  const bound = world.house.routes.map((route) => route.endpoint);
  expect(new Set(bound).size).toBe(bound.length);
  expect(endpoints.filter(({ endpoint }) => !bound.includes(endpoint)).map(({ name }) => name)).toEqual([]);
  expect(bound.filter((one) => !endpoints.some(({ endpoint }) => endpoint === one)).map((one) => one.path)).toEqual([]);
});

test('method and path name one operation', () => {
  const addresses = endpoints.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`);
  expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
});

test('a staff operation refuses every role without its permission, and every shopper, before it reads anything', async () => {
  for (const { name, endpoint } of endpoints) {
    if (typeof endpoint.access === 'string') continue;
    const { permission } = endpoint.access;
    for (const role of roles.filter((candidate) => !permissionsOf[candidate].includes(permission))) {
      await expect(world.call(endpoint, {}, aStaff(role)), `${name} as ${role}`).rejects.toMatchObject({
        code: 'auth.forbidden',
        details: { permission },
      });
    }
    await expect(world.call(endpoint, {}, aShopper()), `${name} as a shopper`).rejects.toMatchObject({ code: 'auth.required' });
  }
});

test('a member operation refuses a guest', async () => {
  for (const { name, endpoint } of endpoints) {
    if (endpoint.access !== 'member') continue;
    await expect(world.call(endpoint, {}, aShopper()), name).rejects.toMatchObject({ code: 'auth.required' });
  }
});

test('what creates, or moves money or stock, asks for an idempotency key', async () => {
  for (const { name, endpoint } of endpoints.filter(({ endpoint: one }) => one.idempotent)) {
    expect(endpoint.method, name).toBe('POST');
  }
});
