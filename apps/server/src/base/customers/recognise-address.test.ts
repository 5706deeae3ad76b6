import fc from 'fast-check';
import { expect, test } from 'vitest';
import { districts, districtOf, regionOf, shortName } from './division.ts';
import { recogniseAddress } from './recognise-address.ts';

/** text → name, phone, district code, detail */
const forms: readonly [string, string | null, string | null, string | null, string][] = [
  ['浙江省杭州市西湖区文一西路100号 张三 13800138000', '张三', '13800138000', '330106', '文一西路100号'],
  ['张三 13800138000 浙江省杭州市西湖区文一西路100号', '张三', '13800138000', '330106', '文一西路100号'],
  ['张三，138-0013-8000，浙江省 杭州市 西湖区 文一西路100号', '张三', '13800138000', '330106', '文一西路100号'],
  ['13800138000 张三 浙江 杭州 西湖 文一西路100号', '张三', '13800138000', '330106', '文一西路100号'],
  ['浙江省杭州市西湖区文一西路100号张三13800138000', '张三', '13800138000', '330106', '文一西路100号'],
  ['张三13800138000浙江省杭州市西湖区文一西路100号', '张三', '13800138000', '330106', '文一西路100号'],
  ['小明，浙江省杭州市西湖区文一西路100号，13800138000', '小明', '13800138000', '330106', '文一西路100号'],
  ['浙江省杭州市西湖区文一西路100号院内东侧 13800138000', null, '13800138000', '330106', '文一西路100号院内东侧'],
  ['张三浙江省杭州市西湖区文一西路100号', '张三', null, '330106', '文一西路100号'],
  ['收货人：李小梅\n手机号码：138 0013 8000\n所在地区：广东省深圳市南山区\n详细地址：科技园南区8栋302室', '李小梅', '13800138000', '440305', '科技园南区8栋302室'],
  ['收件人: 欧阳娜娜; 电话: +86 13912345678; 地址: 上海市徐汇区漕溪北路1号; 邮编: 200030', '欧阳娜娜', '13912345678', '310104', '漕溪北路1号'],
  ['北京市朝阳区建国路87号 王小明 13700000000', '王小明', '13700000000', '110105', '建国路87号'],
  ['北京市北京市朝阳区建国路87号，王小明，13700000000', '王小明', '13700000000', '110105', '建国路87号'],
  ['北京市 市辖区 朝阳区 建国路87号 王小明 13700000000', '王小明', '13700000000', '110105', '建国路87号'],
  ['北京朝阳建国路87号 王小明 13700000000', '王小明', '13700000000', '110105', '建国路87号'],
  ['重庆市城口县东大街3号 冉军 13800000001', '冉军', '13800000001', '500229', '东大街3号'],
  ['上海浦东张江路665号 赵敏 13800000002', '赵敏', '13800000002', '310115', '张江路665号'],
  ['广西壮族自治区南宁市青秀区民族大道1号 覃丽 13800000003', '覃丽', '13800000003', '450103', '民族大道1号'],
  ['广西南宁市青秀区民族大道1号 覃丽 13800000003', '覃丽', '13800000003', '450103', '民族大道1号'],
  ['内蒙古自治区呼和浩特市新城区中山东路2号 13800000004 乌云', '乌云', '13800000004', '150102', '中山东路2号'],
  ['新疆乌鲁木齐市天山区解放北路3号 阿依古丽·买买提 13800000005', '阿依古丽·买买提', '13800000005', '650102', '解放北路3号'],
  ['湖北省恩施州恩施市舞阳大道1号 向明 13800000006', '向明', '13800000006', '422801', '舞阳大道1号'],
  ['湖北省仙桃市沔州大道5号 田伟 13800000007', '田伟', '13800000007', '429004', '沔州大道5号'],
  ['江苏省昆山市玉山镇前进路9号 吴刚 13800000008', '吴刚', '13800000008', '320583', '玉山镇前进路9号'],
  ['昆山市玉山镇前进路9号 吴刚 13800000008', '吴刚', '13800000008', '320583', '玉山镇前进路9号'],
  ['云南省大理市下关镇泰安路1号 段誉 13800000009', '段誉', '13800000009', '532901', '下关镇泰安路1号'],
  ['吉林省吉林市昌邑区解放东路1号 金英 13800000010', '金英', '13800000010', '220202', '解放东路1号'],
  ['杭州市西湖区文一西路100号 张三 13800138000', '张三', '13800138000', '330106', '文一西路100号'],
  ['杭州西湖区文一西路100号 张三 13800138000', '张三', '13800138000', '330106', '文一西路100号'],
  ['广东省东莞市长安镇振安路3号 Jane Doe 13800000011', 'Jane Doe', '13800000011', '441904', '振安路3号'],
  ['浙江省-杭州市-西湖区-文一西路100号 张三 13800138000', '张三', '13800138000', '330106', '文一西路100号'],
  ['浙江省/杭州市/西湖区 文一西路 100号 张三收 13800138000', '张三', '13800138000', '330106', '文一西路 100号'],
  ['浙江省杭州市西湖区翠苑一区5幢，021-12345678，陈先生', '陈先生', '02112345678', '330106', '翠苑一区5幢'],
  ['香港特别行政区香港岛中西区德辅道中1号 陈大文 13800000012', '陈大文', '13800000012', '810101', '德辅道中1号'],
  ['１３８００１３８０００　张三　浙江省杭州市西湖区文一西路１００号', '张三', '13800138000', '330106', '文一西路100号'],
  ['浙江省杭州市西湖区河北路12号', null, null, '330106', '河北路12号'],
]; // prettier-ignore

