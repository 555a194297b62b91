/** The launch at a glance: the decision with its reasons, criteria, exceptions, roles, progress, what to do next. */
export { BoardScreen } from './board-screen.tsx';
