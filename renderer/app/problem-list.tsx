import './problem-list.css';
import type { Problem } from '../../shared/contract/common.ts';

/** Mistakes in files, each with its place and what to change. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  return (
    <ul className="problems">
      {problems.map((problem, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same problem may stand twice, and the list is replaced whole.
        <li key={index} className="problem">
          <p>
            <span className="mono strong">
              {problem.file}:{problem.line}:{problem.column}
            </span>
            {problem.path && <span className="mono mute"> {problem.path}</span>}
          </p>
          <p className="break">{problem.message}</p>
          {problem.hint && <p className="soft break">{problem.hint}</p>}
        </li>
      ))}
    </ul>
  );
}
