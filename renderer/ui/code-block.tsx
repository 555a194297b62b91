import './code-block.css';
import { ScrollArea } from './scroll-area.tsx';

/** Output, scripts and file text as they are. Long lines scroll inside. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <ScrollArea label={label} className="code">
      <pre>{text}</pre>
    </ScrollArea>
  );
}
