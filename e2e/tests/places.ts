import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export const shop = process.env['E2E_SHOP'] ?? '';
export const console_ = process.env['E2E_CONSOLE'] ?? '';

export type Role = 'admin' | 'executive' | 'operations' | 'marketer' | 'analyst' | 'warehouse' | 'clerk';

/** Signs in at the console through its own page, as a demo member of staff. */
export async function signIn(page: Page, role: Role): Promise<void> {
  await page.goto(`${console_}/sign-in`);
  await page.getByLabel(/邮箱|E-?mail/i).fill(`${role}@guyu.example`);
  await page.getByLabel(/密码|Password/i).fill('guyu-demo-2026');
  await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
}

/** Nothing serious or critical by WCAG 2.2 AA. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`), what).toEqual([]);
}

/** The page does not scroll sideways at this width. */
export async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess, `${what} scrolls sideways by ${excess} px`).toBeLessThanOrEqual(0);
}

/** Fills the recipient of a checkout. */
export async function fillRecipient(page: Page): Promise<void> {
  await page.locator('[name=name]').fill('王小敏');
  await page.locator('[name=phone]').fill('13800138000');
  await page.locator('[name=region]').fill('浙江省 杭州市 西湖区');
  await page.locator('[name=address], [name=detail]').first().fill('文三路 90 号 2 幢 301');
}
