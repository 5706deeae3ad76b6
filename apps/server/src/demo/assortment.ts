// What the fictional house brand 谷雨良品 (Guyu Goods) sells, in words a merchant would use. SKUs are made from it in catalogue.ts.

export type Season = 'all' | 'spring' | 'summer' | 'autumn' | 'winter' | 'gift';

export interface Choice {
  value: string;
  valueEn: string;
  /** Appended to the product's code. */
  code: string;
  /** Colour of the picture, where the choice is a colour. */
  hex?: string;
  /** Times the product's price. */
  priceTimes?: number;
}

export interface Item {
  code: string;
  line: 'apparel' | 'food' | 'appliance';
  category: string;
  name: string;
  nameEn: string;
  summary: string;
  summaryEn: string;
  /** Which picture is drawn. */
  shape: string;
  hex: string;
  priceYuan: number;
  /** Share of the price without VAT that the unit costs. */
  costShare: number;
  season: Season;
  /** Units a day over all channels at the start of the history, in an average season. */
  dailyUnits: number;
  /** What became of it: fading stock is what the slow-mover playbook finds, scarce what the cover playbook finds. */
  fate: 'steady' | 'growing' | 'fading' | 'scarce';
  /** A scarce product that the buyer left to the cover playbook weeks ago. */
  isWatched?: boolean;
  colours?: readonly Choice[];
  sizes?: readonly Choice[];
  packs?: readonly Choice[];
  specs: readonly [zh: string, en: string, value: string, valueEn: string][];
  shelfLifeDays?: number;
}

export const categories: readonly { code: string; name: string; nameEn: string }[] = [
  { code: 'apparel', name: '服饰', nameEn: 'Apparel' },
  { code: 'apparel/tops', name: '上装', nameEn: 'Tops' },
  { code: 'apparel/bottoms', name: '下装', nameEn: 'Bottoms' },
  { code: 'apparel/outerwear', name: '外套', nameEn: 'Outerwear' },
  { code: 'apparel/accessories', name: '配饰', nameEn: 'Accessories' },
  { code: 'food', name: '食品', nameEn: 'Food' },
  { code: 'food/tea', name: '茶饮', nameEn: 'Tea' },
  { code: 'food/snacks', name: '零食坚果', nameEn: 'Snacks and nuts' },
  { code: 'food/staples', name: '米面粮油', nameEn: 'Rice, noodles and oil' },
  { code: 'food/gifts', name: '礼盒', nameEn: 'Gift boxes' },
  { code: 'appliances', name: '小家电', nameEn: 'Small appliances' },
  { code: 'appliances/kitchen', name: '厨房电器', nameEn: 'Kitchen' },
  { code: 'appliances/home', name: '生活电器', nameEn: 'Home' },
  { code: 'appliances/care', name: '个人护理', nameEn: 'Personal care' },
];

const colour = (value: string, valueEn: string, code: string, hex: string): Choice => ({ value, valueEn, code, hex });
const colours = {
  white: colour('米白', 'Off-white', 'WH', '#f2ece0'),
  black: colour('墨黑', 'Ink black', 'BK', '#33363b'),
  grey: colour('雾灰', 'Mist grey', 'GY', '#a9b0b7'),
  blue: colour('雾霾蓝', 'Haze blue', 'BL', '#7b95b0'),
  green: colour('竹青', 'Bamboo green', 'GN', '#7a9a6f'),
  red: colour('朱砂红', 'Cinnabar', 'RD', '#b8453a'),
  sand: colour('沙驼', 'Sand', 'SD', '#c9a577'),
  pink: colour('藕粉', 'Lotus pink', 'PK', '#dcb1ab'),
} as const;

const size = (code: string): Choice => ({ value: code, valueEn: code, code });
const letterSizes = ['S', 'M', 'L', 'XL'].map(size);

type Short = readonly [
  code: string, category: string, name: string, nameEn: string, summary: string, summaryEn: string,
  shape: string, priceYuan: number, dailyUnits: number, season: Season, fate: Item['fate'], colourNames: readonly (keyof typeof colours)[], fabric: string, fabricEn: string,
]; // prettier-ignore

