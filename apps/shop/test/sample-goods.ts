// Goods for the development server and the rendering tests: nothing here reaches a customer.
import type { Card, Category, Product, Variant } from '../src/views.ts';

const names = [
  { code: 'apparel/tshirts', name: '棉麻圆领短袖T恤', nameEn: 'Cotton-linen crew-neck T-shirt', fen: 12900, line: 'apparel' },
  {
    code: 'apparel/coats',
    name: '羽绒服轻薄连帽款 可收纳 冬季通勤保暖外套',
    nameEn: 'Light packable hooded down jacket for winter commuting',
    fen: 59900,
    line: 'apparel',
  },
  { code: 'apparel/trousers', name: '直筒休闲长裤', nameEn: 'Straight casual trousers', fen: 19900, line: 'apparel' },
  { code: 'food/tea', name: '明前龙井 125克', nameEn: 'Early-spring Longjing tea, 125 g', fen: 16800, line: 'food' },
  { code: 'food/grain', name: '五常大米 5千克', nameEn: 'Wuchang rice, 5 kg', fen: 8900, line: 'food' },
  { code: 'food/snacks', name: '原味夏威夷果仁', nameEn: 'Plain macadamia nuts', fen: 4590, line: 'food' },
  { code: 'appliances/kitchen', name: '小容量电饭煲 3升', nameEn: 'Rice cooker, 3 litres', fen: 29900, line: 'appliance' },
  { code: 'appliances/home', name: '桌面加湿器', nameEn: 'Desktop humidifier', fen: 9900, line: 'appliance' },
] as const;

const category = (code: string, parent: string | null, name: string, nameEn: string, count: number): Category => ({
  code,
  parent,
  name,
  nameEn,
  count,
});
export const categories: Category[] = [
  category('apparel', null, '服饰', 'Clothes', 24),
  category('apparel/tshirts', 'apparel', 'T恤', 'T-shirts', 8),
  category('apparel/coats', 'apparel', '外套', 'Coats', 8),
  category('apparel/trousers', 'apparel', '裤子', 'Trousers', 8),
  category('food', null, '食品', 'Food', 24),
  category('food/tea', 'food', '茶', 'Tea', 8),
  category('food/grain', 'food', '米面粮油', 'Grain and oil', 8),
  category('food/snacks', 'food', '零食', 'Snacks', 8),
  category('appliances', null, '小家电', 'Small appliances', 16),
  category('appliances/kitchen', 'appliances', '厨房', 'Kitchen', 8),
  category('appliances/home', 'appliances', '居家', 'Home', 8),
];

const colours = [
  { value: '米白', valueEn: 'Off-white' },
  { value: '藏青', valueEn: 'Navy' },
  { value: '深灰', valueEn: 'Dark grey' },
];
const sizes = ['S', 'M', 'L', 'XL'].map((value) => ({ value, valueEn: value }));

const picture = (slug: string, index: number, alt: string, altEn: string) => ({
  src: `/media/${slug}-${index}.svg`,
  alt,
  altEn,
  width: 800,
  height: 800,
});

export const id = (number: number): string => `0193a000-0000-7000-8000-${String(number).padStart(12, '0')}`;

