// Finds province, city and district at the beginning of a text, also when levels are left out or shortened. Pure.
import { cities, type Division, districts, divisionsBelow, isFiller, provinces, shortName } from './division.ts';

export interface Region {
  province?: Division;
  city?: Division;
  district?: Division;
  /** Characters of the text that say so. */
  length: number;
}

/** The fullest reading of a region at the beginning of a text; undefined when it begins with none. */
export function findRegion(text: string): Region | undefined {
  const readings = [...readProvince(text)].map(complete);
  return readings.reduce<Region | undefined>(
    (best, one) => (best === undefined || weight(one) > weight(best) ? one : best),
    undefined,
  );
}

/** The deepest level counts first, then how much of the text says so. */
export const weight = ({ province, city, district, length }: Region): number =>
  (district ? 3000 : city ? 2000 : province ? 1000 : 0) + length;

function* readProvince(text: string): Generator<Region> {
  for (const province of provinces) {
    for (const length of lengthsAt(text, 0, province, ['省', '自治区'])) {
      yield { province, length };
      yield* readCity(text, { province, length: skip(text, length) });
    }
  }
  yield* readCity(text, { length: 0 });
}

function* readCity(text: string, above: Region): Generator<Region> {
  const { province, length: start } = above;
  for (const city of province ? divisionsBelow(province.code) : cities) {
    if (isFiller(city.name)) continue;
    for (const length of lengthsAt(text, start, city, ['州'])) {
      const isWhole = text.startsWith(city.name, start);
      if (province !== undefined || isWhole) yield { ...above, city, length };
      if (isWhole) yield* readShared(text, { start, above, city });
      for (const next of new Set([length, skip(text, length)])) yield* readDistrict(text, { ...above, city, length: next });
    }
  }
  yield* readLoneDistrict(text, above);
}

/** `青岛市南区` is 市南区 of 青岛, not 南区 of 青岛市: the city's short name before a district said in full. */
function* readShared(text: string, { start, above, city }: { start: number; above: Region; city: Division }): Generator<Region> {
  const end = start + (shortName(city.name)?.length ?? 0);
  for (const district of divisionsBelow(city.code))
    if (text.startsWith(district.name, end)) yield { ...above, city, district, length: end + district.name.length };
}

function* readDistrict(text: string, above: Region & { city: Division }): Generator<Region> {
  for (const district of divisionsBelow(above.city.code))
    for (const length of lengthsAt(text, above.length, district)) yield { ...above, district, length };
}

const municipalities = /^(?:11|12|31|50)/;
const districtsByInitial = Map.groupBy(districts, ({ name }) => name.slice(0, 1));

/** A district without its city: said in full and the only one of its name there; below a municipality the short name will do. */
function* readLoneDistrict(text: string, { province, length: start }: Region): Generator<Region> {
  const head = province?.code.slice(0, 2) ?? '';
  const near = (districtsByInitial.get(text.slice(start, start + 1)) ?? []).filter(({ code }) => code.startsWith(head));
  const found = near.filter(({ name }) => text.startsWith(name, start) && name !== '市辖区');
  if (found.length === 1 && found[0])
    yield { ...(province && { province }), district: found[0], length: start + found[0].name.length };
  if (!municipalities.test(head)) return;
  for (const district of near)
    for (const length of lengthsAt(text, start, district)) yield { ...(province && { province }), district, length };
}

/** Adds the levels above what was read: a district knows its city, a city its province. */
function complete(region: Region): Region {
  const code = region.district?.code ?? region.city?.code;
  if (code === undefined) return region;
  const city = region.city ?? cities.find((one) => one.code.slice(0, 4) === code.slice(0, 4));
  const province = region.province ?? provinces.find((one) => one.code.slice(0, 2) === code.slice(0, 2));
  return { ...region, ...(city && { city }), ...(province && { province }) };
}

const ranks = /^[省市区县州盟旗]/;
const streets = /^[路街道巷弄桥大里]/;

/** Where a division's name may end in the text: whole, short with another rank, or short when no rank or street follows (`朝阳路`). */
function lengthsAt(text: string, start: number, { name }: Division, otherRanks: readonly string[] = []): number[] {
  if (text[start] !== name[0]) return [];
  if (text.startsWith(name, start)) return [start + name.length];
  const short = shortName(name);
  if (short === undefined || !text.startsWith(short, start)) return [];
  const end = start + short.length;
  const ranked = otherRanks.find((rank) => text.startsWith(rank, end));
  if (ranked !== undefined) return [end + ranked.length];
  const rest = text.slice(end);
  return ranks.test(rest) || streets.test(rest) ? [] : [end];
}

/** Past what stands between two levels: dashes, and names that only fill a level. */
function skip(text: string, from: number): number {
  const [filler = ''] =
    /^(?:[-/·>]*(?:市辖区|生产建设兵团|省直辖县级行政区划|自治区直辖县级行政区划|省直辖县)?[-/·>]*)/.exec(text.slice(from)) ?? [];
  return from + filler.length;
}
