import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { askAs, console_, shop, signIn } from './places.ts';

interface BadEvent {
  id: string;
  messageId: string | null;
  version: number;
}

test('an analyst mends a bad event and replays it; another’s version is shown first; useless ones are discarded with a reason', async ({
  page,
  request,
}) => {
  const mark = randomUUID().slice(0, 8);
  const viewed = { type: 'track', event: 'Product Viewed', anonymousId: `visitor-${mark}`, properties: { product_id: mark } };
  const batch = [
    { ...viewed, messageId: `${mark}-1`, timestamp: 'yesterday' },
    { ...viewed, messageId: `${mark}-2`, event: 'Order Completed', properties: { order_id: mark } },
    { ...viewed, messageId: `${mark}-3`, properties: 'none' },
  ];
  const answer = await request.post(`${shop}/v1/batch`, { data: { writeKey: 'ts_shop_web', batch } });
  expect(await answer.json()).toMatchObject({ accepted: 0, rejected: [{ index: 0 }, { index: 1 }, { index: 2 }] });
  const other = await askAs('admin');
  const { items } = await other.get<{ items: BadEvent[] }>('/collection/bad-events?state=open&limit=200');
  const [clock, order, text] = [1, 2, 3].map((at) => items.find(({ messageId }) => messageId === `${mark}-${at}`));
  if (!clock || !order || !text) throw new Error('the bad events wait');

  await signIn(page, 'analyst');
  await page.goto(`${console_}/know/events/bad/${clock.id}`);
  await expect(page.locator('main')).toContainText('时间不合格');
  const editor = page.getByRole('textbox', { name: '改正' });
  const save = page.getByRole('region', { name: '未保存的更改' }).getByRole('button', { name: '保存' });
  const mine = { ...viewed, messageId: `${mark}-1`, properties: { product_id: mark, position: 1 } };
  await editor.fill('{\n  "type": "track",\n  oops\n}');
  await save.click();
  await expect(page.getByRole('alert')).toContainText('第 3 行第 3 个字符');

  await editor.fill(JSON.stringify(mine));
  await other.put(`/collection/bad-events/${clock.id}`, {
    event: { ...viewed, messageId: `${mark}-1`, properties: { product_id: 'theirs' } },
    version: clock.version,
  });
  await save.click();
  await expect(page.getByRole('alert')).toContainText('"theirs"');
  await expect(editor).toHaveValue(JSON.stringify(mine));
  await page.getByRole('button', { name: '保留我的，盖过对方' }).click();
  await save.click();
  await expect(page.locator('main')).toContainText('已改好，可以重放');
  await page.getByRole('button', { name: '重放' }).click();
  await expect(page.locator('.object .page-head')).toContainText('已重放');
  await expect(page.getByRole('button', { name: '重放' })).toHaveAttribute('aria-disabled', 'true');

  await page.goto(`${console_}/know/events?state=open`);
  for (const { id } of [order, text])
    await page
      .locator('tr', { has: page.locator(`a[href$="${id}"]`) })
      .locator('[data-tick]')
      .check();
  await page.getByRole('button', { name: '重放 2 条' }).click();
  const result = page.getByRole('region', { name: '重放结果' });
  await expect(result).toContainText('仍不合格 2 条');
  await expect(result).toContainText('只能由服务器发送');
  for (const { id } of [order, text])
    await page
      .locator('tr', { has: page.locator(`a[href$="${id}"]`) })
      .locator('[data-tick]')
      .check();
  await page.getByRole('button', { name: '作废 2 条' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('原因').fill('旧版页面发的');
  await dialog.getByRole('button', { name: '作废这些事件' }).click();
  await expect(dialog).toHaveCount(0);
  await page.goto(`${console_}/know/events/bad/${order.id}`);
  await expect(page.locator('main')).toContainText('旧版页面发的');
  expect(await other.get(`/collection/bad-events/${text.id}`)).toMatchObject({ state: 'discarded', note: '旧版页面发的' });
  await other.close();
});
