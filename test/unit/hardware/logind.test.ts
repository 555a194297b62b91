import { expect, it } from 'vitest';
import { killsUserProcesses } from '../../../electron/hardware/logind.ts';

const running = { systemd: true, properties: [], settings: [] };

it('a host without systemd ends nothing', () => {
  expect(killsUserProcesses({ ...running, systemd: false }, 'deploy')).toBe(false);
});

it('a logind that answers is believed before its files', () => {
  const logind = { ...running, settings: ['KillUserProcesses=yes'] };
  expect(killsUserProcesses({ ...logind, properties: ['b false', 'as 0', 'as 1 "root"'] }, 'deploy')).toBe(
    false,
  );
  expect(killsUserProcesses({ ...logind, properties: ['b true', 'as 0', 'as 1 "root"'] }, 'deploy')).toBe(
    true,
  );
});

it('the last setting counts where logind does not answer', () => {
  const settings = ['KillUserProcesses=no', 'KillUserProcesses=yes'];
  expect(killsUserProcesses({ ...running, settings }, 'deploy')).toBe(true);
});

it('root is spared unless the list of the spared says otherwise', () => {
  const settings = ['KillUserProcesses=yes'];
  expect(killsUserProcesses({ ...running, settings }, 'root')).toBe(false);
  expect(killsUserProcesses({ ...running, settings: [...settings, 'KillExcludeUsers=deploy'] }, 'root')).toBe(
    true,
  );
  expect(
    killsUserProcesses({ ...running, settings: [...settings, 'KillExcludeUsers=deploy'] }, 'deploy'),
  ).toBe(false);
});

it('a list of the only users to end spares the others', () => {
  const properties = ['b true', 'as 1 "batch"', 'as 1 "root"'];
  expect(killsUserProcesses({ ...running, properties }, 'deploy')).toBe(false);
  expect(killsUserProcesses({ ...running, properties }, 'batch')).toBe(true);
});

it('is not guessed where nothing says it, because distributions differ', () => {
  expect(killsUserProcesses(running, 'deploy')).toBeNull();
});
