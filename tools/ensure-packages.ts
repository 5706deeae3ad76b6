import { existsSync } from 'node:fs';
import { runTool } from './steps.ts';

/** What tests ask of the machine: a browser and a Chinese font for the journeys, a nats-server for the event log's other adapter. */
const needed: readonly { path: string; debianPackage: string }[] = [
  { path: '/usr/bin/chromium', debianPackage: 'chromium' },
  { path: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', debianPackage: 'fonts-noto-cjk' },
  { path: '/usr/sbin/nats-server', debianPackage: 'nats-server' },
];

/** Installs what is missing of the system (Debian, as root); answers 0 when everything is there. */
export async function ensurePackages(): Promise<number> {
  const missing = needed.filter(({ path }) => !existsSync(path)).map(({ debianPackage }) => debianPackage);
  if (missing.length === 0) return 0;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(`The tests need ${missing.join(' and ')}. Install them, on Debian: sudo apt-get install ${missing.join(' ')}`);
    return 1;
  }
  await runTool('/usr/bin/apt-get', ['update', '-qq']);
  return runTool('/usr/bin/apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    DEBIAN_FRONTEND: 'noninteractive',
  });
}
