import { existsSync } from 'node:fs';
import { runTool } from './steps.ts';

const needed: readonly { path: string; debianPackage: string }[] = [
  { path: '/usr/bin/chromium', debianPackage: 'chromium' },
  { path: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', debianPackage: 'fonts-noto-cjk' },
];

/** Installs the system's Chromium and a Chinese font where they are missing (Debian, as root); answers 0 when both are there. */
export async function ensureBrowser(): Promise<number> {
  const missing = needed.filter(({ path }) => !existsSync(path)).map(({ debianPackage }) => debianPackage);
  if (missing.length === 0) return 0;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(
      `The browser journeys need ${missing.join(' and ')}. Install them, on Debian: sudo apt-get install ${missing.join(' ')}`,
    );
    return 1;
  }
  await runTool('/usr/bin/apt-get', ['update', '-qq']);
  return runTool('/usr/bin/apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    DEBIAN_FRONTEND: 'noninteractive',
  });
}
