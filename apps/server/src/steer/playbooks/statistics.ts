// Just enough statistics: normal and Student distributions, sample moments, Welch's interval.

/** Φ(x), by the continued fraction / series of the incomplete gamma function; absolute error < 1e-12. */
export function normalCdf(x: number): number {
  const half = 0.5 * lowerGammaHalf((x * x) / 2);
  return x < 0 ? 0.5 - half : 0.5 + half;
}

export const normalPdf = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** P(½, x), the share of a χ² with one degree of freedom below 2x. Series below 1.5, continued fraction (Lentz) above. */
function lowerGammaHalf(x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(-x) * Math.sqrt(x / Math.PI);
  if (x < 1.5) {
    let term = 2;
    let sum = term;
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n += 1) {
      term *= x / (n + 0.5);
      sum += term;
    }
    return front * sum;
  }
  let b = x + 0.5;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 500; n += 1) {
    const a = -n * (n - 0.5);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return 1 - front * h;
}

/** The x with Φ(x) = p, by bisection. */
export const normalQuantile = (p: number): number => bisect((x) => normalCdf(x) - p, -10, 10);

/** The t with P(T ≤ t) = p for Student's distribution with `df` degrees of freedom. */
export const studentQuantile = (p: number, df: number): number => bisect((t) => studentCdf(t, df) - p, -1e4, 1e4);

export function studentCdf(t: number, df: number): number {
  const tail = 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/** I_x(a, b), regularised, by its continued fraction (Lentz; Numerical Recipes 3rd ed. §6.4). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 500; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h;
}

const guard = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value);

/** ln Γ(x) for x > 0: Stirling's series after shifting x above 10. */
function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 10; y += 1) shift += Math.log(y);
  const inverse = 1 / (y * y);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / y;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

function bisect(f: (x: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let step = 0; step < 200 && to - from > 1e-12; step += 1) {
    const middle = (from + to) / 2;
    if (f(middle) < 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

export const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;

/** Sample variance (n − 1); 0 below two values. */
export function varianceOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

export interface Interval {
  effect: number;
  low: number;
  high: number;
  degreesOfFreedom: number;
}

/**
 * The difference of two means with its confidence interval, variances unequal: Welch, B. L. (1947), "The generalization of Student's
 * problem when several different population variances are involved", Biometrika 34; degrees of freedom by Satterthwaite (1946).
 */
export function welchInterval(a: readonly number[], b: readonly number[], confidence: number): Interval {
  const effect = meanOf(a) - meanOf(b);
  const [va, vb] = [varianceOf(a) / a.length, varianceOf(b) / b.length];
  const error = Math.sqrt(va + vb);
  const pooled = a.length + b.length - 2;
  const degreesOfFreedom = error === 0 ? pooled : (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  const reach = error === 0 ? 0 : studentQuantile(1 - (1 - confidence) / 2, degreesOfFreedom) * error;
  return { effect, low: effect - reach, high: effect + reach, degreesOfFreedom };
}
