import { nothingComputed } from '../fixtures/compute/jobs.ts';
import { buildList } from '../fixtures/items.ts';
import { launchOf } from '../fixtures/launch.ts';
import { ranker } from '../fixtures/ranker.ts';
import { nothingSigned, signed } from '../fixtures/signoffs.ts';
import { World } from './world.ts';

/** A launch with its checklist and nothing else, for tests without a page. */
export function worldOf(): World {
  return new World({
    launch: launchOf('live'),
    list: buildList(ranker),
    findings: [],
    unmatched: [],
    notWritten: null,
    answers: {},
    emptyContacts: [],
    runs: [],
    hosts: [],
    sandbox: { state: 'stopped', problem: '', folder: '', hosts: [] },
    settings: { name: 'devops', theme: 'dark' },
    journalProblem: '',
    journal: [],
    pins: [],
    compute: nothingComputed,
    signoff: { ...signed, view: nothingSigned },
    secrets: {},
    logLines: 0,
  });
}
