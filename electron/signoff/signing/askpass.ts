import { execFileSync } from 'node:child_process';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Prompt {
  /** `secret`: a passphrase or PIN. `confirm`: yes or no. `notice`: nothing to answer, such as a touch that is waited for. */
  kind: 'secret' | 'confirm' | 'notice';
  /** The words of the program that asks. */
  text: string;
}

/**
 * Asks the person. Gives the secret, `yes` to a confirmation, or null for no. A notice stays until the signal is
 * aborted, and its answer is not looked at.
 */
export type Ask = (prompt: Prompt, signal: AbortSignal) => Promise<string | null>;

export interface Askpass {
  /** What `ssh-keygen` needs in its environment to ask here. */
  env: Record<string, string>;
  /** Whether the person said no to a question. */
  refused(): boolean;
  close(): void;
}

/** Without a terminal, `ssh-keygen` runs this with its question as arguments and reads the answer from its output. */
const helper = `#!/bin/sh
umask 077
folder=\${0%/*}
mkfifo "$folder/$$" || exit 1
question=$(printf %s "$*" | tr '\\n' ' ')
printf '%s\\n' "$HOLDPOINT_TOKEN" "\${SSH_ASKPASS_PROMPT:-secret}" "$$" "$question" > "$folder/questions"
{ IFS= read -r consent && IFS= read -r answer; } < "$folder/$$" || exit 1
[ "$consent" = yes ] || exit 1
printf '%s\\n' "$answer"
`;

const kinds: Readonly<Record<string, Prompt['kind']>> = {
  secret: 'secret',
  confirm: 'confirm',
  none: 'notice',
};
const linesOfQuestion = 4;
/** Neither side waits for the other to open a pipe. */
const bothWays = constants.O_RDWR | constants.O_NONBLOCK;

/**
 * Opens a way for one operation to ask. Questions and answers go through named pipes in a folder that only this user
 * can enter, so that a secret is never in a file, an argument or an environment; a token that is good for this operation
 * alone keeps out whatever else finds the folder.
 */
export function openAskpass(ask: Ask): Askpass {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-ask-'));
  const token = randomBytes(24).toString('hex');
  writeFileSync(join(folder, 'ask'), helper, { mode: 0o700 });
  execFileSync('mkfifo', ['-m', '600', join(folder, 'questions')]);
  const questions = new Socket({
    fd: openSync(join(folder, 'questions'), bothWays),
    readable: true,
    writable: false,
  });
  const ended = new AbortController();
  const answers: number[] = [];
  let refused = false;
  let lines: string[] = [];

  const reply = (name: string, answer: string | null) => {
    if (ended.signal.aborted) return;
    const pipe = openSync(join(folder, name), bothWays);
    answers.push(pipe);
    writeSync(pipe, answer === null ? 'no\n\n' : `yes\n${answer}\n`);
  };
  const consider = async ([given = '', kindWord = '', name = '', text = '']: string[]) => {
    const kind = kinds[kindWord];
    if (!kind || !/^\d+$/.test(name) || !isSame(given, token)) return;
    const answer = await ask({ kind, text: text.trim() }, ended.signal).catch(() => null);
    if (kind === 'notice') return;
    // An answer is one line: a second would be read as something else.
    const usable = answer !== null && !/[\n\r\0]/.test(answer) ? answer : null;
    refused ||= usable === null;
    reply(name, usable);
  };
  createInterface({ input: questions }).on('line', (line) => {
    lines.push(line);
    if (lines.length < linesOfQuestion) return;
    const question = lines;
    lines = [];
    consider(question).catch(() => {
      // Who asked has gone, or the answer is longer than a pipe holds: no answer is a no.
      refused = true;
    });
  });

  return {
    env: {
      SSH_ASKPASS: join(folder, 'ask'),
      SSH_ASKPASS_REQUIRE: 'force',
      // Before OpenSSH 8.4 only a display makes it ask by the helper.
      DISPLAY: process.env.DISPLAY ?? ':0',
      HOLDPOINT_TOKEN: token,
    },
    refused: () => refused,
    close() {
      if (ended.signal.aborted) return;
      ended.abort();
      questions.destroy();
      for (const pipe of answers) closeSync(pipe);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
