// @ts-check

/**
 * The features of a name on a trading day. They are made, not read: a value that lasts a month and one that lasts a
 * day, both drawn from the name, the feature and the date, so that every host sees the same market.
 * @param {import('./model.mjs').Model} model
 * @param {string} code
 * @param {string} date YYYY-MM-DD, a trading day
 * @returns {Record<string, number>}
 */
export function featuresOf(model, code, date) {
  const month = date.slice(0, 7);
  return Object.fromEntries(
    model.features.map(({ name, mean, scale }) => {
      const lasting = draw(`${code} ${name} ${month}`);
      const daily = draw(`${code} ${name} ${date}`);
      return [name, mean + scale * (0.9 * lasting + 0.4 * daily)];
    }),
  );
}

/**
 * The last weekday up to a date. Holidays are not known here.
 * @param {string} date YYYY-MM-DD
 */
export function tradingDayUpTo(date) {
  const day = new Date(`${date}T00:00:00Z`);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6) day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}

/**
 * Near a standard normal: the sum of four uniform values, scaled to variance 1.
 * @param {string} text
 */
function draw(text) {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  let sum = 0;
  for (let round = 0; round < 4; round += 1) {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    sum += ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  }
  return (sum - 2) * Math.sqrt(3);
}
