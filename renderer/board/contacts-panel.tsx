import type { Contact } from '../../shared/contract/pack.ts';
import { counted } from '../../shared/units.ts';
import { Glyph, Panel, PanelBody } from '../ui/index.ts';

/** Whom to call, and which fields nobody has filled in: whom one cannot call when it matters. */
export function ContactsPanel({
  contacts,
  empty,
}: {
  contacts: readonly Contact[];
  empty: readonly string[];
}) {
  if (contacts.length === 0) return null;
  return (
    <Panel
      title="Contacts"
      aside={empty.length > 0 ? `${counted(empty.length, 'field is', 'fields are')} empty` : undefined}
    >
      <ul className="contacts">
        {contacts.map((contact) => (
          <ContactRow key={contact.id} contact={contact} />
        ))}
      </ul>
      {empty.length > 0 && (
        <PanelBody>
          <p className="soft">
            Fill them in under <code>contacts</code> in launch.yaml, then read the pack again.
          </p>
        </PanelBody>
      )}
    </Panel>
  );
}

function ContactRow({ contact: { title, fields } }: { contact: Contact }) {
  const filled = fields.filter(({ value }) => value).map(({ value }) => value);
  const missing = fields.filter(({ value }) => !value).map(({ name }) => name);
  return (
    <li className="contact">
      <Glyph
        kind={missing.length === 0 ? 'done' : 'open'}
        word={missing.length === 0 ? 'complete' : 'not complete'}
      />
      <span className="ellipsis" title={title}>
        {title}
      </span>
      <span className="mono soft ellipsis" title={filled.join(' · ')}>
        {filled.join(' · ')}
      </span>
      <span className="tone-unproven ellipsis">{missing.length > 0 && `no ${missing.join(', ')}`}</span>
    </li>
  );
}
