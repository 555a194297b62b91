/** How a person signs from any screen: with which name and key, and the prompts of the program that signs. */

export { keysOf, type Signer } from './signer.ts';
export { SigningDialog } from './signing-dialog.tsx';
