// Codes as vectors, so that they stay sharp at any size.
import bwipjs from 'bwip-js';
import type { ContentSvg } from 'pdfmake/interfaces.js';

/** Code 128 with its text below, so wide (points); every scanner reads it. */
export const code128 = (text: string, { width, height }: { width: number; height: number }): ContentSvg => ({
  // bars may be stretched: what counts is how wide they are against one another
  svg: bwipjs
    .toSVG({ bcid: 'code128', text, height: 14, includetext: false, paddingwidth: 0 })
    .replace('<svg ', '<svg preserveAspectRatio="none" '),
  width,
  height,
});

/** A QR code, for phones and for who reads lying parcels. */
export const qr = (text: string, size: number): ContentSvg => ({
  svg: bwipjs.toSVG({ bcid: 'qrcode', text, paddingwidth: 0 }),
  width: size,
  height: size,
});
