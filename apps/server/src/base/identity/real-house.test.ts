import { identity as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, useWorld } from '../../../test/world.ts';

const world = useWorld({ isDemo: false });

test('outside the demo there are no demo sign-ins and no sandbox phone', async () => {
  await expect(world.call(contract.listDemoSignIns, {}, aShopper())).rejects.toMatchObject({ code: 'page.not_found' });
  await expect(world.call(contract.listSandboxMessages, { query: { phone: '13800138000' } }, aShopper())).rejects.toMatchObject({
    code: 'page.not_found',
  });
});

test('without a provider of text messages a code is refused, not pretended', async () => {
  await expect(world.call(contract.requestPhoneCode, { body: { phone: '13800138000' } }, aShopper())).rejects.toMatchObject({
    code: 'sms.unavailable',
  });
});
