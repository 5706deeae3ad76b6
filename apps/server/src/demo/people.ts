import type { Random } from './random.ts';

export interface DemoCustomer {
  externalId: string;
  name: string;
  phone: string;
  region: string;
  address: string;
  /** Orders a day that this person places once won, relative to others. */
  loyalty: number;
}

const surnames = Array.from(
  '王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴莫孔向汤',
);
const given = Array.from(
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华文辉玲波鑫宇浩晨雪梅建国佳琪雨欣子涵思远梓轩诗涵若彤俊熙嘉怡志远晓东海燕春兰',
);
const regions: readonly { item: string; weight: number }[] = [
  { item: '浙江省 杭州市 西湖区', weight: 9 }, { item: '浙江省 宁波市 鄞州区', weight: 5 }, { item: '上海市 上海市 浦东新区', weight: 9 },
  { item: '江苏省 南京市 鼓楼区', weight: 6 }, { item: '江苏省 苏州市 工业园区', weight: 6 }, { item: '广东省 广州市 天河区', weight: 7 },
  { item: '广东省 深圳市 南山区', weight: 8 }, { item: '北京市 北京市 朝阳区', weight: 8 }, { item: '四川省 成都市 武侯区', weight: 6 },
  { item: '湖北省 武汉市 洪山区', weight: 4 }, { item: '陕西省 西安市 雁塔区', weight: 3 }, { item: '山东省 青岛市 市南区', weight: 4 },
  { item: '福建省 厦门市 思明区', weight: 3 }, { item: '湖南省 长沙市 岳麓区', weight: 3 }, { item: '重庆市 重庆市 渝北区', weight: 4 },
]; // prettier-ignore
const streets = ['文一西路', '中山路', '人民路', '解放大道', '学院路', '滨江大道', '建设路', '和平街', '朝阳路', '湖滨路'];

/** People who never lived: names by chance, phone numbers from the block 199 0000 xxxx that the demo keeps to itself. */
export function makeCustomers(random: Random, count: number): DemoCustomer[] {
  return Array.from({ length: count }, (_, index) => ({
    externalId: `demo-${String(index + 1).padStart(5, '0')}`,
    name: random.pick(surnames) + random.pick(given) + (random.next() < 0.7 ? random.pick(given) : ''),
    phone: `1990000${String(index).padStart(4, '0')}`,
    region: random.weighted(regions),
    address: `${random.pick(streets)}${random.between(1, 688)}号${random.between(1, 28)}幢${random.between(101, 2804)}室`,
    loyalty: 0.15 + random.next() ** 3 * 3,
  }));
}
