import type { Item } from '../../shared/contract/checklist.ts';

/** An open item of the time before the launch, with what the test says of it. */
export function item(title: string, changes: Partial<Item> = {}): Item {
  return {
    id: title,
    section: 's',
    parent: null,
    depth: 0,
    line: 1,
    title,
    body: [],
    ticked: false,
    state: 'open',
    status: 'open',
    reason: '',
    assignee: '',
    by: '',
    at: null,
    notes: 0,
    rules: [],
    gate: null,
    override: null,
    criterion: null,
    holds: null,
    role: null,
    afterLaunch: false,
    ...changes,
  };
}

export function gate(
  verdict: NonNullable<Item['gate']>['verdict'],
  sentence = '',
): NonNullable<Item['gate']> {
  return { checks: ['c'], verdict, measured: '', sentence, at: null, running: false };
}
