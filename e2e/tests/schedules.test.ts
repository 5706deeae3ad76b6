import { expect, type Page, test } from '@playwright/test';
import { askAs, console_, expectAccessible, signIn } from './places.ts';

const rowOf = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

test('an analyst sends a cockpit to a colleague by mail each morning, follows one sending and fetches its files', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const name = `晨报 ${Date.now().toString(36)}`;
  const executive = await askAs('executive');
  const { name: colleague } = await executive.get<{ name: string }>('/me');
  await executive.close();

  await signIn(page, 'analyst');
  await page.goto(`${console_}/know/boards/executive`);
  await page.getByRole('link', { name: '定时发邮件' }).click();
  const dialog = page.getByRole('dialog', { name: '新建邮件订阅' });
  await dialog.getByLabel('名称').fill(name);
  await dialog.getByLabel('时间').fill('7:61');
  await dialog.getByLabel('收件人').click();
  await page.keyboard.type(colleague);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: '保存邮件订阅' }).click();
  await expect(dialog).toContainText('请写成 08:00 这样的时间');
  await dialog.getByLabel('时间').fill('7:30');
  await expectAccessible(page, 'a scheduled mail being made');
  await dialog.getByRole('button', { name: '保存邮件订阅' }).click();
  await expect(rowOf(page, name)).toContainText('每天 07:30');
  await expect(rowOf(page, name)).toContainText(colleague);

  await page.getByRole('button', { name: `暂停 ${name}` }).click();
  await expect(rowOf(page, name)).toContainText('已暂停');
  await page.getByRole('button', { name: `恢复 ${name}` }).click();
  await page.getByRole('button', { name: `立即发送 ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: '立即发送' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  // Without a mail server the files are made all the same; with one they also went out.
  await expect(rowOf(page, colleague)).toContainText(/未发出，文件已生成|已发/, { timeout: 60_000 });
  for (const kind of ['PDF', 'XLSX']) {
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: `${kind}（${colleague}）` }).click();
    expect((await coming).suggestedFilename()).toMatch(new RegExp(String.raw`\.${kind.toLowerCase()}$`));
  }
  await expectAccessible(page, 'the history of a scheduled mail');
  await page.getByRole('link', { name: '回到邮件订阅' }).click();
  await page.getByRole('button', { name: `删除 ${name}` }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `删除 ${name}` })
    .click();
  await expect(rowOf(page, name)).toHaveCount(0);
});
