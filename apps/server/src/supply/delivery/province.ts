// Which province an address lies in, by the first word of its region. Pure.

/** Six-digit codes of the provinces by the name without its rank: 省, 市, 自治区 … */
const provinces: readonly (readonly [string, string])[] = [
  ['110000', '北京'], ['120000', '天津'], ['130000', '河北'], ['140000', '山西'], ['150000', '内蒙古'],
  ['210000', '辽宁'], ['220000', '吉林'], ['230000', '黑龙江'], ['310000', '上海'], ['320000', '江苏'],
  ['330000', '浙江'], ['340000', '安徽'], ['350000', '福建'], ['360000', '江西'], ['370000', '山东'],
  ['410000', '河南'], ['420000', '湖北'], ['430000', '湖南'], ['440000', '广东'], ['450000', '广西'],
  ['460000', '海南'], ['500000', '重庆'], ['510000', '四川'], ['520000', '贵州'], ['530000', '云南'],
  ['540000', '西藏'], ['610000', '陕西'], ['620000', '甘肃'], ['630000', '青海'], ['640000', '宁夏'],
  ['650000', '新疆'], ['710000', '台湾'], ['810000', '香港'], ['820000', '澳门'],
]; // prettier-ignore

/** The province of a region text such as `浙江省 杭州市 西湖区`; undefined when its beginning names none. */
export const provinceOf = (region: string): string | undefined =>
  provinces.find(([, name]) => region.trimStart().startsWith(name))?.[0];

/** The short name of a province by its code, or the code itself. */
export const provinceName = (code: string): string => provinces.find(([own]) => own === code)?.[1] ?? code;

export const provinceCodes: readonly string[] = provinces.map(([code]) => code);
