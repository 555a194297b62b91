import { Glyph, Panel } from '../ui/index.ts';

/** Contact fields nobody has filled in: whom one cannot call when it matters. */
export function ContactsPanel({ empty }: { empty: readonly string[] }) {
  if (empty.length === 0) return null;
  return (
    <Panel title="Contacts nobody has filled in" aside={`${empty.length} fields`}>
      <ul className="contacts">
        {empty.map((field) => (
          <li key={field} className="soft">
            <Glyph kind="open" word="empty" />
            <span className="ellipsis" title={field}>
              {field}
            </span>
          </li>
        ))}
      </ul>
      <p className="contacts-foot soft">
        Fill them in under <code>contacts</code> in launch.yaml, then read the pack again.
      </p>
    </Panel>
  );
}
