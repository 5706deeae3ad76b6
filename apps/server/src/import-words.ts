// What the command line says, in Chinese where the terminal is Chinese, else in English.
import type { getImport } from './know/imports/index.ts';
import { either } from './terminal.ts';

type Import = Awaited<ReturnType<typeof getImport>>;

export const helpText = either(
  `用法：npm run import -- <文件> [选项]

文件：CSV、TSV、CSV.GZ（UTF-8、GBK、GB18030、UTF-16）或 XLSX
  --kind products|stock|customers|orders   文件内容（默认按表头识别）
  --mapping <json>     列与选项：{ "columns": { "单号": "order" }, "options": { … } }
  --source <名称>      文件来自谁；按来源与表头记住映射
  --time-zone <时区>   文件中的本地时间（默认 Asia/Shanghai）
  --currency <币种> --rate <汇率>   一单位该币种合多少人民币
  --channel <渠道>  --location <仓库>  --sheet <工作表>
  --check              只检查，不导入
  --resume <编号>      接着上次停下的地方
返回码：0 全部导入 · 1 失败 · 2 用法错误 · 3 有错误行`,
  `Usage: npm run import -- <file> [options]

File: CSV, TSV, CSV.GZ (UTF-8, GBK, GB18030, UTF-16) or XLSX
  --kind products|stock|customers|orders   what it holds (its headings tell when left out)
  --mapping <json>     columns and options: { "columns": { "Ref": "order" }, "options": { … } }
  --source <name>      whose file it is; the mapping is remembered for it
  --time-zone <zone>   of the local times in the file (Asia/Shanghai when left out)
  --currency <code> --rate <yuan for one unit>
  --channel <code>  --location <code>  --sheet <name>
  --check              look only, change nothing
  --resume <id>        go on where it stopped
Exit code: 0 all landed · 1 failed · 2 wrong usage · 3 some rows are bad`,
);

let shown = -1;

/** A bar that redraws itself on a terminal; a line each tenth elsewhere. */
export function drawProgress({ progress, rowsLanded, rowsTotal, phase }: Import): void {
  const percent = Math.floor(progress * 100);
  const width = 30;
  const bar = '█'.repeat(Math.round(progress * width)).padEnd(width, '░');
  const what = phase === 'reading' || rowsTotal === null ? either('读取', 'reading') : `${rowsLanded} / ${rowsTotal}`;
  if (process.stderr.isTTY) process.stderr.write(`\r${bar} ${percent}%  ${what}   ${progress === 1 ? '\n' : ''}`);
  else if (Math.floor(percent / 10) > Math.floor(shown / 10)) process.stderr.write(`${percent}%  ${what}\n`);
  shown = percent;
}

const effectWords: Readonly<Record<Import['effects'][number]['what'], string>> = {
  products: either('商品', 'products'),
  prices: either('价格', 'prices'),
  stock: either('库存', 'stock levels'),
  customers: either('客户', 'customers'),
  orders: either('订单', 'orders'),
  returns: either('退货', 'returns'),
  entries: either('台账条目', 'ledger entries'),
  corrections: either('待批准的库存更正', 'stock corrections waiting for approval'),
};

/** The result in a few lines: counts, what landed, where the bad rows are, how to go on. */
export function reportOf(told: Import, { badRows, isStopped }: { badRows: string | undefined; isStopped: boolean }): string {
  const lines = [
    either(
      `${told.fileName}（${told.kind}）：${told.state} · 共 ${told.rowsTotal ?? 0} 行，导入 ${told.rowsGood}，无变化 ${told.rowsUnchanged}，错误 ${told.rowsBad}`,
      `${told.fileName} (${told.kind}): ${told.state} · ${told.rowsTotal ?? 0} rows, ${told.rowsGood} landed, ${told.rowsUnchanged} unchanged, ${told.rowsBad} bad`,
    ),
  ];
  const effects = told.state === 'checked' ? (told.preview?.effects ?? []) : told.effects;
  for (const { what, created, changed, unchanged } of effects)
    lines.push(
      `  ${effectWords[what]}: ${either('新增', 'new')} ${created}, ${either('更新', 'changed')} ${changed}, ${either('无变化', 'unchanged')} ${unchanged}`,
    );
  for (const sum of told.ledger) lines.push(`  ${sum.class}: ${sum.lines} · ¥${(sum.amountFen / 100).toFixed(2)}`);
  for (const { code, field, rows } of told.reasons) lines.push(`  ${code}${field === null ? '' : ` (${field})`}: ${rows}`);
  if (told.failure !== null) lines.push(`  ${JSON.stringify(told.failure)}`);
  if (badRows !== undefined)
    lines.push(either(`错误行：${badRows}（改好后再导入这个文件即可）`, `Bad rows: ${badRows} (mend it and import it again)`));
  if (isStopped)
    lines.push(
      either(`已停下。继续：npm run import -- --resume ${told.id}`, `Stopped. To go on: npm run import -- --resume ${told.id}`),
    );
  return lines.join('\n');
}
