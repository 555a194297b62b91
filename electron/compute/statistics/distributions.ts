/** Distribution functions to the precision of a double, from their series and continued fractions. */

const epsilon = 2 ** -53;

/** Stirling's series after shifting the argument above 12, where its seventh term is below rounding. */
function logGamma(x: number): number {
  let [shifted, product] = [x, 1];
  while (shifted < 12) {
    product *= shifted;
    shifted += 1;
  }
  const inverse = 1 / (shifted * shifted);
  const bernoulli = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156];
  const tail = bernoulli.reduceRight((rest, coefficient) => rest * inverse + coefficient, 0) / shifted;
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + tail - Math.log(product)
  );
}

/** Lower and upper regularised incomplete gamma function, each without cancellation in its tail. */
function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  const front = Math.exp(a * Math.log(x) - x - (a === 0.5 ? 0.5 * Math.log(Math.PI) : logGamma(a)));
  if (x < a + 1) {
    let [term, total] = [1 / a, 1 / a];
    for (let n = 1; Math.abs(term) > Math.abs(total) * epsilon; n += 1) {
      term *= x / (a + n);
      total += term;
    }
    return { lower: total * front, upper: 1 - total * front };
  }
  // The continued fraction of DLMF 8.9.2, evaluated forwards.
  let b = x + 1 - a;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 500; n += 1) {
    const coefficient = -n * (n - a);
    b += 2;
    d = 1 / (coefficient * d + b);
    c = b + coefficient / c;
    const change = c * d;
    fraction *= change;
    if (Math.abs(change - 1) < epsilon * 2) break;
  }
  return { lower: 1 - fraction * front, upper: fraction * front };
}

/** Standard normal distribution function. */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const { lower, upper } = incompleteGamma(0.5, (x * x) / 2);
  if (x < 0) return upper / 2;
  return lower < 0.5 ? (1 + lower) / 2 : 1 - upper / 2;
}

function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** The x with `normalCdf(x) = p`. Infinite at 0 and 1, NaN outside. */
export function normalQuantile(p: number): number {
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (!(p > 0 && p < 1)) return Number.NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  // Abramowitz and Stegun 26.2.23 is within 0.0005; three steps of third order make it exact.
  const t = Math.sqrt(-2 * Math.log(p));
  let x = -(
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
  );
  for (let step = 0; step < 3; step += 1) {
    const newton = (normalCdf(x) - p) / normalDensity(x);
    x -= newton / (1 + (x * newton) / 2);
  }
  return x;
}

export function chiSquaredCdf(x: number, degrees: number): number {
  return incompleteGamma(degrees / 2, x / 2).lower;
}

/** The x below which a share `p` of a chi-squared variable lies. */
export function chiSquaredQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p < 1) || degrees <= 0) return Number.NaN;
  let [low, high] = [0, degrees + 10];
  while (chiSquaredCdf(high, degrees) < p) high *= 2;
  for (let step = 0; step < 200 && high - low > epsilon * 4 * high; step += 1) {
    const middle = (low + high) / 2;
    if (chiSquaredCdf(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Share of Kolmogorov's distribution above x: the limit of the two-sample test. */
export function kolmogorovUpper(x: number): number {
  if (x < 0.2) return 1;
  let total = 0;
  for (let k = 1; k <= 100; k += 1) {
    const term = 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * x * x);
    total += term;
    if (Math.abs(term) < epsilon) break;
  }
  return Math.min(1, Math.max(0, total));
}

/** Wilson's interval of a share: `hits` of `count`. */
export function shareInterval(hits: number, count: number, confidence = 0.95): [number, number] {
  if (count === 0) return [0, 1];
  const z = normalQuantile((1 + confidence) / 2);
  const share = hits / count;
  const centre = (share + (z * z) / (2 * count)) / (1 + (z * z) / count);
  const half =
    (z / (1 + (z * z) / count)) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
