/** The journal as a timeline, with every entry as it is kept. */
export { JournalScreen } from './journal-screen.tsx';
