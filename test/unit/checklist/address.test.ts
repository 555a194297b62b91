import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey } from '../../../electron/checklist/document/identity.ts';
import {
  type Document,
  parseDocument,
  resolveItems,
  resolveSection,
} from '../../../electron/checklist/index.ts';
import { lists } from './documents.ts';
import { realChecklist } from './real.ts';

const document = parseDocument(`# Launch of 2.0

## Before ✅

### 3. Infrastructure
- [ ] **Storage**:
  - [ ] Dataset storage: 500GB+ available
  - [ ] Backup schedule configured
- [ ] **Metrics**:
  - [ ] Backup schedule configured
- plain group
  - [ ] Item of the *group*

## Decision

### Go Criteria (All Must Pass)
- [ ] Sharpe ratio > 0.75 in the backtest
- [ ] Storage ready
### No-Go Criteria
- [ ] Same
- [ ] Same
`);

const titleOf = (of: Document, id: string | undefined) => of.items.find((item) => item.id === id)?.title;
const found = (address: string) => {
  const resolved = resolveItems(document, address);
  return resolved.ok ? resolved.ids.map((id) => titleOf(document, id)) : resolved.code;
};

describe('the address of an item', () => {
  it.each([
    ['Dataset storage', 'Dataset storage: 500GB+ available'],
    ['Storage > Dataset storage', 'Dataset storage: 500GB+ available'],
    ['infrastructure > storage > dataset', 'Dataset storage: 500GB+ available'],
    ['3. Infrastructure > **Storage** > Dataset storage', 'Dataset storage: 500GB+ available'],
    ['Before > Dataset storage', 'Dataset storage: 500GB+ available'],
    ['Storage', 'Storage'],
    ['Metrics > Backup', 'Backup schedule configured'],
    ['plain group > Item of the group', 'Item of the group'],
    ['Go Criteria > Sharpe ratio > 0.75', 'Sharpe ratio > 0.75 in the backtest'],
    ['Sharpe ratio > 0.75 in the backtest', 'Sharpe ratio > 0.75 in the backtest'],
  ])('%s means "%s"', (address, title) => {
    expect(found(address)).toEqual([title]);
  });

  it('that fits several names them, with what would tell them apart', () => {
    expect(resolveItems(document, 'Backup schedule')).toEqual({
      ok: false,
      code: 'ambiguous',
      message:
        '"Backup schedule" matches 2 items: "Before ✅ > 3. Infrastructure > Storage > Backup schedule configured", "Before ✅ > 3. Infrastructure > Metrics > Backup schedule configured". Put a heading or an item above it before it.',
      candidates: [
        'Before ✅ > 3. Infrastructure > Storage > Backup schedule configured',
        'Before ✅ > 3. Infrastructure > Metrics > Backup schedule configured',
      ],
    });
    expect(resolveItems(document, 'No-Go Criteria > Same')).toMatchObject({
      code: 'ambiguous',
      message: expect.stringContaining('word them differently'),
    });
  });

  it('that fits nothing is told what it comes near to', () => {
    expect(resolveItems(document, 'Go Criteria > Sharp ratio')).toEqual({
      ok: false,
      code: 'unknown',
      message:
        '"Go Criteria > Sharp ratio" matches no item. Did you mean "Decision > Go Criteria (All Must Pass) > Sharpe ratio > 0.75 in the backtest"?',
      candidates: ['Decision > Go Criteria (All Must Pass) > Sharpe ratio > 0.75 in the backtest'],
    });
    expect(resolveItems(document, 'Quarterly moon phase')).toMatchObject({ code: 'unknown', candidates: [] });
    expect(resolveItems(document, '')).toMatchObject({ code: 'unknown' });
    expect(resolveItems(document, 'Metrics > Dataset storage')).toMatchObject({ code: 'unknown' });
  });

  it('offers candidates that are addresses themselves', () => {
    for (const address of ['Backup schedule', 'Go Criteria > Sharp ratio', 'Datset storage']) {
      const resolved = resolveItems(document, address);
      if (resolved.ok) throw new Error('it should not resolve');
      for (const candidate of resolved.candidates) expect(resolveItems(document, candidate).ok).toBe(true);
    }
  });

  it('in full means the item itself, whatever the document', () => {
    fc.assert(
      fc.property(lists, (text) => {
        const any = parseDocument(text);
        const sections = new Map(any.sections.map((section) => [section.id, section.path]));
        for (const item of any.items) {
          const address = [...(sections.get(item.section) ?? []), ...item.under, item.title].join(' > ');
          const resolved = resolveItems(any, address);
          if (addressKey(item.title) === '') continue;
          if (resolved.ok)
            expect(titleOf(any, resolved.ids[0])?.toLowerCase()).toBe(item.title.toLowerCase());
          else expect(resolved.code).toBe('ambiguous');
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    'Storage > Dataset storage',
    'Load testing > Latency under load',
    'Go Criteria > Sharpe ratio',
    'Monitoring & Validation (First 24 Hours) > Check Grafana dashboards',
  ])('%s fits the real document', (address) => {
    const text = realChecklist('apex-ranker');
    if (text !== null) expect(resolveItems(parseDocument(text), address)).toMatchObject({ ok: true });
  });
});

describe('the address of a heading', () => {
  it('is found without number, emoji and remark', () => {
    const section = (address: string) => {
      const resolved = resolveSection(document, address);
      return resolved.ok
        ? document.sections.find(({ id }) => id === resolved.ids[0])?.title
        : resolved.message;
    };
    expect(section('Decision > Go Criteria')).toBe('Go Criteria (All Must Pass)');
    expect(section('before')).toBe('Before ✅');
    expect(section('Infrastructure')).toBe('3. Infrastructure');
    expect(section('Infrastrukture')).toContain('Did you mean "Before ✅ > 3. Infrastructure"?');
  });
});
