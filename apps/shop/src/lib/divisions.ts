import type { Division } from '../views.ts';

// Provinces, cities and districts as a form chooses them: by code, each level below the one before it.

/** What there is to choose at each level, given what is chosen above it. */
export interface Places {
  provinces: readonly Division[];
  cities: readonly Division[];
  districts: readonly Division[];
}

export interface Choice {
  province: string;
  city: string;
  district: string;
}

/** Without what no longer lies below the level above it: another province empties city and district. */
export function fitting({ province, city, district }: Choice): Choice {
  const fitsCity = province !== '' && city.slice(0, 2) === province.slice(0, 2);
  const fitsDistrict = fitsCity && city !== '' && district.slice(0, 2) === city.slice(0, 2);
  return { province, city: fitsCity ? city : '', district: fitsDistrict ? district : '' };
}

const nameIn = (divisions: readonly Division[], code: string): string | undefined =>
  divisions.find((one) => one.code === code)?.name;

/** The first level that still has to be chosen; undefined when the choice is whole. Some cities have no districts. */
export function missingLevel(choice: Choice, places: Places): keyof Choice | undefined {
  if (nameIn(places.provinces, choice.province) === undefined) return 'province';
  if (places.cities.length > 0 && nameIn(places.cities, choice.city) === undefined) return 'city';
  if (places.districts.length > 0 && nameIn(places.districts, choice.district) === undefined) return 'district';
  return undefined;
}

/** `浙江省 杭州市 西湖区`, and the code of the lowest level chosen. */
export function regionOf(choice: Choice, places: Places): { region: string; districtCode: string } {
  const names = [
    nameIn(places.provinces, choice.province),
    nameIn(places.cities, choice.city),
    nameIn(places.districts, choice.district),
  ].filter((name, index, all) => name !== undefined && all.indexOf(name) === index);
  return { region: names.join(' '), districtCode: choice.district || choice.city || choice.province };
}

/** The choice that a district's code stands for: 330106 → 330000, 330100, 330106. */
export const choiceOf = (districtCode: string | null): Choice =>
  districtCode === null
    ? { province: '', city: '', district: '' }
    : { province: `${districtCode.slice(0, 2)}0000`, city: `${districtCode.slice(0, 4)}00`, district: districtCode };

/** English names of the provinces, by the first two digits of their codes; cities and districts have Chinese names only. */
export const provincesEn: Readonly<Record<string, string>> = {
  '11': 'Beijing', '12': 'Tianjin', '13': 'Hebei', '14': 'Shanxi', '15': 'Inner Mongolia', '21': 'Liaoning', '22': 'Jilin',
  '23': 'Heilongjiang', '31': 'Shanghai', '32': 'Jiangsu', '33': 'Zhejiang', '34': 'Anhui', '35': 'Fujian', '36': 'Jiangxi',
  '37': 'Shandong', '41': 'Henan', '42': 'Hubei', '43': 'Hunan', '44': 'Guangdong', '45': 'Guangxi', '46': 'Hainan',
  '50': 'Chongqing', '51': 'Sichuan', '52': 'Guizhou', '53': 'Yunnan', '54': 'Tibet', '61': 'Shaanxi', '62': 'Gansu',
  '63': 'Qinghai', '64': 'Ningxia', '65': 'Xinjiang', '71': 'Taiwan', '81': 'Hong Kong', '82': 'Macau',
}; // prettier-ignore
