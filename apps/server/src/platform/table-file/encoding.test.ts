import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { looksBinary, probeDelimiter, probeEncoding } from './encoding.ts';

const text = '货号,品名,数量\r\nTEA-08,明前龙井—￥268,64\r\n';
const encodingOf = (bytes: Buffer, cut = 3): string => {
  const probe = probeEncoding();
  for (let at = 0; at < bytes.length; at += cut) probe.push(bytes.subarray(at, at + cut));
  return probe.end();
};

test('UTF-8 with and without a mark, GBK, GB18030, UTF-16 and Western text are told apart however the bytes are cut', () => {
  expect(encodingOf(Buffer.from(text))).toBe('utf-8');
  expect(encodingOf(Buffer.from(`\uFEFF${text}`))).toBe('utf-8');
  expect(encodingOf(Buffer.from('plain ascii,1\n'))).toBe('utf-8');
  expect(encodingOf(iconv.encode(text, 'gbk'))).toBe('gb18030');
  expect(encodingOf(iconv.encode(`${text}㐀,😀,1`, 'gb18030'))).toBe('gb18030');
  expect(encodingOf(iconv.encode(text, 'utf16le', { addBOM: true }))).toBe('utf-16le');
  expect(encodingOf(iconv.encode('Café,£1,0\nNaïve,£2.50\n', 'latin1'))).toBe('windows-1252');
});

test('a GBK letter far beyond the beginning is still seen: detection looks at every byte', () => {
  const bytes = Buffer.concat([Buffer.from('a,b\n'.repeat(100_000)), iconv.encode('龙井,1\n', 'gbk')]);
  expect(encodingOf(bytes, 65_536)).toBe('gb18030');
});

test('the separator is the one that cuts rows alike, not the one that occurs most', () => {
  expect(probeDelimiter('name;price;note\na;1,50;x, y, z\nb;2,75;u, v\n')).toBe(';');
  expect(probeDelimiter('sku\tname\tqty\nA\tx, y\t1\nB\tz\t2\n')).toBe('\t');
  expect(probeDelimiter('sku,name\nA,"x; y; z"\nB,"u; v; w"\n')).toBe(',');
});

test('pictures and programs are not taken for text', () => {
  expect(looksBinary(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]))).toBe(true);
  expect(looksBinary(Buffer.from(text))).toBe(false);
  expect(looksBinary(iconv.encode(text, 'gbk'))).toBe(false);
});
