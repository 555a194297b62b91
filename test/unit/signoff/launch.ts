import type { SeenItem, Sight } from '../../../electron/signoff/statement/sight.ts';

/** A small launch to look at: two sections with two items each. */
export function sightOf(change: Partial<Sight> = {}): Sight {
  return {
    sections: [
      { id: 's-model', path: ['Launch', 'Model'], text: '## Model\n- [ ] Sharpe\n- [ ] Drift\n' },
      { id: 's-ops', path: ['Launch', 'Operations'], text: '## Operations\n- [ ] Disk\n- [ ] Alarms\n' },
    ],
    items: [
      itemOf('sharpe', 's-model', { evidence: [measured('backtest', 'sharpe 0.91')] }),
      itemOf('drift', 's-model'),
      itemOf('disk', 's-ops', {
        evidence: [measured('disk', '612 GB'), measured('disk', '598 GB', 'prd-2')],
      }),
      itemOf('alarms', 's-ops'),
    ],
    policy: { roles: ['ml-engineer', 'devops'] },
    runbooks: [{ file: 'runbooks/deploy.yaml', sha256: 'a'.repeat(64) }],
    artifacts: [{ name: 'model.onnx', sha256: 'b'.repeat(64) }],
    ...change,
  };
}

export function itemOf(id: string, section: string, change: Partial<SeenItem> = {}): SeenItem {
  return {
    id,
    section,
    title: `The ${id}`,
    status: 'done',
    reason: '',
    override: '',
    evidence: [],
    ...change,
  };
}

export function measured(check: string, text: string, host = '') {
  return { check, host, verdict: 'pass', measured: [text] };
}

/** The same launch with one item changed. */
export function withItem(sight: Sight, id: string, change: Partial<SeenItem>): Sight {
  return { ...sight, items: sight.items.map((item) => (item.id === id ? { ...item, ...change } : item)) };
}
