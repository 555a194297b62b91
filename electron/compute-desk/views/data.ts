import type { DriftView, ProfileView } from '../../../shared/contract/compute/index.ts';
import type { DriftAnswer, ProfileAnswer } from '../../compute/index.ts';

export function profileView(answer: ProfileAnswer): ProfileView {
  const { rows, dates, codes, from, to, files, quantiles, digest } = answer;
  const { calendar, activity, duplicates, columns, features, findings } = answer;
  return {
    kind: 'profile',
    ...{ rows, dates, codes, from, to, files, quantiles, digest },
    activeCodes: activity.active,
    gaps: calendar.gaps,
    duplicateRows: duplicates.rows,
    columns: columns.map(({ name, type, missing, missingShare, missingActiveShare, numbers }) => ({
      name,
      type,
      missing: { rows: missing, share: missingShare, shareOfActive: missingActiveShare },
      numbers: numbers && {
        ...{ min: numbers.min, max: numbers.max, mean: numbers.mean, deviation: numbers.deviation },
        ...numbers.quantiles,
        outliers: numbers.outliers.count,
        crossSection: numbers.crossSection?.kind ?? '',
      },
    })),
    features: features && {
      ok: features.ok,
      version: features.version,
      listed: features.listed,
      missing: features.missing,
      unlisted: features.unlisted,
    },
    findings: findings.map(({ level, sentence }) => ({ level, sentence })),
  };
}

export function profileOutcome({ findings, rows }: ProfileView): string {
  const problems = findings.filter(({ level }) => level === 'problem').length;
  const found = problems === 0 ? 'nothing wrong' : `${problems} problem${problems === 1 ? '' : 's'}`;
  return `${rows.toLocaleString('en')} rows, ${found}`;
}

export function driftView({ rows, features, unmatched, skipped, digest }: DriftAnswer): DriftView {
  return {
    kind: 'drift',
    ...{ rows, unmatched, skipped, digest },
    features: features.map(({ feature, psi, ks, jensenShannon, missing, drifted }) => ({
      feature,
      psi: psi.index,
      psiCritical: psi.critical,
      ks: ks.distance,
      probability: ks.probability,
      ...{ jensenShannon, missing, drifted },
    })),
  };
}

export function driftOutcome({ features }: DriftView): string {
  const drifted = features.filter((one) => one.drifted).length;
  return `${drifted} of ${features.length} features drifted`;
}
