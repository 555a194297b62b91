import { useRegistry } from '../app/index.ts';
import { KeyCap, Panel } from '../ui/index.ts';

/** Every shortcut there is, from the registry that also acts on them. */
export function KeysPanel() {
  const { specs } = useRegistry();
  const groups = [...new Set(specs.map(({ group }) => group))];
  return (
    <Panel title="Keyboard" aside="everything can be done from it">
      <div className="keys">
        {groups.map((group) => {
          const withKeys = specs.filter((spec) => spec.group === group && spec.keys.length > 0);
          if (withKeys.length === 0) return null;
          return (
            <section key={group} aria-label={group} className="keys-group">
              <h3>{group}</h3>
              <ul>
                {withKeys.map(({ id, title, keys }) => (
                  <li key={id} className="keys-row">
                    <span className="soft">{title.replace(/…$/, '')}</span>
                    <span className="keys-caps">
                      {keys.map((key) => (
                        <KeyCap key={key} keys={key} />
                      ))}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
        <section className="keys-group" aria-label="In lists">
          <h3>In lists</h3>
          <ul>
            <li className="keys-row">
              <span className="soft">Move</span>
              <span className="keys-caps">
                <KeyCap keys="ArrowUp" />
                <KeyCap keys="ArrowDown" />
              </span>
            </li>
            <li className="keys-row">
              <span className="soft">Close and open, or the host before and after</span>
              <span className="keys-caps">
                <KeyCap keys="ArrowLeft" />
                <KeyCap keys="ArrowRight" />
              </span>
            </li>
          </ul>
        </section>
      </div>
    </Panel>
  );
}
