// Paper: PDF with a Chinese font that travels inside the file.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pdfmakeUntold from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

/** The published types lack the file system that the server's build keeps fonts in. */
const pdfmake = pdfmakeUntold as typeof pdfmakeUntold & { virtualfs: { writeFileSync: (name: string, bytes: Buffer) => void } };

/** The one font of our paper, also inside drawings. */
export const family = 'NotoSansHans';
let isReady = false;

/** Reads the font files once a process; nothing else of the machine, and nothing of the network, is reachable for a document. */
function prepare(): void {
  if (isReady) return;
  const folder = join(dirname(fileURLToPath(import.meta.resolve('@embedpdf/fonts-sc'))), '../fonts');
  // named by where they lie: what is drawn as vectors looks them up by this name itself
  const files = { normal: join(folder, 'NotoSansHans-Regular.otf'), bold: join(folder, 'NotoSansHans-Bold.otf') };
  for (const file of Object.values(files)) pdfmake.virtualfs.writeFileSync(file, readFileSync(file));
  pdfmake.setFonts({ [family]: { ...files, italics: files.normal, bolditalics: files.bold } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  isReady = true;
}

/** The document as PDF bytes. */
export async function draw(definition: TDocumentDefinitions): Promise<Buffer> {
  prepare();
  const { defaultStyle, ...rest } = definition;
  return pdfmake.createPdf({ ...rest, defaultStyle: { font: family, fontSize: 9, ...defaultStyle } }).getBuffer();
}

export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;
