/** Programs whose number is a version even with one dot: `Python 3.12+` is not more than 3.12 pythons. */
const programs = new Set(
  `airflow alembic ansible bash caddy chrome chromium clickhouse cmake cuda cudnn curl debian dbt docker duckdb
  electron fastapi flask gcc git glibc go golang grafana gunicorn helm java jdk julia kafka kernel kubernetes k8s
  lightgbm linux llvm macos mlflow mongodb mysql mypy nccl nginx node node.js nodejs npm numpy nvidia-driver onnx
  onnxruntime openssh openssl pandas pip polars postgres postgresql prometheus pydantic pyspark pytest python
  pytorch rabbitmq ray redis rocm ruby rust scikit-learn scipy slurm spark sqlite ssh tensorflow tensorrt terraform
  torch triton ubuntu uv uvicorn vite windows xgboost`.split(/\s+/),
);

export function isProgram(word: string): boolean {
  return programs.has(word.toLowerCase());
}

/**
 * Orders dotted versions by their numbers: `3.9 < 3.12`, `2.8 = 2.8.0`. What follows the numbers (`-rc1`, `+cu128`) is
 * a release of the same number where it begins with `+`, and comes before it where it begins with a letter or `-`.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  for (let i = 0; i < Math.max(left.numbers.length, right.numbers.length); i += 1) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Number(right.before) - Number(left.before);
}

function split(version: string): { numbers: number[]; before: boolean } {
  const [, numbers = '', rest = ''] = /^\s*v?(\d+(?:\.\d+)*)?(.*)$/is.exec(version) ?? [];
  return {
    numbers: numbers.split('.').map(Number),
    before: /^\s*[-.]?(?:a|b|rc|alpha|beta|dev|pre)/i.test(rest),
  };
}

export function isVersion(text: string): boolean {
  return /^\s*v?\d+(?:\.\d+)*/i.test(text);
}
