export interface Province {
  name: string;
  nameEn: string;
  /** How people shorten it: 浙江, 内蒙古. */
  short: string;
}

const province = (name: string, nameEn: string): Province => ({
  name,
  nameEn,
  short: name.replace(/(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$/, ''),
});

export const provinces: readonly Province[] = [
  province('北京市', 'Beijing'),
  province('天津市', 'Tianjin'),
  province('河北省', 'Hebei'),
  province('山西省', 'Shanxi'),
  province('内蒙古自治区', 'Inner Mongolia'),
  province('辽宁省', 'Liaoning'),
  province('吉林省', 'Jilin'),
  province('黑龙江省', 'Heilongjiang'),
  province('上海市', 'Shanghai'),
  province('江苏省', 'Jiangsu'),
  province('浙江省', 'Zhejiang'),
  province('安徽省', 'Anhui'),
  province('福建省', 'Fujian'),
  province('江西省', 'Jiangxi'),
  province('山东省', 'Shandong'),
  province('河南省', 'Henan'),
  province('湖北省', 'Hubei'),
  province('湖南省', 'Hunan'),
  province('广东省', 'Guangdong'),
  province('广西壮族自治区', 'Guangxi'),
  province('海南省', 'Hainan'),
  province('重庆市', 'Chongqing'),
  province('四川省', 'Sichuan'),
  province('贵州省', 'Guizhou'),
  province('云南省', 'Yunnan'),
  province('西藏自治区', 'Tibet'),
  province('陕西省', 'Shaanxi'),
  province('甘肃省', 'Gansu'),
  province('青海省', 'Qinghai'),
  province('宁夏回族自治区', 'Ningxia'),
  province('新疆维吾尔自治区', 'Xinjiang'),
  province('香港特别行政区', 'Hong Kong'),
  province('澳门特别行政区', 'Macau'),
  province('台湾省', 'Taiwan'),
];

export const findProvince = (name: string): Province | undefined => provinces.find((one) => one.name === name);

/** The province that a text begins with, and how much of the text names it. */
export function provinceAtStart(text: string): { province: Province; length: number } | undefined {
  for (const one of provinces) {
    if (text.startsWith(one.name)) return { province: one, length: one.name.length };
    const next = text[one.short.length];
    if (text.startsWith(one.short) && next !== '路') return { province: one, length: one.short.length + (next === '省' ? 1 : 0) };
  }
  return undefined;
}