const apparelRows: readonly Short[] = [
  ['TS01', 'tops', '新疆长绒棉圆领T恤', 'Xinjiang long-staple cotton T-shirt', '贴身不闷，越洗越软', 'Soft next to the skin, softer with every wash', 'tee', 89, 3.2, 'summer', 'steady', ['white', 'black', 'blue', 'grey'], '新疆长绒棉 100%', 'Xinjiang cotton 100%'],
  ['TS02', 'tops', '重磅棉宽松短袖', 'Heavyweight relaxed tee', '260克重磅面料，挺括有型', '260 g fabric that keeps its shape', 'tee', 119, 2.2, 'summer', 'growing', ['white', 'black', 'green', 'grey'], '棉 100% 260g', 'Cotton 100% 260 g'],
  ['SH01', 'tops', '亚麻立领衬衫', 'Linen stand-collar shirt', '法国亚麻，透气凉爽', 'French linen, cool and airy', 'shirt', 199, 2.2, 'summer', 'fading', ['white', 'blue', 'sand', 'green'], '亚麻 100%', 'Linen 100%'],
  ['SH02', 'tops', '免烫牛津纺衬衫', 'Non-iron Oxford shirt', '洗后挂干即平整', 'Hang to dry, ready to wear', 'shirt', 229, 1.5, 'all', 'steady', ['white', 'blue', 'grey', 'pink'], '棉 80% 聚酯纤维 20%', 'Cotton 80% polyester 20%'],
  ['HD01', 'tops', '抓绒连帽卫衣', 'Fleece hoodie', '内里抓绒，秋冬一件搞定', 'Brushed inside for autumn and winter', 'hoodie', 259, 1.8, 'autumn', 'growing', ['grey', 'black', 'green', 'red'], '棉 70% 聚酯纤维 30%', 'Cotton 70% polyester 30%'],
  ['KN01', 'tops', '澳洲美利奴羊毛针织衫', 'Merino wool jumper', '细支羊毛，不扎不痒', 'Fine merino that does not itch', 'jumper', 399, 1.2, 'winter', 'scarce', ['grey', 'sand', 'red', 'black'], '美利奴羊毛 100%', 'Merino wool 100%'],
  ['PT01', 'bottoms', '弹力直筒休闲裤', 'Stretch straight chinos', '四面弹，久坐不紧绷', 'Four-way stretch for long days', 'trousers', 239, 1.6, 'all', 'steady', ['black', 'sand', 'grey', 'green'], '棉 97% 氨纶 3%', 'Cotton 97% elastane 3%'],
  ['PT02', 'bottoms', '速干运动短裤', 'Quick-dry shorts', '轻薄速干，跑步通勤两用', 'Light and quick to dry', 'shorts', 129, 2.6, 'summer', 'fading', ['black', 'blue', 'grey', 'green'], '聚酯纤维 100%', 'Polyester 100%'],
  ['PT03', 'bottoms', '加绒保暖休闲裤', 'Lined warm trousers', '零下十度也不冷', 'Warm down to −10 °C', 'trousers', 279, 1.2, 'winter', 'scarce', ['black', 'grey', 'sand'], '棉 65% 聚酯纤维 35%', 'Cotton 65% polyester 35%'],
  ['DR01', 'bottoms', '天丝半身长裙', 'Lyocell midi skirt', '垂坠顺滑，显瘦百搭', 'Drapes well, goes with everything', 'skirt', 219, 1.9, 'spring', 'fading', ['pink', 'black', 'green', 'sand'], '莱赛尔 100%', 'Lyocell 100%'],
  ['JK01', 'outerwear', '轻薄防风夹克', 'Light windbreaker', '防风防泼水，可收纳', 'Windproof, showerproof, packs small', 'jacket', 359, 1.0, 'spring', 'steady', ['black', 'green', 'sand', 'blue'], '锦纶 100%', 'Nylon 100%'],
  ['JK02', 'outerwear', '90白鹅绒羽绒服', 'White goose down jacket', '800蓬松度，轻暖过冬', '800 fill power, light and warm', 'puffer', 899, 1.1, 'winter', 'growing', ['black', 'white', 'red', 'grey'], '白鹅绒 90%', 'White goose down 90%'],
  ['JK03', 'outerwear', '双面呢羊毛大衣', 'Double-faced wool coat', '手工双面呢，版型利落', 'Hand-finished, clean lines', 'coat', 1299, 0.5, 'winter', 'steady', ['sand', 'grey', 'black'], '羊毛 90% 羊绒 10%', 'Wool 90% cashmere 10%'],
]; // prettier-ignore

