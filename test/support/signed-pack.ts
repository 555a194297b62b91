/** A small launch whose two roles answer by signature: each covers one section with one gate. */
export const launchYaml = `system: Apex
version: 1.0.0
checklist: checklist.md
roles:
  ml-engineer: { title: ML Engineer, covers: [Model], signers: ada@example.com }
  devops: { title: DevOps, covers: [Operations], signers: bob@example.com }
checks:
  - item: Model > Sharpe
    name: sharpe
    command: { run: cat sharpe.txt, measure: last line, quantity: sharpe ratio }
    rule: sharpe ratio > 0.75
  - item: Operations > Free space
    name: space
    command: { run: cat space.txt, measure: last line, quantity: free space, unit: GB }
    rule: free space > 100 GB
`;
