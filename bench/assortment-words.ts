// The words a big assortment is made of: departments, what they sell, and how makers praise it. In both languages, pair by pair.

export type Pair = readonly [zh: string, en: string];

export interface Kind {
  slug: string;
  name: Pair;
  /** What its products are called. */
  nouns: readonly Pair[];
  /** A middling price, yuan. */
  priceYuan: number;
}

export interface Department {
  slug: string;
  name: Pair;
  line: 'apparel' | 'food' | 'appliance' | 'general';
  taxRateBp: number;
  features: readonly Pair[];
  materials: readonly Pair[];
  /** Two options whose values make the variants. */
  axes: readonly { name: Pair; values: readonly Pair[] }[];
  kinds: readonly Kind[];
}

const pairs = (text: string): Pair[] =>
  text.split(',').map((one) => {
    const [zh = '', en = ''] = one.split('=');
    return [zh.trim(), en.trim()] as const;
  });

/** `slug|中文=English|price|noun=noun,noun=noun` a line. */
const kinds = (text: string): Kind[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [slug = '', name = '', price = '', nouns = ''] = line.trim().split('|');
      return { slug, name: pairs(name)[0] ?? ['', ''], priceYuan: Number(price), nouns: pairs(nouns) };
    });

const colour = {
  name: ['颜色', 'Colour'] as const,
  values: pairs(
    '米白=Off-white,墨黑=Ink black,雾灰=Mist grey,雾霾蓝=Haze blue,竹青=Bamboo green,朱砂红=Cinnabar,沙驼=Sand,藕粉=Lotus pink',
  ),
};
const size = { name: ['尺码', 'Size'] as const, values: pairs('S=S,M=M,L=L,XL=XL,XXL=XXL') };
const shoeSize = { name: ['尺码', 'Size'] as const, values: pairs('36=36,38=38,40=40,42=42,44=44') };
const pack = {
  name: ['规格', 'Pack'] as const,
  values: pairs('小袋=Small bag,家庭装=Family pack,礼盒=Gift box,整箱=Whole case'),
};
const taste = { name: ['口味', 'Taste'] as const, values: pairs('原味=Plain,香辣=Spicy,海盐=Sea salt,蜂蜜=Honey,抹茶=Matcha') };
const plug = { name: ['套餐', 'Set'] as const, values: pairs('标准款=Standard,升级款=Plus,旗舰款=Flagship') };
const width = { name: ['尺寸', 'Measure'] as const, values: pairs('1.2米=1.2 m,1.5米=1.5 m,1.8米=1.8 m,2.0米=2.0 m') };

const clothFeatures = pairs(
  '轻薄=Lightweight,加厚=Thick,宽松=Loose,修身=Slim,速干=Quick-dry,防晒=Sun-proof,抗皱=Wrinkle-free,高腰=High-waist,复古=Retro,简约=Plain,百搭=Everyday,保暖=Warm,透气=Breathable,弹力=Stretch,印花=Printed,条纹=Striped',
);
const homeFeatures = pairs(
  '北欧=Nordic,日式=Japanese,可折叠=Folding,防滑=Non-slip,加大=Large,便携=Portable,耐磨=Hard-wearing,静音=Quiet,简约=Plain,防水=Waterproof',
);
const deviceFeatures = pairs(
  '智能=Smart,变频=Inverter,静音=Quiet,大容量=Large,迷你=Mini,便携=Portable,节能=Energy-saving,多功能=Multi-function,无线=Cordless,恒温=Thermostatic',
);
const foodFeatures = pairs(
  '有机=Organic,手工=Hand-made,低糖=Low-sugar,传统=Traditional,高山=Mountain,新鲜=Fresh,非油炸=Not fried,无添加=Additive-free,头采=First-pick,陈年=Aged',
);

