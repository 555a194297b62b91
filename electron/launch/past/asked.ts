import type { Mode } from '../../../shared/contract/common.ts';
import type { Blobs } from '../../journal/index.ts';
import type { Pack } from '../../pack/index.ts';
import type { PackTrust } from '../../signoff/index.ts';
import type { OpenedBody } from './entries.ts';

/** Who has to answer and whose keys count, as an audit needs it once the pack is gone. Keeps the pack's files. */
export function whatIsAsked(
  { folder, launch }: Pack,
  mode: Mode,
  { allowedSigners, revokedKeys }: PackTrust,
  blobs: Blobs,
): Omit<OpenedBody, 'launch'> {
  return {
    ...{ system: launch.system, version: launch.version, mode, folder },
    roles: launch.roles.map(({ id, title, notAlso }) => {
      const signing = launch.signing.find(({ role }) => role === id);
      const { signers = [], approvals = 1, deployerMaySign = true } = signing ?? {};
      return { id, title, signers, approvals, deployerMaySign, notAlso };
    }),
    allowedSigners: blobs.put(allowedSigners),
    revokedKeys: blobs.put(revokedKeys),
  };
}
