/** Sign-off: what each role says and whether it still holds, what would be signed, with which key, and every signature. */
export { SignoffScreen } from './signoff-screen.tsx';