export function aProduct(index: number): Product {
  const kind = names[index % names.length] ?? names[0];
  const round = Math.floor(index / names.length) + 1;
  const slug = `item-${index + 1}`;
  const isApparel = kind.line === 'apparel';
  const listFen = index % 5 === 1 ? Math.round(kind.fen * 1.25) : null;
  const name = round > 1 ? `${kind.name} ${round}号` : kind.name;
  const nameEn = round > 1 ? `${kind.nameEn} no. ${round}` : kind.nameEn;
  const options = isApparel
    ? [
        { name: '颜色', nameEn: 'Colour', values: colours },
        { name: '尺码', nameEn: 'Size', values: sizes },
      ]
    : [];
  const base = {
    priceFen: kind.fen,
    listFen,
    priceEndsAt: listFen === null ? null : '2026-11-30T16:00:00Z',
    weightGrams: isApparel ? 320 : 1250,
  };
  const variants: Variant[] = isApparel
    ? colours.flatMap((colour, c) =>
        sizes.flatMap((size, s) => {
          if (c === 2 && s === 3) return []; // one combination is not made
          const available = c === 1 && s === 0 ? 0 : 3 + ((c * 7 + s * 5) % 20);
          return {
            ...base,
            sku: `SKU-${index + 1}-${c}${s}`,
            options: [
              { name: '颜色', nameEn: 'Colour', ...colour },
              { name: '尺码', nameEn: 'Size', ...size },
            ],
            available,
            disabledReason: available === 0 ? ('sold_out' as const) : null,
          };
        }),
      )
    : [
        {
          ...base,
          sku: `SKU-${index + 1}`,
          options: [],
          available: index % 7 === 5 ? 0 : 42,
          disabledReason: index % 7 === 5 ? 'sold_out' : null,
        },
      ];
  const top = kind.code.split('/')[0];
  return {
    id: id(index),
    slug,
    name,
    nameEn,
    summary: '日常好用，做工踏实。',
    summaryEn: 'Made well for every day.',
    description: '选料扎实，针脚细密。\n冷水手洗，阴干，可低温熨烫。',
    descriptionEn: 'Solid material, close stitches.\nWash by hand in cold water, dry in the shade.',
    brand: '谷雨',
    line: kind.line,
    category: kind.code,
    crumbs: categories
      .filter(({ code }) => code === top || code === kind.code)
      .map((one) => ({ code: one.code, name: one.name, nameEn: one.nameEn })),
    specs: [
      { name: '材质', nameEn: 'Material', value: '棉 55%，亚麻 45%', valueEn: '55% cotton, 45% linen' },
      { name: '产地', nameEn: 'Made in', value: '浙江 湖州', valueEn: 'Huzhou, Zhejiang' },
    ],
    images: [1, 2, 3].map((number) => ({
      ...picture(slug, number, `${name}，第 ${number} 张`, `${nameEn}, view ${number}`),
      sku: number === 1 ? null : (variants[number]?.sku ?? null),
    })),
    options,
    variants,
    related: [],
    updatedAt: '2026-11-20T08:00:00Z',
  };
}

export const cardOf = ({
  id: productId,
  slug,
  name,
  nameEn,
  brand,
  category: code,
  variants,
  images,
  options,
}: Product): Card => ({
  id: productId,
  slug,
  name,
  nameEn,
  brand,
  category: code,
  priceFen: Math.min(...variants.map(({ priceFen }) => priceFen ?? 0)),
  priceMaxFen: Math.max(...variants.map(({ priceFen }) => priceFen ?? 0)),
  listFen: variants[0]?.listFen ?? null,
  priceEndsAt: variants[0]?.priceEndsAt ?? null,
  isInStock: variants.some(({ available }) => available > 0),
  image: images[0] ?? null,
  imageSecond: images[1] ?? null,
  options,
});

export const products: Product[] = Array.from({ length: 64 }, (_, index) => aProduct(index));
for (const one of products)
  one.related = products
    .filter((other) => other !== one && other.category === one.category)
    .slice(0, 4)
    .map(cardOf);

/** A quiet shape on a quiet ground, so that the frame can be looked at before the real pictures are made. */
export function placeholder(file: string): string {
  const number = Buffer.from(file).reduce((sum, byte) => sum + byte, 0);
  const hue = (number * 47) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800"><rect width="800" height="800" fill="hsl(${hue} 22% 90%)"/><circle cx="400" cy="420" r="210" fill="hsl(${hue} 26% 72%)"/><rect x="310" y="250" width="180" height="330" rx="36" fill="hsl(${hue} 30% 46%)"/></svg>`;
}