const accessoryRows: readonly Short[] = [
  ['AC01', 'accessories', '纯山羊绒围巾', 'Cashmere scarf', '内蒙古山羊绒，轻软保暖', 'Inner Mongolian cashmere', 'scarf', 329, 1.0, 'winter', 'growing', ['red', 'grey', 'sand', 'black'], '山羊绒 100%', 'Cashmere 100%'],
  ['AC02', 'accessories', '精梳棉中筒袜（5双装）', 'Combed cotton socks, 5 pairs', '抗菌防臭，不勒脚踝', 'Antibacterial, easy on the ankle', 'socks', 49, 4.5, 'all', 'steady', ['black', 'white', 'grey'], '棉 75% 锦纶 20% 氨纶 5%', 'Cotton 75% nylon 20% elastane 5%'],
  ['AC03', 'accessories', '帆布托特包', 'Canvas tote bag', '12安帆布，能装一天', '12 oz canvas for the whole day', 'bag', 79, 2.0, 'all', 'fading', ['white', 'black', 'green'], '棉帆布', 'Cotton canvas'],
]; // prettier-ignore

const apparelItem =
  (sizes: readonly Choice[] | undefined) =>
  (row: Short): Item => {
    const [
      code,
      category,
      name,
      nameEn,
      summary,
      summaryEn,
      shape,
      priceYuan,
      dailyUnits,
      season,
      fate,
      names,
      fabric,
      fabricEn,
    ] = row;
    const chosen = names.map((key) => colours[key]);
    return {
    code, line: 'apparel', category: `apparel/${category}`, name, nameEn, summary, summaryEn, shape, hex: chosen[0]?.hex ?? '#a9b0b7',
    priceYuan, costShare: 0.38, season, dailyUnits, fate, colours: chosen, ...(sizes && { sizes }),
    specs: [['材质', 'Fabric', fabric, fabricEn], ['产地', 'Made in', '浙江嘉兴', 'Jiaxing, Zhejiang'], ['洗涤', 'Care', '30℃ 轻柔机洗', 'Gentle machine wash, 30 °C']],
  }; // prettier-ignore
  };

type Food = readonly [
  code: string, category: string, name: string, nameEn: string, summary: string, summaryEn: string,
  shape: string, hex: string, priceYuan: number, dailyUnits: number, season: Season, fate: Item['fate'], shelfLifeDays: number, packs: readonly string[], origin: string, originEn: string,
]; // prettier-ignore