export const departments: readonly Department[] = [
  {
    slug: 'women', name: ['女装', 'Women'], line: 'apparel', taxRateBp: 1300, features: clothFeatures, axes: [colour, size],
    materials: pairs('纯棉=cotton,亚麻=linen,桑蚕丝=silk,羊毛=wool,雪纺=chiffon,牛仔=denim,莫代尔=modal,天丝=lyocell'),
    kinds: kinds(`dresses|连衣裙=Dresses|259|连衣裙=dress,吊带裙=slip dress,衬衫裙=shirt dress
      blouses|衬衫=Blouses|159|衬衫=blouse,娃娃衫=smock
      skirts|半身裙=Skirts|139|半身裙=skirt,百褶裙=pleated skirt
      knits|针织衫=Knits|199|针织衫=knit top,开衫=cardigan,毛衣=sweater
      coats|大衣=Coats|599|大衣=coat,风衣=trench coat
      trousers|裤装=Trousers|169|阔腿裤=wide trousers,西装裤=suit trousers,牛仔裤=jeans`),
  },
  {
    slug: 'men', name: ['男装', 'Men'], line: 'apparel', taxRateBp: 1300, features: clothFeatures, axes: [colour, size],
    materials: pairs('纯棉=cotton,亚麻=linen,羊毛=wool,灯芯绒=corduroy,牛仔=denim,莫代尔=modal,羊绒=cashmere'),
    kinds: kinds(`tshirts|T恤=T-shirts|89|圆领T恤=crew-neck T-shirt,polo衫=polo shirt
      shirts|衬衫=Shirts|149|衬衫=shirt,牛津衬衫=Oxford shirt
      jackets|夹克=Jackets|359|夹克=jacket,棒球服=baseball jacket
      trousers|长裤=Trousers|179|休闲裤=chinos,工装裤=cargo trousers,牛仔裤=jeans
      suits|西装=Suits|899|西装=suit,马甲=waistcoat
      down|羽绒服=Down jackets|699|羽绒服=down jacket,羽绒背心=down vest`),
  },
  {
    slug: 'shoes', name: ['鞋靴', 'Shoes'], line: 'apparel', taxRateBp: 1300, features: clothFeatures, axes: [colour, shoeSize],
    materials: pairs('牛皮=leather,帆布=canvas,网面=mesh,麂皮=suede,羊皮=sheepskin'),
    kinds: kinds(`sneakers|运动鞋=Sneakers|299|跑步鞋=running shoes,板鞋=skate shoes
      boots|靴子=Boots|459|马丁靴=boots,雪地靴=snow boots
      sandals|凉鞋=Sandals|129|凉鞋=sandals,拖鞋=slippers
      leather|皮鞋=Leather shoes|399|乐福鞋=loafers,德比鞋=derby shoes`),
  },
  {
    slug: 'kids', name: ['童装', 'Kids'], line: 'apparel', taxRateBp: 1300, features: clothFeatures, axes: [colour, size],
    materials: pairs('纯棉=cotton,竹纤维=bamboo,摇粒绒=fleece,针织=knitted'),
    kinds: kinds(`tops|童上衣=Tops|79|儿童卫衣=kids' hoodie,儿童T恤=kids' T-shirt
      bottoms|童裤=Bottoms|89|儿童长裤=kids' trousers,儿童短裤=kids' shorts
      sets|套装=Sets|149|儿童套装=kids' set,睡衣套装=pyjamas
      baby|婴儿装=Baby|69|连体衣=romper,包被=swaddle`),
  },
  {
    slug: 'food', name: ['食品', 'Food'], line: 'food', taxRateBp: 900, features: foodFeatures, axes: [taste, pack],
    materials: pairs('燕麦=oat,红枣=jujube,核桃=walnut,芝麻=sesame,黑米=black rice,桂花=osmanthus,山楂=hawthorn'),
    kinds: kinds(`tea|茶叶=Tea|128|龙井茶=Longjing tea,普洱茶=Pu'er tea,白茶=white tea
      snacks|零食=Snacks|29|饼干=biscuits,薯片=crisps,坚果=nuts
      grain|米面=Grain|59|杂粮=mixed grain,挂面=noodles
      drinks|饮料=Drinks|39|果汁=juice,苏打水=soda water
      gifts|礼盒=Gift boxes|199|糕点礼盒=pastry box,月饼=mooncakes
      sauces|调味=Sauces|25|酱油=soy sauce,辣椒酱=chilli sauce`),
  },
  {
    slug: 'appliances', name: ['家电', 'Appliances'], line: 'appliance', taxRateBp: 1300, features: deviceFeatures, axes: [colour, plug],
    materials: pairs('不锈钢=stainless,陶瓷=ceramic,玻璃=glass,铝合金=aluminium'),
    kinds: kinds(`kitchen|厨房电器=Kitchen|299|电饭煲=rice cooker,空气炸锅=air fryer,破壁机=blender
      care|个护=Care|159|电吹风=hair dryer,电动牙刷=electric toothbrush,剃须刀=shaver
      cleaning|清洁=Cleaning|899|吸尘器=vacuum cleaner,扫地机器人=robot cleaner
      air|空气=Air|499|加湿器=humidifier,空气净化器=air purifier,电风扇=fan
      heating|取暖=Heating|259|电暖器=heater,电热毯=electric blanket
      coffee|咖啡=Coffee|799|咖啡机=coffee machine,磨豆机=coffee grinder`),
  },
  {
    slug: 'home', name: ['家居', 'Home'], line: 'general', taxRateBp: 1300, features: homeFeatures, axes: [colour, width],
    materials: pairs('实木=solid wood,竹制=bamboo,棉麻=cotton-linen,藤编=rattan,铁艺=iron'),
    kinds: kinds(`bedding|床品=Bedding|299|四件套=bedding set,蚕丝被=silk quilt,枕头=pillow
      furniture|家具=Furniture|899|书桌=desk,餐椅=dining chair,衣柜=wardrobe
      storage|收纳=Storage|69|收纳箱=storage box,置物架=shelf
      lighting|灯具=Lighting|189|台灯=desk lamp,吊灯=pendant lamp
      textiles|布艺=Textiles|129|窗帘=curtain,地毯=rug,毛巾=towel
      tableware|餐具=Tableware|59|饭碗=bowl,马克杯=mug`),
  },
  {
    slug: 'sports', name: ['运动户外', 'Sports'], line: 'general', taxRateBp: 1300, features: homeFeatures, axes: [colour, size],
    materials: pairs('碳纤维=carbon,铝合金=aluminium,尼龙=nylon,橡胶=rubber'),
    kinds: kinds(`camping|露营=Camping|399|帐篷=tent,睡袋=sleeping bag,折叠椅=folding chair
      fitness|健身=Fitness|129|瑜伽垫=yoga mat,哑铃=dumbbell
      cycling|骑行=Cycling|259|头盔=helmet,骑行包=bike bag
      bags|背包=Bags|219|登山包=backpack,腰包=waist bag
      swim|游泳=Swimming|99|泳镜=goggles,泳帽=swimming cap`),
  },
]; // prettier-ignore

export const brands: readonly string[] = [
  ...'谷雨 青禾 山海 云织 拾光 半夏 北辰 南枝 小暑 白露 霜降 清明 木棉 竹里 石头记 远帆 知更 晴川 麦田 鹿鸣 初见 长风 星野 一木 沐家 归田 暖阳 蓝屿 乐居 安然'.split(' '),
  ...'Aurora Birch Cedar Dune Ember Fjord Grove Harbor Isola Juno Kestrel Lumen Maple Nimbus Orchard Pebble Quill Ridge Sable Tundra'.split(' '),
]; // prettier-ignore
