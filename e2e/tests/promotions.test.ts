import { expect, type Locator, type Page, test } from '@playwright/test';
import { addToCart, askAs, checkOut, console_, openFound, pay, shop, signIn } from './places.ts';

interface Promotion {
  id: string;
  number: string;
  name: string;
  version: number;
  state: string;
  status: string;
  startsAt: string;
  endsAt: string | null;
}

const draft = {
  stage: 'threshold',
  when: { all: [] },
  then: { gives: 'steps', of: {}, by: 'amount', steps: [{ from: 100, off: { fen: 100 } }], repeats: false },
  startsAt: '2027-03-14T02:30:00+08:00', // an hour that Los Angeles does not have
  endsAt: '2027-09-26T02:15:30+08:00', // nor Auckland that one
} as const;

async function aDraft(name: string, more: object = {}): Promise<Promotion> {
  const staff = await askAs('marketer');
  const made = await staff.post<Promotion>('/promotions', { ...draft, name, nameEn: name, ...more });
  await staff.close();
  return made;
}

const saveBar = (page: Page): Locator => page.getByRole('region', { name: '未保存的更改' });

test('staff writes a promotion, tries it out, a second person approves it, the shop explains it, the results count it', async ({
  page,
  browser,
}) => {
  test.setTimeout(150_000);
  const name = `开业满减 ${Date.now() % 100_000}`;
  await signIn(page, 'marketer');
  await page.goto(`${console_}/grow/promotions`);
  await page.getByRole('link', { name: '新建活动' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '新建活动' })).toBeVisible();

  const sentence = page.getByRole('region', { name: '规则读出来是' });
  await expect(sentence).toContainText('填好优惠和条件后');
  await page.getByLabel('满', { exact: true }).fill('￥10元');
  await page.getByLabel('减', { exact: true }).fill('2');
  await expect(sentence.locator('[lang=zh-CN]')).toContainText('¥2');
  await expect(sentence.locator('[lang=en]')).toContainText('¥2');
  await expect(page.getByRole('region', { name: '试算' })).toContainText(/省 ¥2\.00/, { timeout: 15_000 });
  await page.getByRole('tab', { name: '过往订单' }).click();
  await expect(page.getByRole('region', { name: '过往订单' })).toContainText(/单里有 [\d,]+ 单会享受，共优惠 ¥/, {
    timeout: 20_000,
  });

  await page.getByLabel('总预算').fill('2万');
  await page.keyboard.press('Control+s');
  const summary = page.getByRole('alert').filter({ hasText: '错误' });
  await expect(summary).toContainText('有 2 处要改'); // both names are missing
  await expect(summary).toBeFocused();
  await summary.getByRole('link').first().click();
  await expect(page.getByLabel('名称', { exact: true })).toBeFocused();
  await page.keyboard.type(name);
  await page.getByLabel('英文名').fill(`Opening ${name}`);
  await saveBar(page).getByRole('button', { name: '保存' }).click();

  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.locator('main')).toContainText('最多优惠 ¥20,000.00，送审后要由另一个人批准');
  await page.getByRole('button', { name: '送审', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('超过一人可定的额度');
  await page.getByRole('dialog').getByRole('button', { name: '送审' }).click();
  await expect(page.locator('.page-head')).toContainText('待审批');
  const approve = page.getByRole('button', { name: '批准', exact: true });
  await expect(approve).toHaveAttribute('aria-disabled', 'true');
  await expect(approve).toHaveAccessibleDescription(/您没有“批准促销”权限/);

  const second = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await signIn(second, 'executive');
  await second.goto(page.url());
  await second.getByRole('button', { name: '批准', exact: true }).click();
  await second.getByRole('dialog').getByRole('button', { name: '批准并生效' }).click();
  await expect(second.locator('.page-head')).toContainText('进行中');

  const buyer = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await openFound(buyer, '牙刷');
  await addToCart(buyer);
  await buyer.goto(`${shop}/cart`);
  await expect(buyer.locator('main')).toContainText(name);
  await checkOut(buyer);
  await pay(buyer);
  await expect(async () => {
    await second.reload();
    const orders = second.getByRole('article', { name: '订单', exact: true });
    await expect(orders.locator('.figure-value')).not.toHaveText('0', { timeout: 1000 });
  }).toPass({ timeout: 20_000 });
  await expect(second.getByRole('article', { name: '已优惠' })).toContainText('预算 ¥20,000.00 的');

  await page.reload();
  await page.getByRole('button', { name: '结束', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('不能再恢复');
  await page.getByRole('dialog').getByRole('button', { name: '永久结束' }).click();
  await expect(page.locator('.page-head')).toContainText('已结束');
  await expect(page.locator('.timeline')).toContainText('批准');
  await Promise.all([second.context().close(), buyer.context().close()]);
});

for (const timezoneId of ['America/Los_Angeles', 'Pacific/Auckland']) {
  test(`a promotion that is opened and saved in ${timezoneId} keeps its window to the second`, async ({ browser }) => {
    const made = await aDraft(`时区 ${timezoneId}`);
    const page = await (await browser.newContext({ locale: 'zh-CN', timezoneId })).newPage();
    await signIn(page, 'marketer');
    await page.goto(`${console_}/grow/promotions/${made.id}/edit`);
    await expect(page.getByLabel('开始：日期')).toHaveValue('2027-03-14');
    await expect(page.getByLabel('开始：时间')).toHaveValue('02:30');
    await expect(page.getByLabel('结束：时间')).toHaveValue('02:15:30');
    await expect(saveBar(page)).toHaveCount(0);
    await page.getByLabel('优先级').fill('7');
    await saveBar(page).getByRole('button', { name: '保存' }).click();
    await expect(page).toHaveURL(`${console_}/grow/promotions/${made.id}`); // the page after saving, not the editor's own heading
    const staff = await askAs('marketer');
    const saved = await staff.get<Promotion & { priority: number }>(`/promotions/${made.id}`);
    expect(saved.priority).toBe(7);
    expect([saved.startsAt, saved.endsAt].map((at) => Date.parse(at ?? ''))).toEqual([
      Date.parse(draft.startsAt),
      Date.parse(draft.endsAt),
    ]);
    await staff.close();
    await page.context().close();
  });
}

test('conditions are built, moved and taken away by the keyboard; leaving asks once; somebody else’s save is merged', async ({
  page,
}) => {
  const made = await aDraft('条件', { when: { all: [{ is: 'member' }, { any: [{ is: 'first_order' }] }] } });
  await signIn(page, 'marketer');
  await page.goto(`${console_}/grow/promotions/${made.id}/edit`);
  const member = page.getByRole('listitem', { name: '是会员' });
  await page.getByRole('button', { name: '下移：是会员' }).focus();
  await page.keyboard.press('Enter'); // into the group below it
  await expect(page.getByRole('button', { name: '下移：是会员' })).toBeFocused();
  await expect(page.getByRole('listitem', { name: '以下满足任一' }).getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Alt+ArrowDown');
  await expect(member).toBeFocused();
  await page.getByRole('button', { name: '删除：首单' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listitem', { name: '以下满足任一' }).getByRole('listitem')).toHaveCount(1);

  await page.getByRole('link', { name: '优惠券', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('未保存的更改会丢失');
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
  await expect(member).toBeVisible();

  const staff = await askAs('admin');
  await staff.put(`/promotions/${made.id}`, { ...draft, name: '条件', nameEn: 'Theirs', version: made.version });
  await page.keyboard.press('Control+s');
  const merge = page.getByRole('dialog', { name: '别人改过这条活动' });
  await expect(merge).toContainText('对方的：Theirs');
  await expect(merge.getByRole('radio', { name: '对方的：Theirs' })).toBeChecked(); // only they changed it
  await merge.getByRole('button', { name: '按所选保存' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '条件' })).toBeVisible();
  await expect
    .poll(() => staff.get<Promotion & { nameEn: string; when: object }>(`/promotions/${made.id}`)) // the editor is called the same
    .toMatchObject({ nameEn: 'Theirs', when: { all: [{ any: [{ is: 'member' }] }] } });
  await staff.close();
});

test('codes are made in a batch, exported, looked up and stopped; a price below the floor is refused, a scheduled one called off', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const coupon = await aDraft('短信券', {
    stage: 'coupon',
    needsCode: true,
    then: { gives: 'amount', of: {}, fen: 500 },
    budgetFen: 100_000,
  });
  await signIn(page, 'marketer');
  await page.goto(`${console_}/grow/coupons?promotionId=${coupon.id}&open=new`);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('批次名').fill('短信邀请');
  await dialog.getByLabel('数量').fill('25');
  await dialog.getByLabel('前缀').fill('gu');
  await dialog.getByRole('button', { name: '生成 25 个券码' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '短信邀请' })).toBeVisible();
  await expect(page.locator('.page-head')).toContainText('可用', { timeout: 20_000 });
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '导出 CSV' }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  const codes = Buffer.concat(chunks).toString('utf8').match(/\bGU[A-Z0-9-]{6,}\b/g) ?? []; // prettier-ignore
  expect(new Set(codes).size).toBe(25);
  await page.goto(`${console_}/grow/coupons/codes/${codes[0]?.toLowerCase() ?? ''}`);
  await expect(page.locator('main')).toContainText('它的活动没有在进行'); // it is a draft still
  await page.getByRole('link', { name: '短信邀请' }).first().click();
  await page.getByRole('button', { name: '停用', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '停用这一批' }).click();
  await expect(page.locator('.page-head')).toContainText('已停用');

  const staff = await askAs('marketer');
  const { items } = await staff.get<{ items: { sku: string; floorFen: number }[] }>('/pricing/prices?search=台灯&limit=1');
  const [{ sku, floorFen } = { sku: '', floorFen: 0 }] = items;
  await staff.close();
  await page.goto(`${console_}/sell/prices/${sku}`);
  await page.getByRole('button', { name: '设置价格' }).click();
  await dialog.getByLabel('新价格').fill(String((floorFen - 100) / 100));
  await dialog.getByLabel('新价格').blur();
  await expect(dialog).toContainText(/低于最低价 ¥/);
  await dialog.getByLabel('新价格').fill(String((floorFen + 5000) / 100));
  await dialog.getByLabel('生效时间：日期').fill('2027-01-01');
  await dialog.getByLabel('生效时间：日期').press('Enter');
  await dialog.getByRole('button', { name: /^设为 ¥/ }).click();
  await expect(dialog).toHaveCount(0);
  await page.goto(`${console_}/sell/prices/changes`);
  const row = page.getByRole('row').filter({ hasText: sku });
  await expect(row).toContainText('2027-01-01 00:00');
  await row.getByRole('button', { name: `取消 ${sku} 的定时价格` }).click();
  await dialog.getByRole('button', { name: '取消这个价格' }).click();
  await expect(page.getByRole('row').filter({ hasText: sku })).toHaveCount(0);
});
