// What the mail itself says; the figures are in its files. Pure.
import { inBusinessZone } from '../../../platform/time.ts';
import type { Language } from './sheet.ts';

interface Facts {
  title: string;
  asOf: Date;
  missed: readonly Date[];
  missedCount: number;
  link: string;
}

const minute = (at: Date): string => inBusinessZone(at).slice(0, 16).replace('T', ' ');

export function mailText({ title, asOf, missed, missedCount, link }: Facts, language: Language): string {
  const times = missed.map(minute).join(language === 'en' ? ', ' : '、');
  const more = missedCount - missed.length;
  if (language === 'en')
    return [
      `${title}\n`,
      `The attached PDF and workbook carry the same figures, as far as your rights go. Data up to ${minute(asOf)} (Asia/Shanghai).`,
      ...(missedCount === 0
        ? []
        : [`Not sent because the house was off: ${times}${more > 0 ? ` and ${more} more` : ''}. This is the latest one.`]),
      `\nOpen in the console: ${link}`,
    ].join('\n');
  return [
    `${title}\n`,
    `附件 PDF 与表格中的数字相同，范围以您的权限为准。数据截至 ${minute(asOf)}（北京时间）。`,
    ...(missedCount === 0 ? [] : [`系统停机期间未发送：${times}${more > 0 ? `，另有 ${more} 次` : ''}。本次为最近一次。`]),
    `\n在后台查看：${link}`,
  ].join('\n');
}

/** A name that every mail program and file system takes. */
export const fileName = (title: string, kind: 'pdf' | 'xlsx'): string =>
  `${title.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ').trim()}.${kind}`;
