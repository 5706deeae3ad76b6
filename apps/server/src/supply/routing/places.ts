// How far it is between provinces, by their capitals. Pure.

/** Latitude and longitude of each provincial capital, degrees, by the province's six-digit code. */
const capitals: Readonly<Record<string, readonly [latitude: number, longitude: number]>> = {
  '110000': [39.9, 116.41], '120000': [39.13, 117.2], '130000': [38.04, 114.51], '140000': [37.87, 112.55], '150000': [40.84, 111.75],
  '210000': [41.81, 123.43], '220000': [43.82, 125.32], '230000': [45.8, 126.53], '310000': [31.23, 121.47], '320000': [32.06, 118.8],
  '330000': [30.27, 120.15], '340000': [31.82, 117.23], '350000': [26.07, 119.3], '360000': [28.68, 115.86], '370000': [36.65, 117.12],
  '410000': [34.75, 113.63], '420000': [30.59, 114.31], '430000': [28.23, 112.94], '440000': [23.13, 113.26], '450000': [22.82, 108.37],
  '460000': [20.04, 110.2], '500000': [29.56, 106.55], '510000': [30.57, 104.07], '520000': [26.65, 106.63], '530000': [24.88, 102.83],
  '540000': [29.65, 91.14], '610000': [34.34, 108.94], '620000': [36.06, 103.83], '630000': [36.62, 101.78], '640000': [38.49, 106.23],
  '650000': [43.83, 87.62], '710000': [25.03, 121.57], '810000': [22.32, 114.17], '820000': [22.2, 113.54],
}; // prettier-ignore

const earthKm = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Kilometres along the great circle between two provinces' capitals, whole; undefined when one is not known. */
export function kmBetween(from: string | null | undefined, to: string | null | undefined): number | undefined {
  const [a, b] = [capitals[from ?? ''], capitals[to ?? '']];
  if (a === undefined || b === undefined) return undefined;
  const half = (x: number, y: number) => Math.sin(radians(y - x) / 2) ** 2;
  const chord = half(a[0], b[0]) + Math.cos(radians(a[0])) * Math.cos(radians(b[0])) * half(a[1], b[1]);
  return Math.round(2 * earthKm * Math.asin(Math.sqrt(chord)));
}
