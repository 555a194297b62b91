import { builtInNames } from './runbook-schema.ts';

/**
 * Names that values of targets and needs may not take, in lower case: every script has the first group already, and
 * the others would change how a shell, a linker or SSH itself works, since values become environment variables.
 */
export const reservedNames: ReadonlySet<string> = new Set([
  ...builtInNames,
  ...[
    'path',
    'home',
    'user',
    'logname',
    'shell',
    'pwd',
    'oldpwd',
    'ifs',
    'env',
    'bash_env',
    'ps4',
    'lang',
    'lc_all',
  ],
  ...['tmpdir', 'ld_preload', 'ld_library_path', 'ssh_auth_sock', 'ssh_connection', 'ssh_client'],
]);