const foodRows: readonly Food[] = [
  ['FT01', 'tea', '明前龙井', 'Mingqian Longjing green tea', '清明前采摘，豆香清雅', 'Picked before Qingming, nutty and fresh', 'tin', '#7a9a6f', 168, 1.6, 'spring', 'steady', 540, ['100g', '250g'], '浙江杭州', 'Hangzhou, Zhejiang'],
  ['FT02', 'tea', '武夷肉桂岩茶', 'Wuyi rougui rock tea', '桂皮香显，岩韵悠长', 'Cinnamon notes and a long finish', 'tin', '#8a5a3a', 198, 1.2, 'autumn', 'growing', 1080, ['100g', '250g'], '福建武夷山', 'Wuyishan, Fujian'],
  ['FT03', 'tea', '陈皮白茶小方片', 'Tangerine-peel white tea', '独立小包，办公室好搭档', 'Single servings for the office', 'box', '#c9a577', 79, 2.4, 'all', 'steady', 1080, ['10片', '30片'], '福建福鼎', 'Fuding, Fujian'],
  ['FT04', 'tea', '冷泡茉莉花茶', 'Cold-brew jasmine tea', '七窨一提，冷水三分钟', 'Seven scentings, ready in three minutes', 'pouch', '#dfe8d2', 45, 2.6, 'summer', 'fading', 540, ['12包', '30包'], '广西横州', 'Hengzhou, Guangxi'],
  ['FT05', 'tea', '云南普洱熟茶饼', 'Ripe pu-erh tea cake', '古树原料，陈香醇厚', 'Old-tree leaf, mellow and deep', 'cake', '#5a3b2a', 128, 0.9, 'winter', 'steady', 3650, ['200g', '357g'], '云南勐海', 'Menghai, Yunnan'],
  ['FT06', 'tea', '桂花乌龙袋泡茶', 'Osmanthus oolong tea bags', '桂花鲜香，回甘持久', 'Fragrant osmanthus, lasting sweetness', 'pouch', '#d8a83e', 59, 2.0, 'autumn', 'growing', 720, ['15包', '40包'], '福建安溪', 'Anxi, Fujian'],
  ['FS01', 'snacks', '每日坚果混合装', 'Daily mixed nuts', '六种坚果三种果干，一天一包', 'Six nuts, three fruits, one bag a day', 'pouch', '#c58b4e', 89, 5.2, 'all', 'growing', 240, ['7袋', '30袋'], '安徽芜湖', 'Wuhu, Anhui'],
  ['FS02', 'snacks', '薄皮奶香核桃', 'Creamy thin-shell walnuts', '手捏即开，奶香酥脆', 'Opens by hand, crisp and milky', 'jar', '#b98a5e', 59, 2.6, 'winter', 'scarce', 240, ['500g', '1kg'], '云南大理', 'Dali, Yunnan'],
  ['FS03', 'snacks', '冻干草莓脆', 'Freeze-dried strawberries', '整颗丹东草莓，无添加', 'Whole Dandong strawberries, nothing added', 'pouch', '#d05a5a', 39, 2.8, 'summer', 'steady', 365, ['30g', '90g'], '辽宁丹东', 'Dandong, Liaoning'],
  ['FS04', 'snacks', '手工芝麻酥糖', 'Sesame brittle', '外婆的味道，酥到掉渣', 'Crumbly, the way grandmother made it', 'box', '#d9c08a', 36, 1.8, 'gift', 'fading', 180, ['200g', '500g'], '江苏泰州', 'Taizhou, Jiangsu'],
  ['FS05', 'snacks', '风干牛肉干', 'Air-dried beef', '内蒙古黄牛腿肉，越嚼越香', 'Inner Mongolian beef, better with every bite', 'pouch', '#8f3f2f', 99, 2.2, 'all', 'growing', 270, ['100g', '250g'], '内蒙古通辽', 'Tongliao, Inner Mongolia'],
  ['FS06', 'snacks', '海盐黑巧克力', 'Sea-salt dark chocolate', '72%可可，微咸回甘', '72% cocoa, a touch of salt', 'bar', '#4a2f26', 49, 1.9, 'winter', 'steady', 365, ['100g', '5片装'], '江苏苏州', 'Suzhou, Jiangsu'],
  ['FR01', 'staples', '五常稻花香大米', 'Wuchang Daohuaxiang rice', '当季新米，一家煮饭满楼香', 'New harvest, fragrant when cooked', 'sack', '#e3dcc3', 79, 4.0, 'all', 'steady', 365, ['2.5kg', '5kg'], '黑龙江五常', 'Wuchang, Heilongjiang'],
  ['FR02', 'staples', '高山荞麦挂面', 'Buckwheat noodles', '三成荞麦，筋道顺滑', '30% buckwheat, springy', 'box', '#b9a98a', 29, 2.4, 'all', 'steady', 365, ['500g', '1kg'], '山西大同', 'Datong, Shanxi'],
  ['FR03', 'staples', '浓香压榨菜籽油', 'Cold-pressed rapeseed oil', '小榨工艺，炒菜喷香', 'Small-batch pressed, full flavour', 'bottle', '#d9a021', 69, 1.9, 'all', 'scarce', 540, ['1.8L', '5L'], '四川绵阳', 'Mianyang, Sichuan'],
  ['FR04', 'staples', '头道酿造酱油', 'First-press soy sauce', '晒足180天，鲜味自然', 'Sun-brewed for 180 days', 'bottle', '#3c2a20', 32, 2.6, 'all', 'steady', 720, ['500ml', '1L'], '广东佛山', 'Foshan, Guangdong'],
  ['FR05', 'staples', '土蜂蜜', 'Wildflower honey', '秦岭百花蜜，一年一采', 'Qinling mountains, one harvest a year', 'jar', '#dba53a', 88, 1.5, 'winter', 'steady', 720, ['500g', '1kg'], '陕西汉中', 'Hanzhong, Shaanxi'],
  ['FR06', 'staples', '有机五谷杂粮', 'Organic mixed grains', '八种杂粮，煮粥香糯', 'Eight grains for porridge', 'sack', '#a98c5b', 49, 1.4, 'all', 'fading', 365, ['1kg', '2.5kg'], '吉林白城', 'Baicheng, Jilin'],
  ['FG01', 'gifts', '谷雨年货礼盒', 'New Year gift box', '九款年味，一盒备齐', 'Nine New Year treats in one box', 'gift', '#b8453a', 268, 1.2, 'gift', 'growing', 180, ['经典款', '尊享款'], '浙江杭州', 'Hangzhou, Zhejiang'],
  ['FG02', 'gifts', '中秋月饼礼盒', 'Mid-Autumn mooncake box', '广式苏式双拼，低糖配方', 'Two styles, less sugar', 'gift', '#c9a14a', 198, 0.8, 'autumn', 'fading', 60, ['6枚', '12枚'], '广东广州', 'Guangzhou, Guangdong'],
  ['FG03', 'gifts', '春茶品鉴礼盒', 'Spring tea tasting box', '四款春茶，送礼体面', 'Four spring teas, a fine present', 'gift', '#7a9a6f', 328, 0.7, 'spring', 'steady', 540, ['标准装', '木盒装'], '浙江杭州', 'Hangzhou, Zhejiang'],
]; // prettier-ignore

