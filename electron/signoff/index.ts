/**
 * Sign-offs: signatures made with people's own SSH keys over exactly what they saw, and verified without `ssh-keygen`.
 *
 * `verifySignature` says who signed, or why a signature does not count; `parseAllowedSigners` and `parseRevokedKeys`
 * read the files it trusts.
 */
export { SignoffError, type SignoffErrorCode } from './errors.ts';
export { type AllowedSigner, type AllowedSigners, parseAllowedSigners } from './signers/allowed-signers.ts';
export { noneRevoked, parseRevokedKeys, type RevokedKeys } from './signers/revoked.ts';
export { type Refused, type Trust, type Verified, type VerifyOptions, verifySignature } from './verify.ts';
