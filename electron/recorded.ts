import { boardProjection, boardTellers } from './board/index.ts';
import { checklistProjection, checklistTellers } from './checklist/index.ts';
import { checkTellers, evidenceProjection } from './checks/index.ts';
import { ledgerProjection, ledgerTellers, modelProjection, modelTellers } from './compute-desk/index.ts';
import { pinProjection, pinTellers } from './journal/index.ts';
import { launchTellers } from './launch/index.ts';
import { runProjection, runTellers } from './runbook/index.ts';
import { signoffProjection, signoffTellers } from './signoff/index.ts';

/** Everything that is derived from the journal of a data folder. */
export const projections = [
  checklistProjection,
  evidenceProjection,
  boardProjection,
  runProjection,
  signoffProjection,
  pinProjection,
  ledgerProjection,
  modelProjection,
];

/** How everything in it is told. */
export const tellers = [
  ...checklistTellers,
  ...checkTellers,
  ...boardTellers,
  ...runTellers,
  ...signoffTellers,
  ...pinTellers,
  ...launchTellers,
  ...ledgerTellers,
  ...modelTellers,
];
