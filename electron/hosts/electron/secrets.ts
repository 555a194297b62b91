import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { safeStorage } from 'electron';
import type { SecretStore } from '../host.ts';

/**
 * Secrets in a file that only this user's keychain opens. Where the system has no keychain nothing is kept: Electron
 * would encrypt with a password that everybody knows.
 */
export async function openSecrets(file: string): Promise<SecretStore> {
  const why = await whyNot();
  const read = (): Record<string, string> => {
    try {
      const names = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as object);
      return Object.fromEntries(names.map(([name, encrypted]) => [name, String(encrypted)]));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw new Error(
        `${file} cannot be read: ${(error as Error).message}. Move it away and enter the secrets again.`,
      );
    }
  };
  const write = (secrets: Record<string, string>) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(secrets), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  };
  const set = async (name: string, value: string) => {
    if (why) throw new Error(why);
    const encrypted = await safeStorage.encryptStringAsync(value);
    write({ ...read(), [name]: encrypted.toString('base64') });
  };
  return {
    can: why === '',
    why,
    set,
    async get(name) {
      const encrypted = why ? undefined : read()[name];
      if (encrypted === undefined) return null;
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(
        Buffer.from(encrypted, 'base64'),
      );
      if (shouldReEncrypt) await set(name, result);
      return result;
    },
    async forget(name) {
      const { [name]: _gone, ...others } = read();
      write(others);
    },
  };
}

async function whyNot(): Promise<string> {
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : '';
  if (backend === 'basic_text') {
    return 'This desktop has no keychain. Install gnome-keyring or KWallet to keep secrets; until then they are asked for each time.';
  }
  if (await safeStorage.isAsyncEncryptionAvailable().catch(() => false)) return '';
  return 'The keychain of this system is locked or missing. Unlock it and start Holdpoint again; until then secrets are asked for each time.';
}
