// Own pictures: one calm drawing a shape, in the colour of the variant. SVG, 800 × 800, no text, no fonts.

type Draw = (tone: Tones) => string;

interface Tones {
  main: string;
  light: string;
  dark: string;
}

/** The picture of a product: a shape in its colour on a quiet ground that the line decides. */
export function drawProduct({
  shape,
  hex,
  line,
}: {
  shape: string;
  hex: string;
  line: 'apparel' | 'food' | 'appliance';
}): string {
  const tones = { main: hex, light: mix(hex, '#ffffff', 0.35), dark: mix(hex, '#1c1f24', 0.32) };
  const ground = { apparel: ['#eef0f2', '#e2e6ea'], food: ['#f4f0e6', '#ebe4d4'], appliance: ['#edf1f1', '#dfe7e7'] }[line];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800">
<rect width="800" height="800" fill="${ground[0]}"/><rect y="590" width="800" height="210" fill="${ground[1]}"/>
<ellipse cx="400" cy="648" rx="230" ry="26" fill="#1c1f24" opacity=".10"/>
${(shapes[shape] ?? boxShape)(tones)}
</svg>
`;
}

/** A colour between two, `share` of the way to the second. */
function mix(from: string, to: string, share: number): string {
  const part = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const blend = (at: number) => Math.round(part(from, at) * (1 - share) + part(to, at) * share);
  return `#${[1, 3, 5].map((at) => blend(at).toString(16).padStart(2, '0')).join('')}`;
}