const foodItem = (row: Food): Item => {
  const [
    code,
    category,
    name,
    nameEn,
    summary,
    summaryEn,
    shape,
    hex,
    priceYuan,
    dailyUnits,
    season,
    fate,
    shelfLifeDays,
    packs,
    origin,
    originEn,
  ] = row;
  return {
    code, line: 'food', category: `food/${category}`, name, nameEn, summary, summaryEn, shape, hex, priceYuan, costShare: 0.52, season, dailyUnits, fate,
    shelfLifeDays, isWatched: code === 'FS02' || code === 'FR03',
    packs: packs.map((value, index) => ({ value, valueEn: englishPack(value), code: `P${index + 1}`, priceTimes: index === 0 ? 1 : 2.1 })),
    specs: [['产地', 'Origin', origin, originEn], ['保质期', 'Shelf life', `${shelfLifeDays}天`, `${shelfLifeDays} days`], ['储存', 'Storage', '阴凉干燥处', 'Cool and dry']],
  }; // prettier-ignore
};

const packWords: Readonly<Record<string, string>> = {
  片: ' pieces', 包: ' bags', 袋: ' bags', 枚: ' cakes', 片装: ' bars', 经典款: 'Classic', 尊享款: 'Premium', 标准装: 'Standard', 木盒装: 'Wooden box',
}; // prettier-ignore
const englishPack = (value: string): string => {
  const [, count = '', word = ''] = /^([\d.]*)(.*)$/.exec(value) ?? [];
  return `${count}${packWords[word] ?? word}`.trim();
};

type Appliance = readonly [
  code: string, category: string, name: string, nameEn: string, summary: string, summaryEn: string,
  shape: string, priceYuan: number, dailyUnits: number, season: Season, fate: Item['fate'], colourNames: readonly (keyof typeof colours)[], power: string,
]; // prettier-ignore

