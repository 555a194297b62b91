/** Output of any length, virtualised and searchable, with the colours programs give it. */
export { LogView } from './log-view.tsx';
