import type { Job } from './types.ts';

/** Variables that a shell keeps for itself: setting them fails, or does not reach the script as it was. */
const reserved =
  /^(BASHOPTS|BASHPID|BASH_\w+|COMP_WORDBREAKS|DIRSTACK|EGID|EPOCH\w+|EUID|FUNCNAME|GID|GROUPS|HISTCMD|IFS|KSHEGID|KSHGID|KSHUID|LINENO|OPTARG|OPTIND|PGRP|PIPESTATUS|PPID|PWD|OLDPWD|RANDOM|SECONDS|SHELLOPTS|SHLVL|SRANDOM|UID|USER_ID|_)$/;

/** @throws TypeError for what cannot be passed to a shell as it is, naming it and what to change */
export function assertJob({ id, script, shell, env, timeoutMs }: Job): void {
  assertJobId(id);
  if (script.includes('\0')) throw new TypeError(`The script of job ${id} holds a NUL byte; remove it.`);
  if (!shell.trim()) throw new TypeError(`Job ${id} names no interpreter; name one, such as "sh -eu".`);
  if (!(timeoutMs > 0 && Number.isFinite(timeoutMs))) {
    throw new TypeError(`The time limit of job ${id} is ${timeoutMs} ms; give a number above 0.`);
  }
  for (const [name, value] of Object.entries(env)) {
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      throw new TypeError(
        `${JSON.stringify(name)} cannot name a variable; use letters, digits and _, beginning with a letter.`,
      );
    }
    if (reserved.test(name)) {
      throw new TypeError(`Shells keep ${name} for themselves; give the variable another name.`);
    }
    if (value.includes('\0')) throw new TypeError(`The value of ${name} holds a NUL byte; remove it.`);
  }
}

/** @throws TypeError */
export function assertJobId(id: string): void {
  if (/^[A-Za-z][A-Za-z0-9.-]{0,127}$/.test(id)) return;
  throw new TypeError(
    `${JSON.stringify(id)} cannot name a job; use letters, digits, "-" and ".", at most 128, beginning with a letter.`,
  );
}
