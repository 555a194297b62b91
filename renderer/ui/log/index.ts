/** Output of any length, virtualised and searchable, with the colours programs give it. */
export { readAnsi, stripAnsi } from './ansi.ts';
export { LogView, type LogViewProps } from './log-view.tsx';
