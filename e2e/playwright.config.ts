import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

// A house of its own on ports of its own; E2E_SHOP and E2E_CONSOLE name one that runs already.
const isOwn = process.env['E2E_SHOP'] === undefined;
const port = 24_000 + (process.pid % 9_000);
process.env['E2E_SHOP'] ??= `http://127.0.0.1:${port}`;
process.env['E2E_CONSOLE'] ??= `http://127.0.0.1:${port + 1}`;
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

export default defineConfig({
  testDir: './tests',
  globalSetup: './prepare-house.ts',
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  retries: 1, // a machine that stalls is named as flaky in the report; a fault fails twice
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
      command: `"${process.execPath}" "${join(import.meta.dirname, 'own-house.ts')}"`,
      url: `${process.env['E2E_CONSOLE']}/health/ready`,
      timeout: 180_000,
      stdout: 'ignore',
      gracefulShutdown: { signal: 'SIGINT', timeout: 10_000 },
      env: {
        SHOP_PORT: String(port),
        CONSOLE_PORT: String(port + 1),
        PAY_PORT: String(port + 2),
        RATE_LIMIT_MAX: '100000',
      },
    },
  }),
});
