import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

// A house of its own: empty data folder, own ports, the demo enterprise. E2E_SHOP and E2E_CONSOLE name one that runs already.
const isOwn = process.env['E2E_SHOP'] === undefined;
process.env['E2E_SHOP'] ??= 'http://127.0.0.1:4510';
process.env['E2E_CONSOLE'] ??= 'http://127.0.0.1:4500';
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

export default defineConfig({
  testDir: './tests',
  fullyParallel: false,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  retries: 0,
  reporter: 'list',
  outputDir: join(tmpdir(), 'tongshang-e2e-results'),
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium !== undefined && { executablePath: chromium }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  ...(isOwn && {
    webServer: {
      command: 'node ../tools/start.ts',
      url: `${process.env['E2E_CONSOLE']}/health/ready`,
      timeout: 180_000,
      stdout: 'ignore',
      gracefulShutdown: { signal: 'SIGINT', timeout: 10_000 },
      env: {
        TONGSHANG_DATA_DIR: mkdtempSync(join(tmpdir(), 'tongshang-e2e-')),
        CONSOLE_PORT: '4500',
        SHOP_PORT: '4510',
        PAY_PORT: '4520',
        RATE_LIMIT_MAX: '100000',
      },
    },
  }),
});