const path = (d: string, fill: string, more = '') => `<path d="${d}" fill="${fill}" ${more}/>`;
const rect = (x: number, y: number, width: number, height: number, radius: number, fill: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;
const circle = (x: number, y: number, radius: number, fill: string) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;
const line = (d: string, stroke: string, width = 6) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

const torso = 'M290 210 L180 270 L215 380 L265 355 L265 640 L535 640 L535 355 L585 380 L620 270 L510 210 Q400 275 290 210Z';
const longTorso =
  'M290 200 L190 260 L150 560 L225 575 L265 400 L265 650 L535 650 L535 400 L575 575 L650 560 L610 260 L510 200 Q400 255 290 200Z';
const legs = 'M280 190 L520 190 L560 650 L440 650 L400 340 L360 650 L240 650Z';

const boxShape: Draw = ({ main, light, dark }) =>
  rect(230, 300, 340, 340, 10, main) +
  rect(230, 300, 340, 70, 10, light) +
  rect(360, 300, 80, 340, 0, dark) +
  rect(300, 430, 200, 120, 8, light);

const shapes: Readonly<Record<string, Draw>> = {
  tee: ({ main, dark }) =>
    path(torso, main) + line('M320 226 Q400 285 480 226', dark) + line('M265 355 L265 400 M535 355 L535 400', dark, 4),
  shirt: ({ main, light, dark }) =>
    path(longTorso, main) +
    path('M320 205 L400 285 L350 320 L300 225Z M480 205 L400 285 L450 320 L500 225Z', light) +
    line('M400 290 L400 645', dark, 4) +
    [350, 420, 490, 560].map((y) => circle(400, y, 6, dark)).join(''),
  hoodie: ({ main, light, dark }) =>
    path(longTorso, main) +
    path('M300 215 Q400 120 500 215 Q470 300 400 310 Q330 300 300 215Z', light) +
    path('M310 470 L490 470 L520 580 L280 580Z', dark, 'opacity=".35"') +
    line('M375 305 L370 380 M425 305 L430 380', dark, 5),
  jumper: ({ main, light, dark }) =>
    path(longTorso, main) +
    line('M320 218 Q400 275 480 218', dark, 14) +
    [400, 440, 480, 520, 560].map((y) => line(`M275 ${y} h250`, light, 5)).join('') +
    rect(265, 625, 270, 25, 4, dark),
  jacket: ({ main, light, dark }) =>
    path(longTorso, main) +
    path('M330 205 L400 250 L470 205 L470 260 L400 300 L330 260Z', dark) +
    line('M400 300 L400 648', light, 6) +
    rect(290, 480, 80, 90, 6, dark) +
    rect(430, 480, 80, 90, 6, dark),
  puffer: ({ main, light, dark }) =>
    path(longTorso, main) +
    [320, 390, 460, 530, 600].map((y) => line(`M266 ${y} Q400 ${y + 22} 534 ${y}`, dark, 6)).join('') +
    line('M400 250 L400 648', light, 6) +
    path('M310 205 Q400 160 490 205 L480 255 Q400 220 320 255Z', light),
  coat: ({ main, light, dark }) =>
    path(
      'M290 190 L190 255 L160 560 L230 570 L265 400 L245 690 L555 690 L535 400 L570 570 L640 560 L610 255 L510 190 Q400 240 290 190Z',
      main,
    ) +
    path('M330 200 L400 400 L470 200 L520 230 L430 430 L400 470 L370 430 L280 230Z', light) +
    line('M400 470 L400 688', dark, 4) +
    circle(430, 500, 9, dark) +
    circle(430, 560, 9, dark),
  trousers: ({ main, light, dark }) =>
    path(legs, main) + rect(280, 190, 240, 34, 4, dark) + line('M330 224 L300 640 M470 224 L500 640', light, 4),
  shorts: ({ main, light, dark }) =>
    path('M265 240 L535 240 L600 560 L430 570 L400 400 L370 570 L200 560Z', main) +
    rect(265, 240, 270, 36, 6, dark) +
    line('M240 540 L365 550 M560 540 L435 550', light, 6),
  skirt: ({ main, light, dark }) =>
    path('M320 220 L480 220 L610 650 Q400 690 190 650Z', main) +
    rect(320, 205, 160, 32, 4, dark) +
    line('M350 240 L290 655 M400 240 L400 668 M450 240 L510 655', light, 4),
  scarf: ({ main, light, dark }) =>
    path('M260 230 Q400 330 540 230 L560 310 Q400 420 240 310Z', main) +
    path('M430 330 L520 310 L540 620 L450 630Z', main) +
    path('M340 350 L420 345 L380 590 L300 570Z', light) +
    [455, 475, 495, 515, 535].map((x) => line(`M${x} 622 v36`, dark, 5)).join(''),
  socks: ({ main, light, dark }) =>
    path('M260 220 h110 v230 q0 40 -30 60 l-90 66 q-50 30 -80 -16 q-20 -40 30 -72 l60 -44Z', main) +
    path('M450 220 h110 v230 q0 40 -30 60 l-90 66 q-50 30 -80 -16 q-20 -40 30 -72 l60 -44Z', light) +
    rect(260, 220, 110, 44, 4, dark) +
    rect(450, 220, 110, 44, 4, dark),
  bag: ({ main, light, dark }) =>
    line('M310 330 Q310 190 400 190 Q490 190 490 330', dark, 16) +
    path('M230 310 L570 310 L600 650 L200 650Z', main) +
    rect(330, 430, 140, 110, 6, light),
  tin: ({ main, light, dark }) =>
    rect(290, 260, 220, 380, 18, main) +
    rect(290, 260, 220, 70, 18, dark) +
    rect(330, 400, 140, 150, 10, light) +
    path('M400 430 q40 40 0 90 q-40 -50 0 -90', main),
  box: boxShape,
  pouch: ({ main, light, dark }) =>
    path('M250 230 L550 230 L570 640 Q400 665 230 640Z', main) +
    rect(250, 230, 300, 46, 4, dark) +
    circle(400, 450, 92, light) +
    path('M400 390 q62 62 0 124 q-62 -62 0 -124', main),
  cake: ({ main, light, dark }) =>
    circle(400, 450, 190, main) + circle(400, 450, 150, dark) + circle(400, 450, 105, light) + circle(400, 450, 34, main),
  jar: ({ main, light, dark }) =>
    rect(310, 230, 180, 60, 10, dark) + rect(270, 285, 260, 355, 46, main) + rect(300, 400, 200, 140, 10, light),
  bar: ({ main, light, dark }) =>
    `<g transform="rotate(-14 400 440)">${rect(230, 330, 340, 220, 10, main)}${rect(230, 330, 150, 220, 10, light)}${[0, 1].map((row) => [0, 1].map((column) => rect(398 + column * 84, 346 + row * 98, 72, 86, 8, dark)).join('')).join('')}</g>`,
  sack: ({ main, light, dark }) =>
    path('M270 250 Q400 220 530 250 L560 640 Q400 670 240 640Z', main) +
    path('M300 210 L500 210 L525 252 Q400 225 275 252Z', dark) +
    circle(400, 450, 88, light) +
    line(
      'M400 510 L400 400 M400 440 q36 -8 40 -40 M400 440 q-36 -8 -40 -40 M400 480 q36 -8 40 -40 M400 480 q-36 -8 -40 -40',
      dark,
      7,
    ),
  bottle: ({ main, light, dark }) =>
    rect(365, 170, 70, 50, 8, dark) +
    path('M370 215 h60 v70 q60 30 60 100 v230 q0 25 -25 25 h-130 q-25 0 -25 -25 v-230 q0 -70 60 -100Z', main) +
    rect(312, 420, 176, 140, 6, light),
  gift: ({ main, light, dark }) =>
    rect(210, 330, 380, 310, 10, main) +
    rect(190, 290, 420, 80, 10, dark) +
    rect(370, 290, 60, 350, 0, light) +
    path('M400 290 q-90 -110 -130 -40 q-10 40 130 40 q90 -110 130 -40 q10 40 -130 40', light),
  kettle: ({ main, light, dark }) =>
    path('M290 290 h220 l40 320 q2 30 -30 30 h-240 q-32 0 -30 -30Z', main) +
    rect(300, 250, 200, 46, 20, dark) +
    line('M520 320 q110 20 80 190', dark, 22) +
    path('M292 330 l-70 -40 l14 -26 l62 30Z', dark) +
    rect(340, 400, 24, 160, 12, light),
  cooker: ({ main, light, dark }) =>
    path('M220 380 q0 -120 180 -120 q180 0 180 120Z', light) +
    rect(205, 375, 390, 265, 46, main) +
    rect(205, 375, 390, 26, 10, dark) +
    rect(320, 450, 160, 90, 14, dark) +
    circle(400, 580, 18, light),
  blender: ({ main, light, dark }) =>
    path('M300 190 L500 190 L470 450 L330 450Z', light, 'opacity=".9"') +
    rect(295, 170, 210, 34, 12, dark) +
    path('M310 450 h180 l30 190 h-240Z', main) +
    circle(400, 555, 32, dark) +
    path('M318 300 L482 300 L470 450 L330 450Z', main, 'opacity=".55"'),
  fryer: ({ main, light, dark }) =>
    rect(240, 220, 320, 420, 70, main) +
    rect(275, 400, 250, 190, 20, dark) +
    rect(300, 425, 200, 110, 12, light) +
    rect(340, 556, 120, 24, 12, main) +
    circle(400, 310, 46, light) +
    line('M400 310 l22 -22', dark, 8),
  coffee: ({ main, light, dark }) =>
    rect(250, 200, 300, 110, 18, main) +
    rect(250, 200, 80, 440, 18, main) +
    rect(250, 590, 300, 50, 12, dark) +
    path('M360 360 h160 l-20 200 h-120Z', light) +
    path('M366 440 h148 l-14 120 h-120Z', dark) +
    line('M520 400 q60 20 10 110', dark, 14),
  toaster: ({ main, light, dark }) =>
    rect(210, 350, 380, 280, 60, main) +
    rect(270, 300, 260, 80, 20, '#d9a868') +
    rect(250, 350, 300, 26, 10, dark) +
    rect(560, 430, 40, 60, 10, dark) +
    circle(290, 560, 22, light),
  fan: ({ main, light, dark }) =>
    rect(385, 470, 30, 150, 6, dark) +
    rect(290, 610, 220, 34, 17, main) +
    circle(400, 340, 170, main) +
    circle(400, 340, 146, light) +
    [0, 72, 144, 216, 288]
      .map(
        (angle) =>
          `<path d="M400 340 q60 -90 10 -130 q-60 40 -10 130" fill="${dark}" opacity=".55" transform="rotate(${angle} 400 340)"/>`,
      )
      .join('') +
    circle(400, 340, 26, main),
  humidifier: ({ main, light, dark }) =>
    rect(290, 280, 220, 360, 90, main) +
    rect(290, 470, 220, 60, 0, light) +
    circle(400, 590, 16, dark) +
    line('M370 250 q-20 -40 10 -70 M430 250 q20 -40 -10 -70', light, 12),
  vacuum: ({ main, light, dark }) =>
    line('M492 330 L352 596', dark, 20) +
    path('M222 640 q0 -44 44 -44 h150 q34 0 44 44Z', main) +
    rect(222, 628, 238, 18, 9, dark) +
    line('M520 168 q110 10 96 120 q-8 44 -62 40', main, 30) +
    `<g transform="rotate(28 500 260)">${rect(452, 150, 96, 150, 44, main)}${rect(462, 286, 76, 84, 18, light)}${rect(452, 278, 96, 20, 8, dark)}${circle(500, 204, 24, dark)}</g>`,
  lamp: ({ main, light, dark }) =>
    rect(270, 610, 260, 30, 15, main) +
    line('M400 610 L330 420 L470 270', dark, 18) +
    path('M420 210 L580 300 L540 350 L400 290Z', main) +
    path('M440 320 L560 350 L600 520 L420 520Z', light, 'opacity=".5"'),
  heater: ({ main, light, dark }) =>
    rect(180, 380, 440, 210, 22, main) +
    [225, 285, 345, 405, 465, 525].map((x) => rect(x, 420, 28, 130, 8, light)).join('') +
    rect(220, 590, 50, 40, 6, dark) +
    rect(530, 590, 50, 40, 6, dark),
  dryer: ({ main, light, dark }) =>
    path('M230 260 h240 q120 0 120 80 q0 80 -120 80 h-240Z', main) +
    rect(200, 280, 50, 120, 12, dark) +
    path('M430 410 h90 l-30 230 h-86Z', light) +
    circle(490, 340, 34, dark),
  brush: ({ main, light, dark }) =>
    rect(360, 300, 80, 340, 36, main) +
    rect(385, 180, 30, 130, 8, light) +
    rect(370, 150, 60, 60, 10, dark) +
    circle(400, 400, 18, dark) +
    rect(388, 440, 24, 60, 12, light),
  shaver: ({ main, light, dark }) =>
    rect(320, 300, 160, 340, 60, main) +
    path('M320 300 h160 l-16 -80 h-128Z', dark) +
    rect(345, 195, 110, 30, 8, light) +
    circle(400, 420, 30, light),
  massager: ({ main, light, dark }) =>
    line('M250 300 Q250 600 400 610 Q550 600 550 300', main, 70) +
    circle(250, 300, 44, dark) +
    circle(550, 300, 44, dark) +
    circle(340, 560, 24, light) +
    circle(460, 560, 24, light),
};