const applianceRows: readonly Appliance[] = [
  ['KT01', 'kitchen', '恒温电热水壶 1.5L', 'Temperature-control kettle 1.5 L', '五段控温，泡茶冲奶都合适', 'Five temperatures for tea and milk', 'kettle', 199, 1.8, 'winter', 'steady', ['white', 'green'], '1800W'],
  ['KT02', 'kitchen', '便携烧水杯', 'Travel kettle cup', '出差必备，4分钟烧开', 'Boils in four minutes on the road', 'kettle', 129, 1.4, 'all', 'growing', ['white', 'blue', 'pink'], '300W'],
  ['RC01', 'kitchen', 'IH柴火饭电饭煲 3L', 'IH rice cooker 3 L', '立体加热，粒粒分明', 'Heats from all sides, every grain apart', 'cooker', 499, 1.0, 'all', 'steady', ['white', 'black'], '1100W'],
  ['RC02', 'kitchen', '迷你电饭煲 1.6L', 'Mini rice cooker 1.6 L', '一到三人，45分钟柴火饭', 'For one to three people', 'cooker', 199, 1.3, 'all', 'fading', ['white', 'pink', 'green'], '400W'],
  ['BL01', 'kitchen', '静音破壁机', 'Quiet blender', '隔音罩设计，早起不扰人', 'A hood that lets others sleep', 'blender', 599, 0.8, 'winter', 'scarce', ['white', 'black'], '1200W'],
  ['BL02', 'kitchen', '便携榨汁杯', 'Portable juicer', '一键榨汁，随行补维C', 'One button, juice to go', 'blender', 99, 1.7, 'summer', 'fading', ['pink', 'green', 'blue'], '80W'],
  ['AF01', 'kitchen', '可视空气炸锅 5L', 'Window air fryer 5 L', '可视窗口，少油酥脆', 'See it crisp, with little oil', 'fryer', 349, 1.3, 'all', 'growing', ['white', 'black', 'green'], '1500W'],
  ['CF01', 'kitchen', '滴漏咖啡机', 'Drip coffee maker', '八分钟一壶，保温两小时', 'A pot in eight minutes, warm for two hours', 'coffee', 259, 0.8, 'all', 'steady', ['white', 'black'], '650W'],
  ['TM01', 'kitchen', '多士炉', 'Toaster', '六档烤色，早餐三分钟', 'Six browning levels', 'toaster', 149, 0.9, 'all', 'steady', ['white', 'green', 'pink'], '750W'],
  ['HP01', 'kitchen', '养生壶', 'Health kettle', '12种菜单，煮茶炖汤', 'Twelve programmes for tea and soup', 'kettle', 169, 1.4, 'winter', 'growing', ['white', 'sand'], '800W'],
  ['FN01', 'home', '直流变频循环扇', 'DC circulation fan', '26分贝静音，全屋送风', '26 dB, moves the whole room', 'fan', 299, 1.2, 'summer', 'fading', ['white', 'grey'], '24W'],
  ['HU01', 'home', '无雾加湿器 4L', 'Mist-free humidifier 4 L', '纯净蒸发，不湿桌面', 'Evaporates cleanly, no wet desk', 'humidifier', 259, 1.2, 'winter', 'scarce', ['white', 'green'], '15W'],
  ['VC01', 'home', '无线手持吸尘器', 'Cordless vacuum', '22000Pa吸力，续航50分钟', '22 kPa, 50 minutes', 'vacuum', 799, 0.7, 'all', 'scarce', ['white', 'grey'], '350W'],
  ['LP01', 'home', '护眼台灯', 'Eye-care desk lamp', '全光谱，AA级照度', 'Full spectrum, AA illuminance', 'lamp', 229, 1.1, 'all', 'steady', ['white', 'black'], '14W'],
  ['HT01', 'home', '石墨烯踢脚线取暖器', 'Graphene baseboard heater', '三秒速热，可遥控', 'Warm in three seconds', 'heater', 459, 0.9, 'winter', 'growing', ['white', 'grey'], '2200W'],
  ['MK01', 'home', '除螨仪', 'Mite vacuum', '紫外除菌，60℃热风', 'UV and 60 °C air', 'vacuum', 269, 0.7, 'spring', 'fading', ['white', 'pink'], '400W'],
  ['HD02', 'care', '高速吹风机', 'High-speed hair dryer', '11万转电机，三分钟吹干', '110,000 rpm, dry in three minutes', 'dryer', 299, 1.5, 'all', 'growing', ['white', 'grey', 'pink'], '1600W'],
  ['TB01', 'care', '声波电动牙刷', 'Sonic toothbrush', '90天续航，五种模式', '90 days a charge, five modes', 'brush', 159, 1.8, 'all', 'steady', ['white', 'blue', 'pink'], '2W'],
  ['SV01', 'care', '往复式剃须刀', 'Foil shaver', '全身水洗，一分钟快充', 'Waterproof, one-minute charge', 'shaver', 259, 0.9, 'all', 'steady', ['black', 'grey'], '5W'],
  ['MS01', 'care', '颈部按摩仪', 'Neck massager', '热敷揉捏，办公午休', 'Warmth and kneading for a short break', 'massager', 399, 0.7, 'gift', 'fading', ['white', 'green'], '10W'],
]; // prettier-ignore

const applianceItem = (row: Appliance): Item => {
  const [code, category, name, nameEn, summary, summaryEn, shape, priceYuan, dailyUnits, season, fate, names, power] = row;
  const chosen = names.map((key) => colours[key]);
  return {
    code, line: 'appliance', category: `appliances/${category}`, name, nameEn, summary, summaryEn, shape, hex: chosen[0]?.hex ?? '#f2ece0',
    priceYuan, costShare: 0.56, season, dailyUnits, fate, colours: chosen,
    specs: [['功率', 'Power', power, power], ['保修', 'Warranty', '两年', 'Two years'], ['产地', 'Made in', '广东佛山', 'Foshan, Guangdong']],
  }; // prettier-ignore
};

/** The whole assortment. */
export const items: readonly Item[] = [
  ...apparelRows.map(apparelItem(letterSizes)),
  ...accessoryRows.map(apparelItem(undefined)),
  ...foodRows.map(foodItem),
  ...applianceRows.map(applianceItem),
];
