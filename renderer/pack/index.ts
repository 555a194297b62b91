/** Opening a launch pack: the worked ones, one's own, and what is wrong with one that does not open. */
export { PackScreen } from './pack-screen.tsx';
