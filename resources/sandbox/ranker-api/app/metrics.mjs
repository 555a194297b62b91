// @ts-check

/** @typedef {Record<string, string>} Labels */

/**
 * Counters, gauges and histograms in the Prometheus text format 0.0.4.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export class Metrics {
  /** @type {{ name: string, type: string, help: string, lines: () => string[] }[]} */
  #families = [];

  /**
   * @param {string} name @param {string} help
   * @returns {(labels?: Labels, by?: number) => void}
   */
  counter(name, help) {
    const values = this.#values(name, 'counter', help);
    return (labels = {}, by = 1) => {
      const key = labelText(labels);
      values.set(key, (values.get(key) ?? 0) + by);
    };
  }

  /**
   * @param {string} name @param {string} help
   * @returns {(value: number, labels?: Labels) => void}
   */
  gauge(name, help) {
    const values = this.#values(name, 'gauge', help);
    return (value, labels = {}) => {
      values.set(labelText(labels), value);
    };
  }

  /**
   * A value that is asked for when the metrics are.
   * @param {string} name @param {'counter' | 'gauge'} type @param {string} help @param {() => number} read
   */
  measured(name, type, help, read) {
    this.#families.push({ name, type, help, lines: () => [`${name} ${number(read())}`] });
  }

  /**
   * @param {string} name @param {string} help @param {readonly number[]} bounds upper ends of the buckets, rising
   * @returns {(value: number, labels?: Labels) => void}
   */
  histogram(name, help, bounds) {
    /** @type {Map<string, { labels: Labels, buckets: number[], sum: number, count: number }>} */
    const series = new Map();
    this.#families.push({
      name,
      type: 'histogram',
      help,
      lines: () =>
        [...series.values()].flatMap(({ labels, buckets, sum, count }) => [
          ...bounds.map(
            (bound, index) =>
              `${name}_bucket${labelText({ ...labels, le: String(bound) })} ${buckets[index]}`,
          ),
          `${name}_bucket${labelText({ ...labels, le: '+Inf' })} ${count}`,
          `${name}_sum${labelText(labels)} ${number(sum)}`,
          `${name}_count${labelText(labels)} ${count}`,
        ]),
    });
    return (value, labels = {}) => {
      const key = labelText(labels);
      const one = series.get(key) ?? { labels, buckets: bounds.map(() => 0), sum: 0, count: 0 };
      series.set(key, one);
      for (const [index, bound] of bounds.entries()) {
        if (value <= bound) one.buckets[index] = (one.buckets[index] ?? 0) + 1;
      }
      one.sum += value;
      one.count += 1;
    };
  }

  text() {
    return this.#families
      .map(({ name, type, help, lines }) =>
        [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines()].join('\n'),
      )
      .join('\n')
      .concat('\n');
  }

  /** @param {string} name @param {string} type @param {string} help */
  #values(name, type, help) {
    /** @type {Map<string, number>} */
    const values = new Map();
    const lines = () => [...values].map(([labels, value]) => `${name}${labels} ${number(value)}`);
    this.#families.push({ name, type, help, lines });
    return values;
  }
}

/** @param {Labels} labels */
function labelText(labels) {
  const pairs = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

/** @param {number} value */
function number(value) {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}