test.each(forms)('%s', (text, name, phone, districtCode, detail) => {
  expect(recogniseAddress(text)).toMatchObject({ name, phone, districtCode, detail });
});

test('what a text does not say is not made up', () => {
  const nothing = { districtCode: null, province: null, city: null, district: null };
  expect(recogniseAddress('朝阳区建国路87号')).toEqual({ ...nothing, name: null, phone: null, detail: '朝阳区建国路87号' }); // of three cities
  expect(recogniseAddress('河北路12号 张三')).toEqual({ ...nothing, name: '张三', phone: null, detail: '河北路12号' });
  expect(recogniseAddress('浙江省杭州市文一西路100号')).toMatchObject({
    province: '浙江省',
    city: '杭州市',
    district: null,
    detail: '文一西路100号',
  });
  expect(recogniseAddress('北京市朝阳路3号')).toMatchObject({ province: '北京市', districtCode: null, detail: '朝阳路3号' });
  expect(recogniseAddress('hello')).toMatchObject({ ...nothing, phone: null });
  expect(recogniseAddress('☎')).toMatchObject({ ...nothing, name: null, detail: '' });
});

test.each([
  ['恩施土家族苗族自治州', '恩施'], ['内蒙古自治区', '内蒙古'], ['新疆维吾尔自治区', '新疆'], ['宁夏回族自治区', '宁夏'], ['大兴安岭地区', '大兴安岭'],
  ['巴音郭楞蒙古自治州', '巴音郭楞'], ['浦东新区', '浦东'], ['香港特别行政区', '香港'], ['朝阳区', '朝阳'], ['忠县', undefined], ['长安镇', undefined],
])('%s is %s for short', (name, short) => expect(shortName(name)).toBe(short)); // prettier-ignore

test('every district written in full is recognised, with the names the code has', () => {
  const ambiguous = new Set<string>();
  for (const { code } of districts) {
    const district = districtOf(code)!;
    const { name: _, phone: __, detail, ...found } = recogniseAddress(`${regionOf(district)} 幸福路8号 13800138000 张三`);
    if (found.districtCode === code) expect({ ...found, detail }).toEqual({ ...district, detail: '幸福路8号' });
    else ambiguous.add(regionOf(district));
  }
  expect([...ambiguous]).toEqual([]);
});

test('any text is taken apart without failing, and no digit of a phone stays in the detail', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom('13800138000', '138-0013-8000'),
      (text, phone) => {
        const { detail } = recogniseAddress(`${text} ${phone}`);
        expect(detail).not.toContain(phone);
      },
    ),
  );
});
