// China's administrative divisions, from npm data: provinces, cities, districts by six-digit code. Pure.
import type { customers as contract } from '@tongshang/contract';
import { areaList } from '@vant/area-data';
import type * as z from 'zod';

export type Division = z.output<typeof contract.Division>;

/** A district with the names of what it lies in. */
export interface District {
  districtCode: string;
  province: string;
  city: string;
  district: string;
}

const listOf = (names: Readonly<Record<string, string>>, level: Division['level']): Division[] =>
  Object.entries(names).map(([code, name]) => ({ code, name, level }));

export const provinces = listOf(areaList.province_list, 'province');
export const cities = listOf(areaList.city_list, 'city');
export const districts = listOf(areaList.county_list, 'district');

const byParent = Map.groupBy([...provinces, ...cities, ...districts], ({ code, level }) => parentOf(code, level));
const byCode = new Map([...provinces, ...cities, ...districts].map((division) => [division.code, division]));

function parentOf(code: string, level: Division['level']): string {
  if (level === 'province') return '';
  return level === 'city' ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00`;
}

/** Provinces, or what lies directly below a division; nothing below a district or an unknown code. */
export const divisionsBelow = (parent = ''): readonly Division[] => byParent.get(parent) ?? [];

/** The district of a code, with the names of its city and province. */
export function districtOf(code: string): District | undefined {
  const district = byCode.get(code);
  if (district?.level !== 'district') return undefined;
  const city = byCode.get(parentOf(code, 'district'))?.name ?? '';
  const province = byCode.get(`${code.slice(0, 2)}0000`)?.name ?? '';
  return { districtCode: code, province, city, district: district.name };
}

/** Names that only fill the level of a city: districts below them belong to the province itself. */
const fillers = new Set(['县', '省直辖县', '自治区直辖县级行政区划']);
export const isFiller = (cityName: string): boolean => fillers.has(cityName);

/** 省市区 as people write it: `浙江省 杭州市 西湖区`, `北京市 朝阳区`, `湖北省 仙桃市`. */
export const regionOf = ({ province, city, district }: District): string =>
  [province, city === province || isFiller(city) ? '' : city, district].filter((name) => name !== '').join(' ');

const ranks = /(?:省|市|自治区|特别行政区|地区|盟|自治[州县旗]|新区|林区|区|县|旗)$/;
const peoples =
  /(?:维吾尔|壮族|回族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|傣族|白族|景颇族|傈僳族|朝鲜族|蒙古族?|哈萨克族?|柯尔克孜族?|满族|瑶族|畲族|黎族|各族|仡佬族|水族|拉祜族|佤族|布朗族|纳西族|独龙族|怒族|普米族|土族|撒拉族|东乡族|保安族|裕固族|仫佬族|毛南族|达斡尔族|锡伯|塔吉克)+$/;

/** The name without the words for its rank and people, `西湖`, `内蒙古`, `恩施`; undefined when too little would be left. */
export function shortName(name: string): string | undefined {
  const plain = name.replace(ranks, '');
  const bare = /自治[州县旗区]$/.test(name) ? plain.replace(peoples, '') : plain;
  const short = bare.length < 2 ? plain : bare;
  return short === name || short.length < 2 ? undefined : short;
}
